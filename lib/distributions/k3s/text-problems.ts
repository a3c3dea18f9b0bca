import { isHostAndPort } from '../../model/host-text';
import type { K3sClusterModel, K3sNodesModel } from '../../model/k3s-cluster-model';
import type { NodeBackup } from '../../model/k3s-node-input';
import type { NodeSiteInput } from '../../model/node-site-input';
import { isTimeOfDay } from '../../model/quiet-hour';
import { hasToken } from '../../model/token';
import { END_FOR_ALL, upgradeWindowOf, upgradeWindowProblem } from '../../model/upgrade-window';

/** What is wrong with texts that a machine would read, whatever the site. Site values in them are refused elsewhere. */
export function k3sTextProblems({ machines }: K3sClusterModel): string[] {
  return machines ? [...backupProblems(machines.backup), ...windowProblem(machines)] : [];
}

function windowProblem(k3s: K3sNodesModel): string[] {
  const { upgradeWindow } = k3s;
  if (!upgradeWindow) return [];
  if ([upgradeWindow.from, upgradeWindow.to].some(hasToken))
    return ['has a site value in its upgradeWindow; that must be equal at all sites'];
  const wrong = upgradeWindowProblem(upgradeWindowOf(k3s));
  return wrong === undefined ? [] : [`has an upgradeWindow that ${wrong}`];
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

/** Where sites have quiet hours of their own, all windows end at one time. */
export function k3sSiteProblems({ machines, movesTo }: K3sClusterModel, { quietHour }: NodeSiteInput): string[] {
  if (movesTo === undefined || !machines || machines.upgradeWindow || quietHour === undefined) return [];
  if (!hasToken(machines.quietHour ?? '') || !isTimeOfDay(quietHour) || quietHour <= LATEST) return [];
  return [
    `moves to another release, and where sites have quiet hours of their own it does so until ${END_FOR_ALL}: no hour is left from ${quietHour} on; say upgradeWindow`,
  ];
}

const LATEST = '05:00';
