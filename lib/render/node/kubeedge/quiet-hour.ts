import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import { RETRY_FAILED } from '../script/retry-failed';
import { shellText } from '../script/shell-text';

const UNITS = '/etc/systemd/system';

/** A restart of the machine that is owed, in its quiet hour. edgecore renews its certificates while it runs, and owes nothing. */
export function quietHourFiles(): NodeFile[] {
  return [
    nodeFile('/etc/edgecdk/scripts/quiet-hour.sh', 'live', `${SCRIPT}\n`, { mode: '0755' }),
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
OnCalendar=*-*-* 04:30:00
RandomizedDelaySec=2h
`,
    ),
  ];
}

const SCRIPT = shellText`
#!/bin/sh
# In the quiet hour of this machine: what is owed and would disturb by day.
set -eu
state=\${EDGECDK_ROOT:-}/var/lib/edgecdk
[ ! -f "$state/pending/reboot" ] || exec /bin/sh "$state/apply.sh" --reboot

${RETRY_FAILED}
`;
