import { Rendered } from 'edgecdk/testing';
import fleet from '../../examples/quickstart/quickstart';

test('each store runs the point of sale with its own number, as text', () => {
  const assembly = Rendered.from(fleet);
  expect(assembly.siteNames).toEqual(['funchal', 'lisbon-chiado', 'porto-ribeira']);
  assembly.site('funchal').hasResource('apps/v1/Deployment', {
    metadata: { name: 'pos' },
    spec: { template: { spec: { containers: [{ env: [{ name: 'STORE_ID', value: '0107' }] }] } } },
  });
});

test('synthesizes without a warning', () => {
  expect(Rendered.from(fleet).warnings).toEqual([]);
});
