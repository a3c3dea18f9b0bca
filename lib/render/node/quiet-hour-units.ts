import type { NodeFile } from '../../model/node-tree';
import { nodeFile, WRITTEN_BY } from './node-file';

const UNITS = '/etc/systemd/system';

/** The quiet hour of a machine: a timer and what it runs, of any distribution. `calendar` holds until the identity says the site's own hour. */
export function quietHourUnits(script: string, calendar: string): NodeFile[] {
  return [
    nodeFile('/etc/edgecdk/scripts/quiet-hour.sh', 'live', `${script}\n`, { mode: '0755' }),
    nodeFile(
      `${UNITS}/edgecdk-quiet-hour.service`,
      'live',
      `${WRITTEN_BY}[Unit]
Description=Do what is owed on this machine and would disturb by day

[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/bin/sh /etc/edgecdk/scripts/quiet-hour.sh
`,
    ),
    nodeFile(
      `${UNITS}/edgecdk-quiet-hour.timer`,
      'live',
      `${WRITTEN_BY}[Unit]
Description=The quiet hour of this machine

[Timer]
OnCalendar=${calendar}
RandomizedDelaySec=2h
`,
    ),
  ];
}
