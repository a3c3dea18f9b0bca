import { chartOf, imagesOf } from '../../../lib/model/object-images';

const object = (kind: string, apiVersion: string, spec: object) => ({
  kind,
  apiVersion,
  metadata: { name: 'a' },
  spec,
});

test.each<[string, ReturnType<typeof object>, readonly string[]]>([
  [
    'all containers of pods',
    object('Pod', 'v1', { initContainers: [{ image: 'first:1' }], containers: [{ image: 'app:1' }, {}] }),
    ['first:1', 'app:1'],
  ],
  [
    'the template of a CronJob',
    object('CronJob', 'batch/v1', {
      jobTemplate: { spec: { template: { spec: { containers: [{ image: 'job:1' }] } } } },
    }),
    ['job:1'],
  ],
  [
    'a Plan, whose version is the tag of an image without one',
    object('Plan', 'upgrade.cattle.io/v1', {
      version: 'v1.34.3+k3s1',
      prepare: { image: 'registry.example:5000/check' },
      upgrade: { image: 'rancher/k3s-upgrade:v1' },
    }),
    ['registry.example:5000/check:v1.34.3-k3s1', 'rancher/k3s-upgrade:v1'],
  ],
  ['a Plan that follows a channel', object('Plan', 'upgrade.cattle.io/v1', { upgrade: { image: 'up' } }), ['up']],
  ['the job of a chart', object('HelmChart', 'helm.cattle.io/v1', { chart: 'a', jobImage: 'helm:1' }), ['helm:1']],
  ['kinds that nobody knows', object('Any', 'a.example/v1', { x: { containers: [{ image: 'app:1' }] } }), ['app:1']],
  ['objects without pods', object('Service', 'v1', { ports: [] }), []],
])('images of %s', (_, from, images) => {
  expect(imagesOf(from).images).toEqual(images);
});

test('a chart is named with its version and where it is from', () => {
  const chart = { chart: 'redis', version: '20.1.0', repo: 'https://charts.example' };
  expect(chartOf(object('HelmChart', 'helm.cattle.io/v1', chart))).toEqual(chart);
  expect(chartOf(object('HelmChart', 'helm.cattle.io/v1', { chart: 'oci://a.example/b' }))).toEqual({
    chart: 'oci://a.example/b',
    version: '-',
  });
  expect(chartOf(object('HelmChart', 'helm.cattle.io/v1', {}))).toBeUndefined();
  expect(chartOf(object('Pod', 'v1', chart))).toBeUndefined();
});
