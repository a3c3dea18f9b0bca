import { isK3sArchitecture, type K3sArchitecture } from '../model/artifact-lock';
import { sorted } from '../model/digest';
import type { Plan } from '../model/plan';
import { kubernetesArch } from '../model/platform';
import { error, type Problem } from '../model/problem';

/** A release of K3s that sites of a program run, and what its nodes are. */
export interface K3sUse {
  /** `v1.33.5+k3s1` */
  readonly version: string;
  /** Sorted. */
  readonly architectures: readonly K3sArchitecture[];
  /** Path of the first blueprint that names it, for messages. */
  readonly path: string;
}

/**
 * What machines that we set up install, sorted by version: `withSystem` are the paths of the device classes that say what they run. Hardware that runs more
 * than one platform counts with the first, as in the files of its nodes. Device classes that K3s is not released for are errors.
 */
export function k3sUses(
  plan: Plan,
  withSystem: ReadonlySet<string>,
): { readonly uses: readonly K3sUse[]; readonly problems: readonly Problem[] } {
  const found = new Map<string, { readonly path: string; readonly architectures: Set<K3sArchitecture> }>();
  const problems = new Map<string, Problem>();
  const cohorts = plan.cohorts.filter(({ cluster }) => cluster.k3s !== undefined);
  for (const { blueprint, cluster, deviceClasses } of sorted(cohorts, (cohort) => cohort.blueprint.path)) {
    const own = plan.model.deviceClasses.filter(({ path }) => deviceClasses.includes(path) && withSystem.has(path));
    if (own.length === 0) continue;
    const use = found.get(cluster.version) ?? { path: blueprint.path, architectures: new Set() };
    found.set(cluster.version, use);
    for (const { path, hardware } of own) {
      const [platform] = hardware.platforms;
      if (platform === undefined) continue;
      const architecture = kubernetesArch(platform);
      if (isK3sArchitecture(architecture)) use.architectures.add(architecture);
      else problems.set(path, error(path, `is ${platform}, which K3s is not released for; use other hardware`));
    }
  }
  const uses = [...found].map(([version, { path, architectures }]) => ({
    version,
    architectures: sorted(architectures, (name) => name),
    path,
  }));
  return { uses: sorted(uses, ({ version }) => version), problems: [...problems.values()] };
}
