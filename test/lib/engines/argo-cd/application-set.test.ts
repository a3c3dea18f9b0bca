import { layerSet } from '../../../../lib/engines/argo-cd/application-set';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { contentOf, git, helmLayer, hole, metrics, oci, pos, type Sample, waves } from './sample-content';

interface Spec {
  readonly generators: unknown;
  readonly syncPolicy: unknown;
  readonly strategy?: unknown;
  readonly template: {
    readonly metadata: {
      readonly name: string;
      readonly labels: Record<string, string>;
      readonly annotations?: unknown;
    };
    readonly spec: {
      readonly project: string;
      readonly source: Record<string, string> & { readonly helm: Record<string, string> };
      readonly destination: unknown;
      readonly syncPolicy: unknown;
    };
  };
}

const specOf = (object: KubeObject) => object.spec as unknown as Spec;
const setOf = (layer = pos, sample: Sample = {}) => specOf(layerSet(layer, contentOf(sample)));

test('it takes clusters that bear the label of the layer, whichever variant that names', () => {
  const { generators, template } = setOf();
  expect(generators).toEqual([
    { clusters: { selector: { matchExpressions: [{ key: 'workload.edgecdk.dev/pos', operator: 'Exists' }] } } },
  ]);
  expect(template.metadata.name).toBe('pos-{{ .nameNormalized }}');
  expect(template.spec.source.path).toBe('workloads/pos/{{ index .metadata.labels "workload.edgecdk.dev/pos" }}');
  expect(template.spec.destination).toEqual({ name: '{{ .name }}', namespace: 'shop' });
  expect(template.spec.project).toBe('store-apps-5a5e505a');
});

test.each([
  [{}, 'main'],
  [{ more: { waves } }, 'wave-{{ index .metadata.labels "edgecdk.dev/wave" }}'],
  [{ more: { waves }, options: { progressiveSyncs: true } }, 'main'],
  [{ options: { source: oci } }, 'stable'],
])('content follows the wave where sites have one and the hub does not order them: %j', (sample, revision) => {
  expect(setOf(pos, sample).template.spec.source.targetRevision).toBe(revision);
});

test('an artifact is of one layer, and a path in it of one variant', () => {
  const { source } = setOf(pos, { options: { source: oci } }).template.spec;
  expect(source.repoURL).toBe('oci://registry.example/fleet/workloads/pos');
  expect(source.path).toBe('{{ index .metadata.labels "workload.edgecdk.dev/pos" }}');
});

test('a folder of the repository stands before that of content', () => {
  const { source } = setOf(pos, { options: { source: { ...git, path: 'dist/fleet' } } }).template.spec;
  expect(source.path).toMatch(/^dist\/fleet\/workloads\/pos\//);
});

test('an Application is told the values of its own layer alone', () => {
  expect(setOf().template.spec.source.helm).toEqual({
    releaseName: 'pos',
    values:
      '{{ $v := (mustFromJson (index .metadata.annotations "edgecdk.dev/values")).v }}{{ dict "v" (pick $v "values__port" "values__store") | toRawJson }}',
  });
});

test('a chart of others keeps all that it made where it is removed, content of ours only what says so', () => {
  expect(setOf(pos).syncPolicy).toEqual({ preserveResourcesOnDeletion: false });
  expect(setOf(metrics).syncPolicy).toEqual({ preserveResourcesOnDeletion: true });
});

test('a chart of others is chosen by the variant, in each field that differs', () => {
  const { source } = setOf(metrics).template.spec;
  const start = '{{ $variant := index .metadata.labels "workload.edgecdk.dev/metrics" }}';
  const end = '{{ else }}{{ fail (printf "%s has no variant %q" "metrics" $variant) }}{{ end }}';
  expect(source.chart).toBe('metrics');
  expect(source.repoURL).toBe(
    `${start}{{ if eq $variant "default" }}https://charts.example/stable{{ else if eq $variant "old" }}registry.example/charts${end}`,
  );
  expect(source.targetRevision).toBe(
    `${start}{{ if eq $variant "default" }}1.2.3{{ else if eq $variant "old" }}1.1.0${end}`,
  );
  expect(source.path).toBeUndefined();
});

test('values of a chart of others have the values of the site, and literal braces of the user', () => {
  const { helm } = setOf(metrics).template.spec.source;
  expect(helm.values).toContain('site: "{{ $v.name }}"\nport: {{ $v.values__port }}\nformat: "{{ "{{" }} .x }}"\n');
  expect(helm.values).toMatch(/^\{\{ \$v := \(mustFromJson /);
});

test('a chart of others with one variant and no values of sites has no template', () => {
  const plain = helmLayer('plain', { default: { repo: 'https://a.example', chart: 'b', version: '1.0.0' } });
  const { source } = setOf(plain).template.spec;
  expect(source).toEqual({
    repoURL: 'https://a.example',
    chart: 'b',
    targetRevision: '1.0.0',
    helm: { releaseName: 'plain' },
  });
});

test('a version may be a value of the site', () => {
  const own = helmLayer('own', { default: { repo: 'https://a.example', chart: 'b', version: `1.0.${hole.store}` } });
  expect(setOf(own).template.spec.source.targetRevision).toMatch(/1\.0\.\{\{ \$v\.values__store \}\}$/);
});

test('progressive syncs are one step for each wave', () => {
  expect(setOf(pos, { more: { waves } }).strategy).toBeUndefined();
  expect(setOf(pos, { more: { waves }, options: { progressiveSyncs: true } }).strategy).toEqual({
    type: 'RollingSync',
    rollingSync: {
      steps: [
        { matchExpressions: [{ key: 'edgecdk.dev/wave', operator: 'In', values: ['canary'] }], maxUpdate: 1 },
        { matchExpressions: [{ key: 'edgecdk.dev/wave', operator: 'In', values: ['rest'] }], maxUpdate: '25%' },
      ],
    },
  });
});

test('a commit elsewhere in the repository is nothing to an Application; charts and artifacts have no such thing', () => {
  const compared = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' };
  const folder = { ...compared, 'argocd.argoproj.io/manifest-generate-paths': '.' };
  expect(setOf(pos).template.metadata.annotations).toEqual(folder);
  expect(setOf(metrics).template.metadata.annotations).toEqual(compared);
  expect(setOf(pos, { options: { source: oci } }).template.metadata.annotations).toEqual(compared);
});
