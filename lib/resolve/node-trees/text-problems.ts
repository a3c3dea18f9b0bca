import { isHostAndPort } from '../../model/host-text';
import type { RegistryMirror } from '../../model/node-input';
import type { Cohort, Plan } from '../../model/plan';
import type { Problem } from '../../model/problem';
import type { NodeAccess } from '../../model/seed-input';
import { siteInput } from '../../model/site-texts';
import { hasToken } from '../../model/token';
import { publicKeyProblem } from './public-key';
import { SiteFindings } from './site-findings';

/**
 * Texts of clusters that a machine would read, and find wrong when nobody is there any more. What may be a secret is not repeated. Site values in them are
 * refused elsewhere.
 */
export function textProblems({ sites, cohorts, nodes, tokens }: Plan): Problem[] {
  const findings = new SiteFindings();
  const clusters = new Map(cohorts.map((cohort) => [cohort.id, { ...cohort.cluster, wrong: clusterTexts(cohort) }]));
  for (const site of sites) {
    const known = clusters.get(site.cohort);
    if (!known?.machines || !nodes.get(site.name)?.some(({ tree }) => tree !== undefined)) continue;
    const { distribution, machines, wrong } = known;
    for (const message of wrong) findings.add(site.blueprint, message);
    const { siteProblems } = distribution.machines;
    for (const message of siteProblems?.(known, siteInput(site, { ...known, machines }, tokens)) ?? [])
      findings.add(site.blueprint, message, site.name);
  }
  return findings.list;
}

function clusterTexts({ cluster }: Cohort): string[] {
  const { distribution, machines } = cluster;
  if (!machines) return [];
  return [
    ...accessProblems(machines.access),
    ...machines.registries.flatMap(registryProblem),
    ...(distribution.machines.textProblems?.(cluster) ?? []),
  ];
}

function accessProblems({ sshKeys, breakGlass }: NodeAccess): string[] {
  const keys = (prop: string, texts: readonly string[]) =>
    texts.flatMap((text, index) => {
      const wrong = publicKeyProblem(text);
      return wrong === undefined ? [] : [`has an entry in ${prop}, number ${index + 1}, that ${wrong}`];
    });
  if (!breakGlass) return keys('access.sshKeys', sshKeys);
  return [
    ...keys('access.sshKeys', sshKeys),
    ...(/^[a-z_][a-z0-9_-]{0,31}$/.test(breakGlass.name)
      ? []
      : ['has an access.breakGlass whose name is none of a user; take small letters and digits, such as rescue']),
    ...(breakGlass.sshKeys.length > 0
      ? []
      : ['has an access.breakGlass without keys, so that nobody could log in; give it one, or leave it out']),
    ...keys('access.breakGlass.sshKeys', breakGlass.sshKeys),
  ];
}

function registryProblem({ registry }: RegistryMirror): string[] {
  if (registry === '*' || hasToken(registry) || isHostAndPort(registry)) return [];
  const shown = registry.includes('@') ? 'a name with @' : JSON.stringify(registry);
  return [`has ${shown} in registries; write the registry as images name it, docker.io or mirror.example:5000, or *`];
}
