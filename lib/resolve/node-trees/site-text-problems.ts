import { isHost } from '../../model/host-text';
import { parseIp } from '../../model/ip';
import { isMirrorUrl } from '../../model/mirror-url';
import type { Plan } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import { siteInput } from '../../model/site-texts';

/** What a cluster says of its sites in texts with site values, looked at with the values of each. */
export function siteTextProblems({ sites, cohorts, nodes, tokens }: Plan): Problem[] {
  const found = new Map<string, { path: string; message: string; sites: string[] }>();
  const known = new Map<string, boolean>();
  const isGoodMirror = (url: string): boolean => {
    const good = known.get(url) ?? isMirrorUrl(url);
    known.set(url, good);
    return good;
  };
  const clusters = new Map(cohorts.map((cohort) => [cohort.id, cohort.cluster]));
  for (const site of sites) {
    const cluster = clusters.get(site.cohort);
    const machines = cluster?.machines;
    if (!machines || !nodes.get(site.name)?.some(({ tree }) => tree !== undefined)) continue;
    const input = siteInput(site, { ...cluster, machines }, tokens);
    const ip = machines.registration?.kind === 'virtual-ip' ? [input.registrationHost ?? ''] : [];
    const mirrors = (input.registries ?? []).map(({ registry, endpoints }) => ({
      prop: `one of the mirrors of ${registry}`,
      // One with credentials is not repeated.
      wrong: endpoints.filter((url) => !isGoodMirror(url)).map((url) => (url.includes('@') ? 'a URL with @' : url)),
    }));
    const wrong = [
      ...badTexts('a registrationAddress', hostMeaning, [input.registrationHost ?? 'a'], isHost),
      ...badTexts('one of tlsSans', hostMeaning, input.tlsSan, isHost),
      ...badTexts('one of ntpServers', hostMeaning, input.ntpServers ?? [], isHost),
      ...badTexts('a registrationAddress', "an address of the site's network, such as 10.1.2.9", ip, isIp),
      ...mirrors.flatMap(({ prop, wrong: urls }) => badTexts(prop, mirrorMeaning, urls, () => false)),
      ...badTexts('a quietHour', 'a time such as 04:30', [input.quietHour ?? '04:30'], isTime),
    ];
    for (const { message, text } of wrong) {
      const entry = found.get(`${site.blueprint} ${message}`) ?? { path: site.blueprint, message, sites: [] };
      entry.sites.push(`${site.name}: ${text}`);
      found.set(`${site.blueprint} ${message}`, entry);
    }
  }
  return [...found.values()].map(({ path, message, sites: names }) => error(path, message, { sites: names }));
}

const mirrorMeaning = 'a URL without credentials, such as https://mirror.example:5000';
const hostMeaning = 'a DNS name or an IP address';
const isIp = (text: string) => parseIp(text) !== undefined;
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

function badTexts(prop: string, meaning: string, texts: readonly string[], isGood: (text: string) => boolean) {
  return texts
    .filter((text) => !isGood(text))
    .map((text) => ({ message: `has ${prop} that is not ${meaning}`, text: JSON.stringify(text) }));
}
