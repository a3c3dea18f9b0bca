import type { NodeFile } from '../../../model/node-tree';
import { DEFAULT_QUIET_HOUR } from '../../../model/quiet-hour';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { quietHourUnits } from '../../../render/node/quiet-hour-units';
import { RETRY_FAILED } from '../../../render/node/script/retry-failed';
import { shellText } from '../../../render/node/script/shell-text';

const UNITS = '/etc/systemd/system';

/** The service that has the API server, on servers, and the kubelet. */
export const MICROK8S_UNIT = 'snap.microk8s.daemon-kubelite';

/** Services of MicroK8s are the snap's own; these are ours: what waits for a quiet hour, and on servers, what waits for other nodes. */
export function microk8sUnitFiles(role: 'server' | 'agent', offline: boolean): NodeFile[] {
  const timers = ['edgecdk-quiet-hour.timer', ...(role === 'server' ? ['edgecdk-settle.timer'] : [])];
  const wanted = [...timers, ...(offline ? ['edgecdk-route.service'] : [])];
  return [
    ...quietHourFiles(role),
    ...(role === 'server' ? SETTLE : []),
    nodeFile(
      `${UNITS}/multi-user.target.d/60-edgecdk-microk8s.conf`,
      'live',
      `${WRITTEN_BY}[Unit]\nWants=${wanted.join(' ')}\n`,
    ),
  ];
}

/**
 * As long as nodes have not joined, or addons could not be enabled, a server looks again. `apply.sh` ends well meanwhile: a till that is broken must not
 * hold up what the server is brought.
 */
const SETTLE: readonly NodeFile[] = [
  nodeFile(
    `${UNITS}/edgecdk-settle.service`,
    'live',
    `${WRITTEN_BY}[Unit]
Description=Go on with what waits for other machines: join token, labels, addons
ConditionPathExists=/var/lib/edgecdk/pending/settle

[Service]
Type=oneshot
TimeoutStartSec=infinity
SuccessExitStatus=75
ExecStart=/bin/sh /var/lib/edgecdk/apply.sh
`,
  ),
  nodeFile(
    `${UNITS}/edgecdk-settle.timer`,
    'live',
    `${WRITTEN_BY}[Unit]
Description=Look again for machines that have not joined

[Timer]
OnBootSec=5min
OnUnitInactiveSec=5min
`,
  ),
];

/**
 * What disturbs, and can wait, is done in the machine's quiet hour: a restart of the machine that `apply.sh` owes, and on servers, new certificates:
 * those of the API server and of its proxy are good for 365 days, and once nodes have joined, MicroK8s renews them by itself no more. They are
 * renewed when 280 days old.
 *
 * @see canonical/microk8s, actions/common/utils.sh (produce_certs) and wrappers/apiservice-kicker
 */
function quietHourFiles(role: 'server' | 'agent'): NodeFile[] {
  return quietHourUnits(quietHour(role), `Sun *-*-* ${DEFAULT_QUIET_HOUR}:00`);
}

function quietHour(role: 'server' | 'agent'): string {
  return [HEAD, ...(role === 'server' ? [RENEW] : [])].join('\n\n');
}

const HEAD = shellText`
#!/bin/sh
# In the quiet hour of this machine: what is owed and would disturb by day.
set -eu
PATH=$PATH:/snap/bin
root=\${EDGECDK_ROOT:-}
state=$root/var/lib/edgecdk

if [ -f "$state/pending/reboot" ]; then exec /bin/sh "$state/apply.sh" --reboot; fi

${RETRY_FAILED}
`;

const RENEW = shellText`
certs=$root/var/snap/microk8s/current/certs
for name in server.crt front-proxy-client.crt; do
  [ -f "$certs/$name" ] || continue
  [ -z "$(find "$certs/$name" -prune -mtime +280)" ] || microk8s refresh-certs --cert "$name"
done
`;
