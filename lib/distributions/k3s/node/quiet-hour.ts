import type { NodeFile } from '../../../model/node-tree';
import { DEFAULT_QUIET_HOUR } from '../../../model/quiet-hour';
import { quietHourUnits } from '../../../render/node/quiet-hour-units';
import { RETRY_FAILED } from '../../../render/node/script/retry-failed';
import { shellText } from '../../../render/node/script/shell-text';
import { unitOf } from './units';

/**
 * What disturbs, and can wait, is done in the machine's quiet hour: a restart of the machine that `apply.sh` owes, a tree that failed, and a restart of K3s, which renews
 * certificates only when it starts, and only in their last 90 days of 365 (120 in newer releases). Once a certificate is 280 days old, K3s is
 * restarted: so about once a year per machine, and as spread over the fleet as the days on which its machines were installed. Which hour it is, and
 * which night where a site has several servers, is the identity's affair (`time.ts`). A machine that is off in its quiet hour has started since, and
 * owes neither.
 *
 * @see K3s documentation, k3s certificate
 */
export function quietHourFiles(role: 'server' | 'agent'): NodeFile[] {
  return quietHourUnits(quietHour(role), `Sun *-*-* ${DEFAULT_QUIET_HOUR}:00`);
}

function quietHour(role: 'server' | 'agent'): string {
  // An agent's are made anew at each start.
  const certificate = role === 'server' ? 'server/tls/client-admin.crt' : 'agent/serving-kubelet.crt';
  return shellText`
#!/bin/sh
# In the quiet hour of this machine: what is owed and would disturb by day.
set -eu
root=\${EDGECDK_ROOT:-}
state=$root/var/lib/edgecdk
certificate=$root/var/lib/rancher/k3s/${certificate}

if [ -f "$state/pending/reboot" ]; then exec /bin/sh "$state/apply.sh" --reboot; fi

# A tree that failed here stops K3s until it has failed again: not by day.
${RETRY_FAILED}

# K3s renews its certificates when it starts.
[ -f "$certificate" ] || exit 0
[ -n "$(find "$certificate" -prune -mtime +280)" ] || exit 0
exec systemctl --no-block try-restart ${unitOf(role)}
`;
}
