import type { DeviceClassModel } from '../../model/device-class-model';
import type { FleetModel } from '../../model/fleet-model';
import type { RenderUnit } from '../../model/plan';
import type { Platform } from '../../model/platform';
import { error, type Problem, warning } from '../../model/problem';
import { statedPlatforms } from '../../model/stated-platforms';
import { imagePlatforms } from '../rules/image-platforms';
import type { NodeClass } from './node-class';
import type { PodDemand } from './pod-demand';

/** Placements on nodes that sites do not have, and images that no node of a site can run. */
export function placementProblems(unit: RenderUnit, model: FleetModel): Problem[] {
  const { path, placement } = unit.workload;
  const sites = unit.sites.map((site) => site.name);
  const there = model.deviceClasses.filter((c) => unit.deviceClasses.includes(c.path));
  const named = placement.onNodes && there.filter((c) => placement.onNodes?.includes(c.path));
  if (named?.length === 0) {
    const ids = model.deviceClasses.filter((c) => placement.onNodes?.includes(c.path)).map((c) => c.id);
    const mend = ids.length === 1 ? `.where({ has: ${ids[0]} })` : '.where({ has: ... })';
    const message = `is placed on nodes of ${ids.join(' or ')}, of which some of its sites have none; add ${mend} to its placement, or nodes to the sites`;
    return [error(path, message, { sites })];
  }
  const platforms = platformsOf(unit);
  if (!platforms) return [];
  const classes = named ?? there;
  const unserved = classes.filter((c) => !runs(c, platforms));
  // Without onNodes one class that can run it will do.
  if (unserved.length === 0 || (!named && unserved.length < classes.length)) return [];
  return [
    error(
      path,
      `has images for ${platforms.join(', ')}, and its nodes are ${describeClasses(unserved)}; build it for these too (platforms), or place it elsewhere`,
      { sites },
    ),
  ];
}

/** Pods that may, or must, land on a node for which their images are not built: only the pod's own selector keeps them away from one. */
export function mixedPlatformProblems(
  { unit, object, runs: how }: PodDemand,
  eligible: readonly NodeClass[],
): Problem[] {
  const platforms = platformsOf(unit);
  const unserved = platforms ? eligible.map((c) => c.deviceClass).filter((c) => !runs(c, platforms)) : [];
  if (!platforms || unserved.length === 0) return [];
  const sites = unit.sites.map((site) => site.name);
  const certain = how === 'on-each-node' || unserved.length === eligible.length;
  const message = `${object} ${certain ? 'runs' : 'may run'} on ${describeClasses(unserved)}, and its images are for ${platforms.join(', ')}; select nodes by kubernetes.io/arch, or build the images for all`;
  return [
    certain
      ? error(unit.workload.path, message, { sites })
      : warning(unit.workload.path, message, { sites, rule: imagePlatforms.id }),
  ];
}

export function platformsOf(unit: RenderUnit): readonly Platform[] | undefined {
  const platforms = statedPlatforms(unit);
  return platforms && platforms.length > 0 ? platforms : undefined;
}

function runs({ hardware }: DeviceClassModel, platforms: readonly Platform[]): boolean {
  return hardware.platforms.some((platform) => platforms.includes(platform));
}

function describeClasses(classes: readonly DeviceClassModel[]): string {
  return [...new Set(classes.map((c) => `${c.id} (${c.hardware.platforms.join(', ')})`))].join(' and ');
}
