import { UPGRADE_NAMESPACE, upgradeController } from '../../../../lib/distributions/k3s/upgrade-controller';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { throughGeneratedClasses } from '../../render/kubernetes-fields';

const objects = upgradeController();
const ofKind = (kind: string): KubeObject => {
  const found = objects.find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};
const json = (object: unknown) => JSON.stringify(object);

test('all fields are fields of Kubernetes', () => {
  for (const object of objects.filter(({ kind }) => kind !== 'CustomResourceDefinition'))
    expect(throughGeneratedClasses(object)).toEqual(object);
});

test('the definition of Plans takes any field and keeps the status apart', () => {
  const { spec } = ofKind('CustomResourceDefinition') as unknown as {
    readonly spec: { readonly versions: readonly [Readonly<Record<string, unknown>>] };
  };
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  expect(spec.versions).toEqual([
    {
      name: 'v1',
      served: true,
      storage: true,
      subresources: { status: {} },
      schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
    },
  ]);
});

test('its Jobs take the image that the node has, and no image of kubectl', () => {
  expect(json(ofKind('Deployment'))).toContain(
    '{"name":"SYSTEM_UPGRADE_JOB_IMAGE_PULL_POLICY","value":"IfNotPresent"}',
  );
  expect(json(objects)).not.toContain('kubectl');
});

test('it may read secrets beside itself alone, and evict nothing', () => {
  expect(json(ofKind('ClusterRole'))).not.toContain('secrets');
  expect(json(ofKind('Role'))).toContain('"secrets"');
  expect(json(objects)).not.toContain('eviction');
  expect(json(objects)).not.toContain('"*"');
});

test('namespace and definition come before what needs them', () => {
  expect(objects.slice(0, 2).map(({ kind }) => kind)).toEqual(['Namespace', 'CustomResourceDefinition']);
  expect(ofKind('Namespace').metadata.name).toBe(UPGRADE_NAMESPACE);
  for (const object of objects.filter(({ metadata }) => metadata.namespace !== undefined))
    expect(object.metadata.namespace).toBe(UPGRADE_NAMESPACE);
});
