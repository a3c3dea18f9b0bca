import type { NodeFile } from '../../model/node-tree';
import { DEFAULT_QUIET_HOUR } from '../../model/quiet-hour';
import { nodeFile, WRITTEN_BY } from './node-file';
import { shellText } from './script/shell-text';

const UNITS = '/etc/systemd/system';

/**
 * What disturbs, and can wait, is done in the machine's quiet hour: a restart of the machine that `apply.sh` owes, a tree that failed, and what is a
 * distribution's own, in `more`. A timer and what it runs; which hour it is, and which night where a site has several servers, is the identity's affair
 * (`time.ts`).
 */
export function quietHourFiles(more = ''): NodeFile[] {
  const script = [SCRIPT, ...(more === '' ? [] : [more])].join('\n\n');
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
OnCalendar=Sun *-*-* ${DEFAULT_QUIET_HOUR}:00
RandomizedDelaySec=2h
`,
    ),
  ];
}

/** A tree that failed stops Kubernetes for as long as it takes to fail again: so it is tried once a night, and not whenever somebody brings it by day. */
const SCRIPT = shellText`
#!/bin/sh
# In the quiet hour of this machine: what is owed and would disturb by day.
set -eu
root=\${EDGECDK_ROOT:-}
state=$root/var/lib/edgecdk

if [ -f "$state/pending/reboot" ]; then exec /bin/sh "$state/apply.sh" --reboot; fi

# A tree that failed here stops Kubernetes until it has failed again: not by day.
if [ -f "$state/failed" ]; then
  read -r digest _ < "$state/failed" || :
  payload=$state/payloads/$digest
  [ ! -f "$payload/tree/apply.sh" ] || exec /bin/sh "$payload/tree/apply.sh" --identity "$payload/identity" --retry
fi
`;
