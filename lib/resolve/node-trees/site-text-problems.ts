import { siteInput } from '../../model/k3s-site-texts';
import type { Plan } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import { parseIp } from '../nodes/ip';

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** What a cluster says of its sites in texts with site values, looked at with the values of each. */
export function siteTextProblems({ sites, cohorts, nodes, tokens }: Plan): Problem[] {
  const found = new Map<string, { path: string; message: string; sites: string[] }>();
  const clusters = new Map(cohorts.map((cohort) => [cohort.id, cohort.cluster]));
  for (const site of sites) {
    const k3s = clusters.get(site.cohort)?.k3s;
    if (!k3s || !nodes.get(site.name)?.some(({ tree }) => tree !== undefined)) continue;
    const input = siteInput(site, k3s, tokens);
    const wrong = [
      ...[input.registrationHost ?? 'a'].flatMap((text) => hostProblem('registrationAddress', text)),
      ...input.tlsSan.flatMap((text) => hostProblem('tlsSans', text)),
      ...(input.ntpServers ?? []).flatMap((text) => hostProblem('ntpServers', text)),
      ...(k3s.registration?.kind === 'virtual-ip' && !parseIp(input.registrationHost ?? '')
        ? [
            `has ${JSON.stringify(input.registrationHost)} as virtual IP; write an address of the site's network, such as 10.1.2.9`,
          ]
        : []),
      ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(input.quietHour ?? '02:30')
        ? []
        : [`has ${JSON.stringify(input.quietHour)} as quietHour; write it as 02:30`]),
    ];
    for (const message of wrong) {
      const entry = found.get(`${site.blueprint} ${message}`) ?? { path: site.blueprint, message, sites: [] };
      entry.sites.push(site.name);
      found.set(`${site.blueprint} ${message}`, entry);
    }
  }
  return [...found.values()].map(({ path, message, sites: names }) => error(path, message, { sites: names }));
}

function hostProblem(prop: string, text: string): string[] {
  if (hostName.test(text) || parseIp(text)) return [];
  return [`has ${JSON.stringify(text)} in ${prop}; write a DNS name or an IP address`];
}
