import type { NodeFile } from '../../../model/node-tree';
import { DEFAULT_QUIET_HOUR } from '../../../model/quiet-hour';
import { quietHourUnits } from '../../../render/node/quiet-hour-units';
import { RETRY_FAILED } from '../../../render/node/script/retry-failed';
import { shellText } from '../../../render/node/script/shell-text';

/** A restart of the machine that is owed, in its quiet hour. edgecore renews its certificates while it runs, and owes nothing. */
export function quietHourFiles(): NodeFile[] {
  return quietHourUnits(SCRIPT, `*-*-* ${DEFAULT_QUIET_HOUR}:00`);
}

const SCRIPT = shellText`
#!/bin/sh
# In the quiet hour of this machine: what is owed and would disturb by day.
set -eu
state=\${EDGECDK_ROOT:-}/var/lib/edgecdk
[ ! -f "$state/pending/reboot" ] || exec /bin/sh "$state/apply.sh" --reboot

${RETRY_FAILED}
`;
