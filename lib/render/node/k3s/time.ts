import type { K3sSiteInput } from '../../../model/k3s-node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../model/node-model';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** A site's time: its servers, and the hours at which its timers go. These are the site's own, so that trees are equal over sites. */
export function timeFiles(
  site: K3sSiteInput,
  node: NodeRecord,
  timeSync: OperatingSystemModel['timeSync'],
  backsUp: boolean,
): NodeFile[] {
  const hour = site.quietHour ?? '02:30';
  // Each server has a day of its own: no two of a site restart in one night.
  const day = node.rank === undefined ? 'Sun' : (DAYS[node.rank % DAYS.length] ?? 'Sun');
  return [
    timerHours('edgecdk-renew', `${day} *-*-* ${hour}:00 ${site.timeZone}`),
    ...(backsUp ? [timerHours('edgecdk-backup', `*-*-* ${hour}:00 ${site.timeZone}`)] : []),
    ...ntpFiles(site.ntpServers ?? [], timeSync),
  ];
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
