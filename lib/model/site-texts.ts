import type { ClusterModel } from './distribution';
import { fillText, siteValue } from './hole-value';
import type { NodeSiteInput } from './node-site-input';
import type { NodesModel } from './nodes-model';
import type { SitePlan } from './plan';
import { holdsSiteValue } from './registry-mirrors';
import type { TokenTable } from './token';

/** What the nodes of a site have of it: the texts of its cluster with its own values. */
export function siteInput(
  site: SitePlan,
  { machines, shared }: Pick<ClusterModel, 'shared'> & { readonly machines: NodesModel },
  tokens: TokenTable,
): NodeSiteInput {
  const fill = (text: string): string => fillText(text, (hole) => siteValue(site, hole), tokens);
  const { registration, tlsSans = [], registries = [], ntpServers, quietHour } = machines;
  const ownMirrors = registries.filter(holdsSiteValue);
  const host = registration && (registration.kind === 'host' ? registration.host : registration.address);
  return {
    name: site.name,
    ...(shared !== undefined && { group: groupOf(site) }),
    ...(site.clusterGeneration > 0 && { clusterGeneration: site.clusterGeneration }),
    ...(host !== undefined && { registrationHost: fill(host) }),
    tlsSan: tlsSans.map(fill),
    ...(ownMirrors.length > 0 && {
      registries: ownMirrors.map((mirror) => ({ ...mirror, endpoints: mirror.endpoints.map(fill) })),
    }),
    ...(ntpServers && { ntpServers: ntpServers.map(fill) }),
    timeZone: site.timeZone,
    ...(quietHour !== undefined && { quietHour: fill(quietHour) }),
  };
}

/** Id of the group that a site is of. */
export function groupOf({ path }: Pick<SitePlan, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
