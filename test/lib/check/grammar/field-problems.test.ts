import { fieldProblems } from '../../../../lib/check/grammar/field-problems';
import { objectSets } from '../../../../lib/check/object-set';
import type { TokenTable } from '../../../../lib/model/token';
import { checkPlan, configMap, podOwner, type TestSite } from '../../../support/check-plan';

const sites: readonly TestSite[] = [
  { name: 'store-1', values: { contact: 'Ana', lanes: 2, share: 1.5, port: 80 } },
  { name: 'store-2', values: { contact: "O'Neill", lanes: 3, share: 2, port: 70000 } },
];

function problemsOf(objects: (tokens: TokenTable) => readonly object[]) {
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects }] });
  return fieldProblems(objectSets(plan, rendering), plan.tokens);
}

const contact = (tokens: TokenTable) => tokens.text('site.values.contact');

test('a legal object has no problem', () => {
  expect(problemsOf((t) => [podOwner('pos'), configMap('pos', { 'a.json': contact(t) })])).toEqual([]);
});

test('a value that its field refuses is named with field, object, hole and sites', () => {
  const [problem, ...others] = problemsOf((t) => [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pos', labels: { contact: contact(t) } } },
  ]);
  expect(others).toEqual([]);
  expect(problem).toEqual({
    path: 'fleet/pos',
    severity: 'error',
    sites: ['store-2'],
    message: expect.stringMatching(
      /^has "O'Neill" \(from site\.values\.contact\) as metadata\.labels\.contact of Pod pos; that takes a label value/,
    ),
  });
});

test('what a twin cannot hold is refused at the site that wants it', () => {
  const problems = problemsOf((t) => [
    {
      apiVersion: 'devices.kubeedge.io/v1beta1',
      kind: 'Device',
      metadata: { name: 'press' },
      spec: { nodeName: 'store-1-box-1', properties: [{ name: 'operator', desired: { value: contact(t) } }] },
    },
  ]);
  expect(problems).toEqual([
    expect.objectContaining({
      sites: ['store-2'],
      message: expect.stringMatching(
        /^has "O'Neill" .* as spec\.properties\[0\]\.desired\.value of Device press; .*twin/,
      ),
    }),
  ]);
});

test('a text that stands in many objects is one problem', () => {
  const labelled = (name: string, t: TokenTable) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { c: contact(t) } },
  });
  expect(problemsOf((t) => ['a', 'b', 'c'].map((name) => labelled(name, t)))).toHaveLength(1);
});

test('a name is checked as a whole, with what stands around the hole', () => {
  const [problem] = problemsOf((t) => [configMap(`pos-${contact(t)}`)]);
  expect(problem?.message).toContain(`has "pos-Ana" (from site.values.contact) as metadata.name of ConfigMap`);
  expect(problem?.message).toContain('pos-<site.values.contact>');
  expect(problem?.sites).toEqual(['store-1', 'store-2']);
});

test('a number hole must give whole numbers where the field takes them', () => {
  const replicas = (hole: string) => problemsOf((t) => [podOwner('pos', { replicas: t.number(hole) })]);
  expect(replicas('site.values.lanes')).toEqual([]);
  expect(replicas('site.values.share')).toMatchObject([
    { message: expect.stringContaining('has 1.5 (from site.values.share) as spec.replicas'), sites: ['store-1'] },
  ]);
});

test('a port out of range is found at the site that has it', () => {
  const container = (t: TokenTable) => ({ ports: [{ name: 'http', containerPort: t.number('site.values.port') }] });
  expect(problemsOf((t) => [podOwner('pos', { container: container(t) })])).toMatchObject([
    { message: expect.stringContaining('70000'), sites: ['store-2'] },
  ]);
});

const pod = (spec: object) => podOwner('pos', { spec });
const ingress = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'a' },
  spec,
});
const service = (name: string, ports: object[] = []) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports },
});

test.each<[string, object]>([
  ['metadata.name of Service', service('1pos')],
  ['metadata.name of StatefulSet', { ...podOwner('x'.repeat(53), { kind: 'StatefulSet' }) }],
  ['metadata.name of Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } }],
  ['metadata.namespace', { apiVersion: 'example.com/v1', kind: 'Own', metadata: { name: 'a', namespace: 'A' } }],
  ['key in metadata.labels', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { 'a b': '' } } }],
  [
    'key in metadata.annotations',
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations: { 'a b': '' } } },
  ],
  ['key in data', configMap('a', { 'a/b': '' })],
  ['spec.template.spec.containers[0].image', podOwner('a', { container: { image: 'Acme/pos' } })],
  ['spec.template.spec.containers[0].env[0].name', podOwner('a', { container: { env: [{ name: '1', value: '' }] } })],
  ['spec.template.spec.containers[0].resources.requests.memory', podOwner('a', { memory: '64MB' })],
  [
    'spec.template.spec.containers[0].livenessProbe.httpGet.port',
    podOwner('a', { container: { livenessProbe: { httpGet: { port: 0 } } } }),
  ],
  ['spec.template.spec.nodeSelector.a', pod({ nodeSelector: { a: 'b c' } })],
  ['spec.template.spec.volumes[0].hostPath.path', pod({ volumes: [{ name: 'a', hostPath: { path: 'var' } }] })],
  [
    'spec.template.spec.volumes[0].emptyDir.sizeLimit',
    pod({ volumes: [{ name: 'a', emptyDir: { sizeLimit: '-1' } }] }),
  ],
  ['spec.template.spec.tolerations[0].tolerationSeconds', pod({ tolerations: [{ tolerationSeconds: 1.5 }] })],
  ['spec.rules[0].host', ingress({ rules: [{ host: 'A.example' }] })],
  ['spec.rules[0].http.paths[0].path', ingress({ rules: [{ http: { paths: [{ path: 'a' }] } }] })],
  ['spec.ports[0].port', service('a', [{ port: 0 }])],
  ['spec.schedule', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: { schedule: 'daily' } }],
  [
    'metadata.name of HelmChart',
    { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChart', metadata: { name: 'x'.repeat(54) } },
  ],
])('%s is checked where it is literal too', (where, object) => {
  const [problem, ...others] = problemsOf(() => [object]);
  expect(problem?.message).toContain(` as ${where}`);
  expect(problem?.sites).toBeUndefined();
  expect(others).toEqual([]);
});

test.each<[string, object, string]>([
  ['a number where text is wanted', configMap('a', { lanes: 3 }), 'has the number 3 as data.lanes'],
  [
    'true where text is wanted',
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { a: true } } },
    'has the boolean true',
  ],
  ['text where a number is wanted', service('a', [{ port: '80' }]), 'has the text "80" as spec.ports[0].port'],
])('%s is refused', (_what, object, message) => {
  expect(problemsOf(() => [object])).toMatchObject([{ message: expect.stringContaining(message) }]);
});

test('a number hole where text is wanted is refused', () => {
  const data = (t: TokenTable) => configMap('a', { lanes: t.number('site.values.lanes') });
  expect(problemsOf((t) => [data(t)])).toMatchObject([
    { message: expect.stringContaining('has a number (from site.values.lanes) as data.lanes') },
  ]);
});

test('labels and annotations that are named like a field are not taken for it', () => {
  const names = { replicas: 'three', defaultMode: 'a', nodeName: 'B' };
  const template = { metadata: { labels: names, annotations: names }, spec: { containers: [], nodeSelector: names } };
  const spec = { selector: { matchLabels: names }, template };
  const metadata = { name: 'a', labels: names, annotations: names };
  expect(problemsOf(() => [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec }])).toEqual([]);
});

test('fields of custom resources are left to their definitions', () => {
  const spec = { replicas: 'many', template: { metadata: { labels: { a: '{{ .x }}' } } }, schedule: 'often' };
  expect(
    problemsOf(() => [{ apiVersion: 'example.com/v1', kind: 'Service', metadata: { name: '1.a' }, spec }]),
  ).toEqual([]);
});

test('values of a Secret never show', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { password: 42 } };
  expect(JSON.stringify(problemsOf(() => [secret]))).not.toContain('42');
});
