import type { NodeRecord, OperatingSystemModel } from '../../model/node-model';
import type { NodeSiteInput } from '../../model/node-site-input';
import type { NodeFile } from '../../model/node-tree';
import { DEFAULT_QUIET_HOUR } from '../../model/quiet-hour';
import { nodeFile, WRITTEN_BY } from './node-file';

const NIGHTS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/**
 * A site's time: its servers, and the hours at which its timers go. These are the site's own, so that trees are equal over sites. `servers` are all
 * servers of the site.
 */
export function timeFiles(
  site: Pick<NodeSiteInput, 'ntpServers' | 'quietHour' | 'timeZone'>,
  node: NodeRecord,
  servers: readonly NodeRecord[],
  timeSync: OperatingSystemModel['timeSync'],
  backsUp: boolean,
): NodeFile[] {
  const hour = `*-*-* ${site.quietHour ?? DEFAULT_QUIET_HOUR}:00 ${site.timeZone}`;
  return [
    timerHours('edgecdk-quiet-hour', `${nightOf(node, servers)}${hour}`),
    ...(backsUp ? [timerHours('edgecdk-backup', hour)] : []),
    ...ntpFiles(site.ntpServers ?? [], timeSync),
  ];
}

/** Each of several servers has a night of its own, so that no two of them restart at once; all other machines have every night. */
function nightOf({ rank }: NodeRecord, servers: readonly NodeRecord[]): string {
  return rank === undefined || servers.length < 2 ? '' : `${NIGHTS[rank % NIGHTS.length]} `;
}

/** A clock after this day is wrong: one that runs on rubbish often shows a year far ahead, and certificates would be made of it. */
export function clockNotAfter(lockedOn: string): string {
  return `${Number(lockedOn.slice(0, 4)) + 20}${lockedOn.slice(4)}`;
}

/** The empty line takes the timer's own hours away. */
function timerHours(timer: string, calendar: string): NodeFile {
  const text = `${WRITTEN_BY}[Timer]\nOnCalendar=\nOnCalendar=${calendar}\n`;
  return nodeFile(`/etc/systemd/system/${timer}.timer.d/50-site.conf`, 'live', text);
}

function ntpFiles(servers: readonly string[], timeSync: OperatingSystemModel['timeSync']): NodeFile[] {
  if (servers.length === 0) return [];
  if (timeSync === 'systemd-timesyncd') {
    const text = `${WRITTEN_BY}[Time]\nNTP=${servers.join(' ')}\n`;
    return [nodeFile('/etc/systemd/timesyncd.conf.d/50-edgecdk.conf', 'live', text)];
  }
  if (timeSync === 'none') return [];
  const text = `${WRITTEN_BY}${servers.map((server) => `server ${server} iburst\n`).join('')}`;
  // Debian and Ubuntu read the one folder, SUSE and Red Hat the other; a file in the wrong one is read by nobody.
  return ['/etc/chrony/conf.d', '/etc/chrony.d'].map((folder) => nodeFile(`${folder}/50-edgecdk.conf`, 'live', text));
}
