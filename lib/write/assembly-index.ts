import type { Assembly } from '../assembly/read-assembly';
import {
  type AssemblyRecord,
  assemblyFormat,
  type CohortRecord,
  type FileRecord,
  type ShardRecord,
  type SiteRecord,
  type WorkloadRecord,
} from '../model/assembly-record';
import { sha256, shardOf, sorted } from '../model/digest';
import { canonicalJson } from '../model/hole-value';
import type { Cohort, Plan, SitePlan } from '../model/plan';
import type { SecretRecord } from '../model/secret-record';
import { groupOf } from '../model/site-texts';
import type { RenderedFile, RenderedUnit, Rendering } from '../model/template';
import type { TokenTable } from '../model/token';
import type { WorkloadModel } from '../model/workload-model';
import { claimsOf } from './claims';
import { NodeFileLists } from './node-records';
import { fileRecords, treeRecords } from './tree-records';

/** What the assembly will say of itself. */
export interface AssemblyIndex {
  readonly record: AssemblyRecord;
  /** Text of each shard's index. */
  readonly shards: ReadonlyMap<string, string>;
  /** One line per site of the plan, in its order. */
  readonly sites: readonly SiteRecord[];
}

/** Index of a plan. The earlier assembly says what must be withdrawn, and what paused sites keep. */
export function assemblyIndex(
  plan: Plan,
  rendering: Rendering,
  secrets: readonly SecretRecord[],
  previous: PreviousSites,
): AssemblyIndex {
  const cohorts = new Map(plan.cohorts.map((cohort) => [cohort.id, cohortRecord(cohort, plan, rendering)]));
  const lists = new NodeFileLists(previous.nodeFiles);
  const withdrawing = new Set(
    plan.cohorts.filter(({ cluster }) => cluster.distribution.withdraws).map((cohort) => cohort.id),
  );
  const shared = new Set(plan.cohorts.filter(({ cluster }) => cluster.shared !== undefined).map(({ id }) => id));
  const sites = plan.sites.map((site) => {
    const record = siteRecord(site, cohorts, previous, withdrawing.has(site.cohort));
    const kept = shared.has(site.cohort) ? withGroup(record, groupOf(site)) : record;
    const before = previous.get(site.name);
    if (kept.state === 'paused' && before) {
      if (before.nodes) lists.keep(before.nodes);
      return kept;
    }
    const made = rendering.siteNodes(site);
    if (!made) return kept;
    const { values, ...facts } = kept;
    return { ...facts, nodes: lists.recordOf(site, made, before?.nodes), values };
  });
  const counts = new Map<string, number>();
  for (const { cohort } of sites) counts.set(cohort, (counts.get(cohort) ?? 0) + 1);
  const shards = shardTexts(sites);
  const trees = treeRecords(plan, rendering, sites, previous);
  const record: AssemblyRecord = {
    producer: 'edgecdk',
    format: assemblyFormat,
    fleet: plan.model.id,
    workloads: workloadRecords(plan, rendering, keptWorkloads(plan, cohorts, previous)),
    cohorts: Object.fromEntries(
      sorted(cohorts, ([id]) => id).map(([id, c]) => [id, { ...c, sites: counts.get(id) ?? 0 }]),
    ),
    trees,
    nodeFiles: lists.record,
    files: fileRecords(rendering, trees, previous),
    shards: Object.fromEntries(sorted(shards, ([shard]) => shard).map(([shard, text]) => [shard, shardRecord(text)])),
    overrides: plan.model.overrides.map(({ path, workload, owner, reason, until }) => ({
      path,
      workload,
      owner,
      reason,
      until,
      sites: overriddenSites(plan, path),
    })),
    secrets,
  };
  return { record, shards, sites };
}

/** The sites of the earlier assembly by name. */
export interface PreviousSites {
  get(name: string): SiteRecord | undefined;
  cohort(id: string): CohortRecord;
  workload(id: string): WorkloadRecord | undefined;
  readonly nodeFiles: AssemblyRecord['nodeFiles'];
  readonly trees: AssemblyRecord['trees'];
  readonly files: AssemblyRecord['files'];
  /** Sorted. */
  readonly names: readonly string[];
}

export function previousSites(previous: Assembly | undefined): PreviousSites {
  const sites = new Map<string, SiteRecord>();
  for (const site of previous?.sites() ?? []) sites.set(site.name, site);
  return {
    get: (name) => sites.get(name),
    cohort: (id) => {
      const record = previous?.record.cohorts[id];
      if (!record) throw new Error(`the index of ${previous?.outDir} names the cohort ${id} and does not describe it`);
      return record;
    },
    workload: (id) => previous?.record.workloads.find((workload) => workload.id === id),
    nodeFiles: previous?.record.nodeFiles ?? {},
    trees: previous?.record.trees ?? {},
    files: previous?.record.files ?? {},
    names: [...sites.keys()].sort(),
  };
}

/** `withdraws`: its cluster removes the objects of a file that has lost them; where it does not, a file that the site no longer has just goes. */
function siteRecord(
  site: SitePlan,
  cohorts: Map<string, CohortRecord>,
  previous: PreviousSites,
  withdraws: boolean,
): SiteRecord {
  const before = previous.get(site.name);
  if (before && site.state === 'paused')
    return { ...before, cohort: keptCohort(before.cohort, cohorts, previous), state: 'paused' };
  const now = cohorts.get(site.cohort);
  const was = before && previous.cohort(before.cohort);
  // An engine that takes over, or leaves off, leaves the objects to the next: they are the same, and must not go in between.
  const isHandedOver = was !== undefined && was.delivery !== now?.delivery;
  const withdrawn =
    was && withdraws && !isHandedOver
      ? Object.entries(was.files)
          .filter(([, { retire, place }]) => retire === 'withdraw' && place === undefined)
          .map(([name]) => name)
      : [];
  const known = (withdraws && !isHandedOver && before?.retired) || [];
  const retired = [...new Set([...known, ...withdrawn])].filter((name) => !isManifest(now?.files[name])).sort();
  const { name, cohort, digest, state, profile, wave, values } = site;
  return {
    name,
    cohort,
    digest,
    state,
    profile,
    ...(wave !== undefined && { wave }),
    ...(retired.length > 0 && { retired }),
    values,
  };
}

function isManifest(file: FileRecord | undefined): boolean {
  return file !== undefined && file.place === undefined;
}

/** That of now, of paused sites too: what chooses nodes by it is of all sites. */
function withGroup({ nodes, values, ...facts }: SiteRecord, group: string): SiteRecord {
  return { ...facts, group, ...(nodes && { nodes }), values };
}

/**
 * The cohort of a paused site, which goes on as the last run had it. Where the same id stands for other content by now it gets one of its own, or the site
 * would seem to have that content when it is active again.
 */
function keptCohort(id: string, cohorts: Map<string, CohortRecord>, previous: PreviousSites): string {
  const kept = previous.cohort(id);
  const now = cohorts.get(id);
  if (now === undefined || canonicalJson(now.files) === canonicalJson(kept.files)) {
    if (now === undefined) cohorts.set(id, { ...kept, sites: 0 });
    return id;
  }
  const own = `${id}-${sha256(canonicalJson(kept.files)).slice(0, 8)}`;
  if (!cohorts.has(own)) cohorts.set(own, { ...kept, sites: 0 });
  return own;
}

/** Workloads that only paused sites have left: when such a site is active again, the index must still say which of them hold data. */
function keptWorkloads(
  plan: Plan,
  cohorts: ReadonlyMap<string, CohortRecord>,
  previous: PreviousSites,
): WorkloadRecord[] {
  const planned = new Set(plan.cohorts.map((cohort) => cohort.id));
  const kept = [...cohorts].filter(([id]) => !planned.has(id)).flatMap(([, cohort]) => Object.keys(cohort.workloads));
  return [...new Set(kept)].map((id) => previous.workload(id)).filter((record) => record !== undefined);
}

function workloadRecords(plan: Plan, rendering: Rendering, kept: readonly WorkloadRecord[]): WorkloadRecord[] {
  const records = new Map(kept.map((record) => [record.id, record]));
  for (const workload of plan.model.workloads) {
    const record = workloadRecord(workload, plan, rendering);
    records.set(record.id, { ...record, stateful: record.stateful || records.get(record.id)?.stateful === true });
  }
  return sorted(records.values(), (record) => record.id);
}

function cohortRecord(cohort: Cohort, plan: Plan, rendering: Rendering): CohortRecord {
  const units = plan.units.filter((unit) => cohort.units.includes(unit.id));
  const shared = plan.model.sharedClusters.find(({ path }) => path === cohort.cluster.shared);
  const files = [
    ...(rendering.clusters.get(cohort.id) ?? []).map((file) => [file.name, fileRecord(file, plan.tokens)] as const),
    ...units.flatMap((unit) =>
      filesOfSites(rendering.units.get(unit.id)).map(
        (file) => [file.name, fileRecord(file, plan.tokens, unit.workload.id)] as const,
      ),
    ),
  ];
  return {
    blueprint: cohort.blueprint.path,
    distribution: cohort.cluster.distribution.name,
    ...(cohort.delivery.engine.pulls && {
      delivery: cohort.delivery.engine.name,
      ...rendering.variables?.get(cohort.id),
    }),
    ...(shared && { shared: shared.id }),
    version: cohort.cluster.version,
    ...(cohort.cluster.movesTo !== undefined && { movesTo: cohort.cluster.movesTo }),
    deviceClasses: cohort.deviceClasses.map(
      (path) => plan.model.deviceClasses.find((c) => c.path === path)?.id ?? path,
    ),
    workloads: Object.fromEntries(sorted(units, (u) => u.workload.id).map((u) => [u.workload.id, u.variant])),
    files: Object.fromEntries(sorted(files, ([name]) => name)),
    sites: cohort.sites.length,
  };
}

/** What stands in a shared cluster is in no file of a site. */
function filesOfSites(unit: RenderedUnit | undefined): readonly RenderedFile[] {
  return unit && !unit.isShared ? unit.files : [];
}

function fileRecord(file: RenderedFile, tokens: TokenTable, workload?: string): FileRecord {
  const claims = claimsOf(file.objects, tokens);
  return {
    template: file.template.digest,
    ...(workload !== undefined && { workload }),
    retire: file.retire,
    ...(file.place !== undefined && { place: file.place }),
    holes: [...new Set(file.template.holes.map((use) => use.hole))].sort(),
    ...(claims && { claims }),
    kinds: file.objects.map((object) => `${object.apiVersion}/${object.kind}`),
  };
}

function workloadRecord(workload: WorkloadModel, plan: Plan, rendering: Rendering): WorkloadRecord {
  const { id, path, kind, owner, namespace } = workload;
  const files = plan.units
    .filter((u) => u.workload === workload)
    .flatMap((u) => rendering.units.get(u.id)?.files ?? []);
  const stateful =
    kind === 'helm' ||
    files.some((f) => f.objects.some((o) => o.kind === 'PersistentVolumeClaim' || o.kind === 'StatefulSet'));
  const podKinds = [...(rendering.podKinds ?? [])].flatMap(([cluster, kinds]) => {
    const own = kinds.get(id) ?? [];
    return own.length > 0 ? [[cluster, own] as const] : [];
  });
  return {
    id,
    path,
    kind,
    ...(owner !== undefined && { owner }),
    namespace,
    stateful,
    ...(podKinds.length > 0 && { podKinds: Object.fromEntries(sorted(podKinds, ([cluster]) => cluster)) }),
  };
}

function shardTexts(sites: readonly SiteRecord[]): Map<string, string> {
  const lines = new Map<string, string[]>();
  for (const site of sites) {
    const shard = shardOf(site.name);
    const of = lines.get(shard) ?? [];
    of.push(JSON.stringify(site));
    lines.set(shard, of);
  }
  return new Map([...lines].map(([shard, of]) => [shard, `${of.join('\n')}\n`]));
}

function shardRecord(text: string): ShardRecord {
  return { sites: text.split('\n').length - 1, digest: sha256(text) };
}

function overriddenSites(plan: Plan, override: string): number {
  return plan.units.filter((u) => u.overrides.some((o) => o.path === override)).reduce((n, u) => n + u.sites.length, 0);
}
