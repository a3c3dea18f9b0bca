import type { K3sNodesModel } from '../../model/k3s-cluster-model';
import type { NodeBackup, RegistryMirror } from '../../model/k3s-node-input';
import { siteInput } from '../../model/k3s-site-texts';
import type { Cohort, Plan } from '../../model/plan';
import type { Problem } from '../../model/problem';
import { isTimeOfDay } from '../../model/quiet-hour';
import type { NodeAccess } from '../../model/seed-input';
import { hasToken } from '../../model/token';
import { END_FOR_ALL, upgradeWindowOf, upgradeWindowProblem } from '../../model/upgrade-window';
import { isHostAndPort } from './host-text';
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
    if (!known?.k3s || !nodes.get(site.name)?.some(({ tree }) => tree !== undefined)) continue;
    for (const message of known.wrong) findings.add(site.blueprint, message);
    const late = known.movesTo !== undefined && lateQuietHour(known.k3s, siteInput(site, known.k3s, tokens).quietHour);
    if (late) findings.add(site.blueprint, late, site.name);
  }
  return findings.list;
}

function clusterTexts({ cluster: { k3s } }: Cohort): string[] {
  if (!k3s) return [];
  return [
    ...accessProblems(k3s.access),
    ...backupProblems(k3s.backup),
    ...k3s.registries.flatMap(registryProblem),
    ...windowProblem(k3s),
  ];
}

function windowProblem(k3s: K3sNodesModel): string[] {
  const { upgradeWindow } = k3s;
  if (!upgradeWindow) return [];
  if ([upgradeWindow.from, upgradeWindow.to].some(hasToken))
    return ['has a site value in its upgradeWindow; that must be equal at all sites'];
  const wrong = upgradeWindowProblem(upgradeWindowOf(k3s));
  return wrong === undefined ? [] : [`has an upgradeWindow that ${wrong}`];
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

const DATA = '/var/lib/rancher';

/** A data disk holds `/var/lib/rancher` or what is below it, so that what is not there is not on it. */
function backupProblems(backup: NodeBackup): string[] {
  if (backup.kind === 'none') return [];
  if (backup.kind === 's3') {
    // Credentials in it are refused elsewhere.
    const { endpoint } = backup;
    if (hasToken(endpoint) || endpoint.includes('@') || isHostAndPort(endpoint)) return [];
    return [
      `has the endpoint ${JSON.stringify(endpoint)} in its backup; write a host, such as s3.example, without https://`,
    ];
  }
  const { path } = backup;
  if (hasToken(path)) return [];
  if (!/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)+$/.test(path))
    return [`copies to ${JSON.stringify(path)}; write the absolute path of a folder, such as /mnt/backup`];
  if (path !== DATA && !path.startsWith(`${DATA}/`)) return [];
  return [`copies to ${path}, which is where the data are; take a folder of another disk, such as /mnt/backup`];
}

function registryProblem({ registry }: RegistryMirror): string[] {
  if (registry === '*' || hasToken(registry) || isHostAndPort(registry)) return [];
  const shown = registry.includes('@') ? 'a name with @' : JSON.stringify(registry);
  return [`has ${shown} in registries; write the registry as images name it, docker.io or mirror.example:5000, or *`];
}

/** Where sites have quiet hours of their own, all windows end at one time. */
function lateQuietHour(k3s: K3sNodesModel, quietHour: string | undefined): string | undefined {
  if (k3s.upgradeWindow || quietHour === undefined || !hasToken(k3s.quietHour ?? '')) return undefined;
  if (!isTimeOfDay(quietHour) || quietHour <= LATEST) return undefined;
  return `moves to another release, and where sites have quiet hours of their own it does so until ${END_FOR_ALL}: no hour is left from ${quietHour} on; say upgradeWindow`;
}

const LATEST = '05:00';
