import { overridersFor } from '../../../../../lib/distributions/kubeedge/cloud/variant-overriders';
import type { KubeObject } from '../../../../../lib/model/kube-object';

type Container = Readonly<Record<string, unknown>>;

const BASE: Container = {
  name: 'main',
  image: 'ghcr.io/acme/app:1.0.0',
  env: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  args: ['--one', '--two'],
  resources: { limits: { memory: '64Mi' }, requests: { memory: '64Mi', cpu: '10m' } },
};

function deployment(container: Container, spec: object = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app' },
    spec: { replicas: 1, template: { spec: { containers: [container], ...spec } } },
  };
}

const diff = (change: Container) => overridersFor([deployment(BASE)], [deployment({ ...BASE, ...change })]);

const image = (component: string, value: string) => ({
  component,
  operator: 'replace',
  value,
  path: '/spec/template/spec/containers/0/image',
});

test.each<[string, Container, unknown]>([
  ['nothing', {}, {}],
  ['the tag', { image: 'ghcr.io/acme/app:2' }, { images: [image('Tag', '2')] }],
  [
    'registry and repository',
    { image: 'registry.example:5000/app:1.0.0' },
    { images: [image('Registry', 'registry.example:5000'), image('Repository', 'app')] },
  ],
  [
    'a value',
    {
      env: [
        { name: 'A', value: '3' },
        { name: 'B', value: '2' },
      ],
    },
    { env: [{ container: 'main', operator: 'replace', value: [{ name: 'A', value: '3' }] }] },
  ],
  [
    'a variable that goes, and one that comes',
    {
      env: [
        { name: 'B', value: '2' },
        { name: 'C', value: '4' },
      ],
    },
    {
      env: [
        { container: 'main', operator: 'remove', value: [{ name: 'A' }] },
        { container: 'main', operator: 'replace', value: [{ name: 'C', value: '4' }] },
      ],
    },
  ],
  [
    'more arguments',
    { args: ['--one', '--two', '--three'] },
    { args: [{ container: 'main', operator: 'add', value: ['--three'] }] },
  ],
  ['fewer arguments', { args: ['--two'] }, { args: [{ container: 'main', operator: 'remove', value: ['--one'] }] }],
  [
    'a quantity',
    { resources: { limits: { memory: '128Mi' }, requests: { memory: '64Mi', cpu: '10m' } } },
    { resources: [{ container: 'main', limits: { memory: '128Mi' } }] },
  ],
])('overriders say that a variant differs in %s', (_, change, expected) => {
  expect(diff(change)).toEqual(expected);
});

test.each<[string, Container]>([
  ['an image without a tag', { image: 'ghcr.io/acme/app' }],
  ['an image by its digest', { image: `ghcr.io/acme/app@sha256:${'a'.repeat(64)}` }],
  ['an image without a registry', { image: 'app:1.0.0' }],
  ['a new variable before the others', { env: [{ name: 'C', value: '4' }, ...(BASE.env as object[])] }],
  ['a variable from the pod itself', { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'x' } } }] }],
  ['arguments in another order', { args: ['--two', '--one'] }],
  ['a quantity that the template lacks', { resources: { limits: { memory: '64Mi', cpu: '1' }, requests: {} } }],
  ['a quantity of 0', { resources: { limits: { memory: '64Mi' }, requests: { memory: '64Mi', cpu: '0' } } }],
  ['another field', { workingDir: '/x' }],
])('no overriders can say %s', (_, change) => {
  expect(diff(change)).toBeUndefined();
});

test('no overriders can say what stands outside of containers, or in other objects', () => {
  const file = (text: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'f' },
    data: { text },
  });
  expect(overridersFor([deployment(BASE)], [deployment(BASE, { hostNetwork: true })])).toBeUndefined();
  expect(overridersFor([file('a'), deployment(BASE)], [file('b'), deployment(BASE)])).toBeUndefined();
  expect(overridersFor([deployment(BASE)], [])).toBeUndefined();
});

test('overriders are for all Deployments, so of two none can have its own', () => {
  const both = [deployment(BASE), { ...deployment(BASE), metadata: { name: 'other' } }];
  const changed = [deployment({ ...BASE, image: 'ghcr.io/acme/app:2' }), both[1] ?? deployment(BASE)];
  expect(overridersFor(both, changed)).toBeUndefined();
});
