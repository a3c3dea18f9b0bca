import { containerImages } from '../../../lib/model/container-images';

test('images of containers are found, however deep and of whatever kind', () => {
  const spec = {
    containers: [{ image: 'app:1' }, { name: 'without' }, null],
    initContainers: [{ image: 'first:1' }],
  };
  expect(containerImages({ kind: 'Any', spec: { jobs: [{ template: { spec } }] } })).toEqual(['app:1', 'first:1']);
});

test.each([undefined, 'containers', { containers: 'app:1' }, { image: 'app:1' }])('there are none in %j', (value) => {
  expect(containerImages(value)).toEqual([]);
});
