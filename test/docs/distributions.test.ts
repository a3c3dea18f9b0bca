import { join } from 'node:path';
import { Rendered } from 'edgecdk/testing';
import type { KubeObject } from '../../lib/model/kube-object';
import { programOf } from '../structure/program';
import { root } from '../structure/sources';
import { atNoSite, DIFFERENCES, takeApart } from './distributions/differences';
import { NEEDS, needyWorkloads, sameWorkloads } from './distributions/fleet';
import { filesIn, readDoc, tablesWith } from './markdown';

const page = readDoc('distributions.md');
const assembly = Rendered.from(sameWorkloads());
const inCloud = assembly.cluster('cloud').objects.filter(isOfWorkload);
const [k3s, microK8s, kubeEdge] = ['store-1', 'depot-1', 'van-1'].map((site) => {
  const own = assembly.site(site).objects.filter(isOfWorkload);
  const shared = site === 'van-1' ? inCloud.filter((object) => !own.some((other) => isSame(object, other))) : [];
  return atNoSite([...own, ...shared], site);
}) as [Objects, Objects, Objects];

type Objects = ReadonlyMap<string, KubeObject>;

/** An EdgeApplication is around what it is for, which stands beside it here. */
function isOfWorkload({ kind, metadata }: KubeObject): boolean {
  if (kind === 'EdgeApplication') return false;
  return workloadOf(metadata) !== undefined;
}

function workloadOf({ labels }: KubeObject['metadata']): string | undefined {
  return (labels as Record<string, string> | undefined)?.['edgecdk.dev/workload'];
}

function isSame(a: KubeObject, b: KubeObject): boolean {
  return a.kind === b.kind && a.metadata.name === b.metadata.name;
}

function restsOf(objects: Objects) {
  return new Map([...objects].map(([name, object]) => [name, takeApart(object).rest]));
}

test('a workload has all that it can have', () => {
  expect([...k3s.keys()]).toEqual([
    'ConfigMap pos',
    'ConfigMap screen',
    'DaemonSet probe',
    'Deployment pos',
    'Deployment screen',
    'ExternalSecret pos-login',
    'PersistentVolumeClaim pos-data',
    'Service pos',
  ]);
});

test('on MicroK8s its objects are those of K3s to the last field', () => {
  expect(microK8s).toEqual(k3s);
});

test('on KubeEdge they are the same but for what the page lists', () => {
  expect([...kubeEdge.keys()]).toEqual([...k3s.keys()]);
  expect(restsOf(kubeEdge)).toEqual(restsOf(k3s));
});

test('the table of differences is what was rendered', () => {
  const rows = DIFFERENCES.flatMap((difference) => {
    const groups = new Map<string, string[]>();
    for (const [name, object] of k3s) {
      const shown = [object, microK8s.get(name), kubeEdge.get(name)].map((one) =>
        one ? (takeApart(one).parts.get(difference) ?? '-') : '-',
      );
      if (shown.every((cell) => cell === shown[0])) continue;
      // Names differ from object to object, and the first stands for all.
      const key = difference.name === 'name' ? 'names' : shown.join(' | ');
      const group = groups.get(key) ?? [];
      groups.set(key, [...group, ...(group.length === 0 ? shown : []), name]);
    }
    return [...groups.values()].map(([onK3s = '', onMicroK8s = '', onKubeEdge = '', ...names]) => [
      names.join(', '),
      difference.name,
      onK3s,
      onMicroK8s,
      onKubeEdge,
      difference.why,
    ]);
  });
  expect(tablesWith(['object', 'what', 'K3s', 'MicroK8s', 'KubeEdge', 'why'], page)).toEqual([rows]);
  expect(DIFFERENCES.filter(({ name }) => !rows.some(([, what]) => what === name))).toEqual([]);
});

test('the table of forms has the objects that KubeEdge has of a workload', () => {
  const cloud = assembly.cluster('cloud');
  const wrapped = cloud.find('apps.kubeedge.io/v1alpha1/EdgeApplication').map(({ metadata }) => metadata.name);
  const rows = ['pos', 'probe', 'screen'].map((id) => {
    const own = [...kubeEdge.values()].filter(({ metadata }) => workloadOf(metadata) === id);
    const ofSite = own.filter(({ metadata }) => metadata.name.endsWith('-<site>')).length;
    const isWrapped = wrapped.includes(id);
    const form = ofSite > 0 ? 'an object set for each site' : isWrapped ? 'an EdgeApplication' : 'plain objects';
    // The Deployment of an EdgeApplication is in it.
    return [`\`${id}\``, form, String(own.length - ofSite), String(ofSite)];
  });
  expect(tablesWith(['workload', 'form in KubeEdge', 'objects once', 'objects of each site'], page)).toEqual([rows]);
  const [once = 0, each = 0] = rows[0]?.slice(2).map(Number) ?? [];
  expect(page.replaceAll(',', '')).toContain(`500 vans with \`pos\` have ${once + 500 * each} objects of it`);
});

test('the table of needs is what synth says', () => {
  const problems = (['store', 'depot', 'van'] as const).map((only) => Rendered.problemsOf(needyWorkloads(only)));
  const rows = Object.entries(NEEDS).map(([id, needs]) => [
    needs,
    ...problems.map((found) => {
      const severities = found.filter(({ path }) => path === `grocer/${id}`).map(({ severity }) => severity);
      return severities.includes('error') ? 'error' : (severities[0] ?? '-');
    }),
  ]);
  const [table = []] = tablesWith(['needs', 'K3s', 'MicroK8s', 'KubeEdge', 'what to do'], page);
  expect(table.map((cells) => cells.slice(0, 4))).toEqual(rows);
});

test('the program of the page compiles', () => {
  const file = join(root, 'test/docs/virtual/fleet.ts');
  const program = programOf([], new Map([[file, filesIn(page)['fleet.ts'] ?? '']]));
  const source = program.getSourceFile(file);
  expect(source?.text).toContain('KubeEdgeCluster');
  expect([...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]).toEqual([]);
});
