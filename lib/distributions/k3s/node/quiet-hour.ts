import type { NodeFile } from '../../../model/node-tree';
import { quietHourFiles } from '../../../render/node/quiet-hour';
import { shellText } from '../../../render/node/script/shell-text';
import { unitOf } from './units';

/**
 * K3s renews certificates only when it starts, and only in their last 90 days of 365 (120 in newer releases). Once a certificate is 280 days old, K3s is
 * restarted: so about once a year per machine, and as spread over the fleet as the days on which its machines were installed. A machine that is off in its
 * quiet hour has started since, and owes nothing.
 *
 * @see K3s documentation, k3s certificate
 */
export function k3sQuietHourFiles(role: 'server' | 'agent'): NodeFile[] {
  // An agent's are made anew at each start.
  const certificate = role === 'server' ? 'server/tls/client-admin.crt' : 'agent/serving-kubelet.crt';
  return quietHourFiles(shellText`
# K3s renews its certificates when it starts.
certificate=$root/var/lib/rancher/k3s/${certificate}
[ -f "$certificate" ] || exit 0
[ -n "$(find "$certificate" -prune -mtime +280)" ] || exit 0
exec systemctl --no-block try-restart ${unitOf(role)}
`);
}
