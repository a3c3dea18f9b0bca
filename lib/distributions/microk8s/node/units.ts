import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { quietHourFiles } from '../../../render/node/quiet-hour';
import { shellText } from '../../../render/node/script/shell-text';

const UNITS = '/etc/systemd/system';

/** The service that has the API server, on servers, and the kubelet. */
export const MICROK8S_UNIT = 'snap.microk8s.daemon-kubelite';

/** Services of MicroK8s are the snap's own; these are ours: what waits for a quiet hour, and on servers, what waits for other nodes. */
export function microk8sUnitFiles(role: 'server' | 'agent', offline: boolean): NodeFile[] {
  const timers = ['edgecdk-quiet-hour.timer', ...(role === 'server' ? ['edgecdk-settle.timer'] : [])];
  const wanted = [...timers, ...(offline ? ['edgecdk-route.service'] : [])];
  return [
    ...quietHourFiles(role === 'server' ? RENEW : undefined),
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
 * On servers: certificates of the API server and of its proxy are good for 365 days, and once nodes have joined, MicroK8s renews them by itself no more.
 * They are renewed when 280 days old.
 *
 * @see canonical/microk8s, actions/common/utils.sh (produce_certs) and wrappers/apiservice-kicker
 */
const RENEW = shellText`
PATH=$PATH:/snap/bin
certs=$root/var/snap/microk8s/current/certs
for name in server.crt front-proxy-client.crt; do
  [ -f "$certs/$name" ] || continue
  [ -z "$(find "$certs/$name" -prune -mtime +280)" ] || microk8s refresh-certs --cert "$name"
done
`;
