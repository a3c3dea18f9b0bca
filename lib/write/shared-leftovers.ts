import type { CohortRecord } from '../model/assembly-record';
import type { SharedClusterModel } from '../model/distribution';
import type { Plan } from '../model/plan';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import type { Findings } from './findings';
import { readSlot } from './node-records';
import { type SharedSiteChange, sharedOf } from './shared-sites';

/**
 * What makes pods of a workload in a cluster, as `kubectl delete` takes it, once for all sites or for each of them; undefined where it is not of that form.
 * While sites are paused it may be of both.
 */
interface Forms {
  readonly once?: readonly string[];
  readonly each?: readonly string[];
}

/** Of plain Kubernetes; what else there is, a distribution says. */
const WITH_PODS = ['Deployment', 'DaemonSet', 'StatefulSet', 'CronJob', 'Job'];

/** What stays in clusters that sites share beside that which takes its place. */
export function leftovers(
  plan: Plan,
  index: AssemblyIndex,
  changes: readonly SharedSiteChange[],
  before: PreviousSites,
  found: Findings,
): void {
  // Paused sites say what they had when they were; what became of it was told then.
  const told = changes.filter(({ was }) => was.state !== 'paused');
  const clusters = sharedOf(plan);
  for (const cluster of plan.model.sharedClusters) {
    const here = told.filter(({ from }) => from === cluster.id);
    const cohorts = [...new Set(here.map(({ was }) => was.cohort))].map((id) => before.cohort(id));
    const ids = [...clusters].filter(([, shared]) => shared === cluster).map(([id]) => id);
    const planned = ids.flatMap((id) => index.record.cohorts[id] ?? []);
    const had = formsOf(cohorts, (id) => before.workload(id)?.podKinds?.[cluster.id]);
    const workloads = new Map(index.record.workloads.map((workload) => [workload.id, workload]));
    const has = formsOf(planned, (id) => workloads.get(id)?.podKinds?.[cluster.id]);
    otherForms(plan, cluster, had, has, found);
    goneWorkloads(cluster, { had, has, before, found });
    goneTrees(plan, cluster, here, new Set(ids), found);
  }
}

/** `shared`: what makes the pods of a workload for all sites, as far as that is known. */
function formsOf(
  cohorts: readonly CohortRecord[],
  shared: (workload: string) => readonly string[] | undefined,
): Map<string, Forms> {
  const forms = new Map<string, Forms>();
  for (const { workloads, files } of cohorts)
    for (const id of Object.keys(workloads)) {
      const own = Object.values(files).filter(({ workload }) => workload === id);
      const known = forms.get(id);
      const each = [...new Set([...(known?.each ?? []), ...own.flatMap(({ kinds }) => kinds.flatMap(resourceOf))])];
      forms.set(id, { ...known, ...(own.length > 0 ? { each } : { once: shared(id) ?? [] }) });
    }
  return forms;
}

/** `deployment.v1.apps` for `apps/v1/Deployment`. */
function resourceOf(text: string): string[] {
  const [kind = '', version = '', group] = text.split('/').reverse();
  return WITH_PODS.includes(kind) ? [`${kind.toLowerCase()}.${version}.${group ?? ''}`] : [];
}

function otherForms(
  { model }: Plan,
  { path, distribution }: SharedClusterModel,
  had: ReadonlyMap<string, Forms>,
  has: ReadonlyMap<string, Forms>,
  found: Findings,
): void {
  const words = distribution.sharedChanges;
  if (!words) return;
  for (const [id, was] of had) {
    const now = has.get(id);
    const workload = model.workloads.find((one) => one.id === id);
    if (!now || !workload) continue;
    const remove = (kinds: string, sites: string) =>
      `delete it before the new ones are applied: \`kubectl delete ${kinds} --all-namespaces --selector 'edgecdk.dev/workload=${id},${sites}'\``;
    if (was.once && now.each && !now.once)
      found.add(
        workload.path,
        `is made for each site from now on in [${path}], and what all sites shared stays beside it and runs, too; ${remove(words.podKinds, '!edgecdk.dev/site')}`,
      );
    if (was.each && now.once && !now.each)
      found.add(
        workload.path,
        `is shared by all sites from now on in [${path}], and what each site had for itself stays beside it and runs, too; ${remove(words.workloadKinds, 'edgecdk.dev/site')}`,
      );
    for (const [form, site] of [
      ['once', '!edgecdk.dev/site'],
      ['each', 'edgecdk.dev/site'],
    ] as const) {
      const gone = now[form] && was[form]?.filter((kind) => !now[form]?.includes(kind));
      if (gone && gone.length > 0 && now[form]?.length)
        found.add(
          workload.path,
          `has its pods made by ${now[form]?.join(', ')} from now on in [${path}], and what made them stays beside it and runs, too; ${remove(gone.join(','), site)}`,
        );
    }
  }
}

interface Workloads {
  readonly had: ReadonlyMap<string, Forms>;
  readonly has: ReadonlyMap<string, Forms>;
  readonly before: PreviousSites;
  readonly found: Findings;
}

function goneWorkloads({ path, distribution }: SharedClusterModel, { had, has, before, found }: Workloads): void {
  const kinds = distribution.sharedChanges?.workloadKinds;
  if (kinds === undefined) return;
  for (const workload of had.keys())
    if (!has.has(workload))
      found.add(
        path,
        `no longer has ${before.workload(workload)?.path ?? workload}, and nothing deletes what it has there: \`kubectl delete ${kinds} --all-namespaces --selector edgecdk.dev/workload=${workload}\` does`,
      );
}

/** What carried a tree that is gone still brings it to machines of its class, and what carries another beside it does, too. */
function goneTrees(
  plan: Plan,
  { path, distribution }: SharedClusterModel,
  here: readonly SharedSiteChange[],
  cohorts: ReadonlySet<string>,
  found: Findings,
): void {
  const words = distribution.sharedChanges;
  if (!words) return;
  const has = new Set(
    plan.sites
      .filter(({ cohort }) => cohorts.has(cohort))
      .flatMap(({ name }) => (plan.nodes.get(name) ?? []).map(({ tree }) => tree)),
  );
  for (const { name, was } of here)
    for (const slot of Object.values(was.nodes?.slots ?? {})) {
      const { tree } = readSlot(slot);
      if (has.has(tree)) continue;
      found.add(
        path,
        `no longer has the node tree ${tree}, and what carried it stays and may bring it back to machines that have another by now; before the new ones are applied: \`${words.deleteCarrier(tree)}\``,
        name,
      );
    }
}
