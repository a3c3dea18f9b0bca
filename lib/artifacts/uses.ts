import { type ArtifactArchitecture, isArtifactArchitecture, type ReleaseNeed } from '../model/artifact-lock';
import { sorted } from '../model/digest';
import type { ClusterModel } from '../model/distribution';
import type { LinkModel } from '../model/link-model';
import { RELEASE_KINDS } from '../model/lock/kinds';
import type { Plan } from '../model/plan';
import { kubernetesArch } from '../model/platform';
import { error, type Problem } from '../model/problem';

/** A release that machines of a program install, and what these are. */
export interface ArtifactUse extends ReleaseNeed {
  /** Sorted. None for what comes from a store: its day alone is locked. */
  readonly architectures: readonly ArtifactArchitecture[];
  /** Path of the first blueprint that names it, for messages. */
  readonly path: string;
}

/**
 * What machines that we set up install, sorted by member and version: `withSystem` are the paths of the device classes that say what they run. Hardware that runs
 * more than one platform counts with the first, as in the files of its nodes. Device classes that a release is not made for are errors.
 */
export function usesOf(
  plan: Plan,
  withSystem: ReadonlySet<string>,
): { readonly uses: readonly ArtifactUse[]; readonly problems: readonly Problem[] } {
  const found = new Map<string, Found>();
  const problems = new Map<string, Problem>();
  for (const { blueprint, cluster, deviceClasses } of sorted(plan.cohorts, (cohort) => cohort.blueprint.path)) {
    const own = plan.model.deviceClasses.filter(({ path }) => deviceClasses.includes(path) && withSystem.has(path));
    if (own.length === 0) continue;
    for (const need of needsOf(cluster, blueprint.link)) {
      const key = `${need.member} ${need.version} ${need.fromStore === true ? 'store' : ''}`;
      const use: Found = found.get(key) ?? { ...need, path: blueprint.path, architectures: new Set() };
      found.set(key, use);
      if (need.fromStore) continue;
      const kind = RELEASE_KINDS[need.member];
      for (const { path, hardware } of own) {
        const [platform] = hardware.platforms;
        if (platform === undefined) continue;
        const architecture = kubernetesArch(platform);
        if (isArtifactArchitecture(architecture) && kind.architectures.includes(architecture))
          use.architectures.add(architecture);
        else
          problems.set(
            `${path} ${need.member}`,
            error(path, `is ${platform}, and there is no release of ${kind.title} for it; use other hardware`),
          );
      }
    }
  }
  const uses = sorted(found, ([key]) => key).map(([, { architectures, ...use }]) => ({
    ...use,
    architectures: sorted(architectures, (name) => name),
  }));
  return { uses, problems: [...problems.values()] };
}

interface Found extends ReleaseNeed {
  readonly path: string;
  readonly architectures: Set<ArtifactArchitecture>;
}

/** The one place that asks a distribution what its machines install. */
function needsOf(cluster: ClusterModel, link: LinkModel): readonly ReleaseNeed[] {
  return cluster.machines === undefined ? [] : (cluster.distribution.machines.releases?.(cluster, link) ?? []);
}
