import { keepObject, withKept } from '../../../../lib/engines/argo-cd/kept';
import { configMap, pos, variantOf } from './sample-content';

const OPTIONS = 'argocd.argoproj.io/sync-options';

test('what holds data is neither pruned nor deleted, nor makes its Application out of sync; all else is as it was', () => {
  const { objects } = withKept(pos.variants[0] ?? variantOf('none', []));
  expect(objects.map(({ kind, metadata }) => [kind, metadata.annotations])).toEqual([
    ['ConfigMap', undefined],
    [
      'PersistentVolumeClaim',
      { [OPTIONS]: 'Prune=false,Delete=false', 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' },
    ],
  ]);
});

test.each(['Namespace', 'PersistentVolume', 'CustomResourceDefinition'])('%s is kept', (kind) => {
  const { objects } = withKept(variantOf('default', [{ apiVersion: 'v1', kind, metadata: { name: 'x' } }]));
  expect(objects[0]?.metadata.annotations).toHaveProperty([OPTIONS], 'Prune=false,Delete=false');
});

test.each([
  ['ServerSideApply=false', 'ServerSideApply=false,Prune=false,Delete=false'],
  ['Prune=true,Replace=true', 'Replace=true,Prune=false,Delete=false'],
  ['Delete=confirm', 'Prune=false,Delete=false'],
  ['', 'Prune=false,Delete=false'],
])('options of the user stay, but for what would delete: %s', (own, all) => {
  const object = configMap('x', {});
  const { metadata } = keepObject({ ...object, metadata: { ...object.metadata, annotations: { [OPTIONS]: own } } });
  expect(metadata.annotations).toHaveProperty([OPTIONS], all);
});
