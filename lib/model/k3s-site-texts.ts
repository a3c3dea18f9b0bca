import { fillText, siteValue } from './hole-value';
import type { K3sNodesModel } from './k3s-cluster-model';
import type { K3sSiteInput } from './k3s-node-input';
import type { SitePlan } from './plan';
import type { TokenTable } from './token';

/** What the nodes of a site have of it: the texts of its cluster with its own values. */
export function siteInput(site: SitePlan, k3s: K3sNodesModel, tokens: TokenTable): K3sSiteInput {
  const fill = (text: string): string => fillText(text, (hole) => siteValue(site, hole), tokens);
  const { registration, tlsSans, ntpServers, quietHour } = k3s;
  const host = registration && (registration.kind === 'host' ? registration.host : registration.address);
  return {
    name: site.name,
    ...(site.clusterGeneration > 0 && { clusterGeneration: site.clusterGeneration }),
    ...(host !== undefined && { registrationHost: fill(host) }),
    tlsSan: tlsSans.map(fill),
    ...(ntpServers && { ntpServers: ntpServers.map(fill) }),
    timeZone: site.timeZone,
    ...(quietHour !== undefined && { quietHour: fill(quietHour) }),
  };
}
