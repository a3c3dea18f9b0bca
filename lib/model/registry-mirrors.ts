import type { RegistryMirror } from './node-input';
import type { FleetMirrors, NodesModel } from './nodes-model';
import { hasToken } from './token';

/** Whether an address of a mirror differs from site to site. */
export function holdsSiteValue({ endpoints }: Pick<RegistryMirror, 'endpoints'>): boolean {
  return endpoints.some(hasToken);
}

/** Mirrors as a node tree has them, equal at all sites: without addresses that hold a site value. */
export function mirrorsOfTree(registries: readonly RegistryMirror[]): RegistryMirror[] {
  return registries.map((mirror) => (holdsSiteValue(mirror) ? { ...mirror, endpoints: [], perSite: true } : mirror));
}

/** What a cluster's machines are set up with, where the fleet has mirrors: for each registry those of the cluster, where it names any, else those of the fleet. */
export function withFleetMirrors<M extends NodesModel>(machines: M, fleet: FleetMirrors): M {
  const named = new Set(machines.registries.map(({ registry }) => registry));
  return {
    ...machines,
    registries: [...machines.registries, ...fleet.registries.filter(({ registry }) => !named.has(registry))],
    onlyMirrors: machines.onlyMirrors ?? fleet.onlyMirrors,
  };
}
