import { sorted } from './model/digest';
import type { Cohort, Plan } from './model/plan';
import type { Problem } from './model/problem';

/** What a synthesis made, for people. */
export interface Summary {
  readonly sites: number;
  readonly cohorts: number;
  /** By hardware profile, sorted by name. */
  readonly profiles: readonly ProfileSummary[];
  /** In the order of the program; empty where it has none. */
  readonly waves: readonly WaveSummary[];
  readonly overrides: readonly OverrideSummary[];
  /** Machines that are set up from a node tree. */
  readonly machines: number;
  /** Clusters that move to another release, by what they move from and to. */
  readonly moves: readonly MoveSummary[];
  /** Where manifests are and how they come into clusters: a sentence for each distribution that sites have, sorted. */
  readonly manifests: readonly string[];
  /** Findings that the program acknowledges. */
  readonly acknowledged: readonly Problem[];
}

export interface ProfileSummary {
  readonly profile: string;
  readonly sites: number;
  /** Different workloads on its sites. */
  readonly workloads: number;
  readonly cohorts: number;
}

export interface WaveSummary {
  readonly wave: string;
  readonly sites: number;
  /** Of these, how many have a link that is down at times or always. */
  readonly offline: number;
}

export interface MoveSummary {
  /** What moves: `K3s`. */
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly sites: number;
  readonly machines: number;
}

export interface OverrideSummary {
  readonly path: string;
  readonly workload: string;
  readonly sites: number;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}

export function summarise(plan: Plan, acknowledged: readonly Problem[]): Summary {
  const workloadsOf = new Map(
    plan.cohorts.map((c) => [c.id, plan.units.filter((u) => c.units.includes(u.id)).map((u) => u.workload.id)]),
  );
  const profiles = new Map<string, { sites: number; workloads: Set<string>; cohorts: Set<string> }>();
  for (const { profile, cohort } of plan.sites) {
    const entry = profiles.get(profile) ?? { sites: 0, workloads: new Set<string>(), cohorts: new Set<string>() };
    entry.sites++;
    if (!entry.cohorts.has(cohort)) for (const workload of workloadsOf.get(cohort) ?? []) entry.workloads.add(workload);
    entry.cohorts.add(cohort);
    profiles.set(profile, entry);
  }
  return {
    sites: plan.sites.length,
    cohorts: plan.cohorts.length,
    profiles: sorted(profiles, ([profile]) => profile).map(([profile, e]) => ({
      profile,
      sites: e.sites,
      workloads: e.workloads.size,
      cohorts: e.cohorts.size,
    })),
    waves: plan.waves.map(({ name, sites, offline }) => ({ wave: name, sites, offline })),
    overrides: plan.model.overrides.map(({ path, workload, owner, reason, until }) => {
      const sites = plan.units
        .filter((u) => u.overrides.some((o) => o.path === path))
        .reduce((n, u) => n + u.sites.length, 0);
      return { path, workload, sites, owner, reason, until };
    }),
    machines: plan.sites.reduce((sum, { name }) => sum + machinesOf(plan, name), 0),
    moves: movesOf(plan),
    manifests: [...new Set(plan.cohorts.map(manifestsOf))].sort(),
    acknowledged,
  };
}

function manifestsOf({ cluster, delivery }: Cohort): string {
  return (cluster.shared === undefined ? delivery.engine.manifests : undefined) ?? cluster.distribution.manifests;
}

function machinesOf({ nodes }: Plan, site: string): number {
  return nodes.get(site)?.filter(({ tree }) => tree !== undefined).length ?? 0;
}

function movesOf(plan: Plan): MoveSummary[] {
  const { cohorts } = plan;
  const moves = new Map<string, { title: string; from: string; to: string; sites: number; machines: number }>();
  for (const { cluster, sites } of cohorts) {
    const { version: from, movesTo: to } = cluster;
    const { title } = cluster.distribution;
    if (to === undefined) continue;
    const move = moves.get(`${title} ${from} ${to}`) ?? { title, from, to, sites: 0, machines: 0 };
    move.sites += sites.length;
    for (const { name } of sites) move.machines += machinesOf(plan, name);
    moves.set(`${title} ${from} ${to}`, move);
  }
  return sorted(moves, ([key]) => key).map(([, move]) => move);
}
