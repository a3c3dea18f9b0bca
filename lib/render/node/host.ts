import { HARDENED_SYSCTLS } from '../../distributions/k3s/node/hardening';
import type { K3sNodeInput } from '../../model/k3s-node-input';
import type { NodeFile } from '../../model/node-tree';
import { nodeFile, WRITTEN_BY } from './node-file';

const OWN_SYSCTLS = '/etc/sysctl.d/90-edgecdk-k3s.conf';

/** Read before each start of K3s, whichever of them are there. */
export const SYSCTL_FILES = [OWN_SYSCTLS, HARDENED_SYSCTLS] as const;

/** What K3s wants of the machine that it runs on. */
export function hostFiles({ cluster, deviceClass }: K3sNodeInput): NodeFile[] {
  const modules = ['br_netfilter', 'overlay', ...(cluster.flannelBackend === 'wireguard-native' ? ['wireguard'] : [])];
  const wearsOut = deviceClass.storage === 'sd' || deviceClass.storage === 'emmc';
  return [
    nodeFile('/etc/modules-load.d/edgecdk-k3s.conf', 'live', `${WRITTEN_BY}${modules.join('\n')}\n`),
    nodeFile(
      OWN_SYSCTLS,
      'live',
      `${WRITTEN_BY}# Some dozen pods that watch files are enough to reach the usual limits.
fs.inotify.max_user_instances=1024
fs.inotify.max_user_watches=524288
`,
    ),
    ...(wearsOut
      ? [
          nodeFile(
            '/etc/systemd/journald.conf.d/50-edgecdk.conf',
            'live',
            `${WRITTEN_BY}# A card has a limited number of writes.
[Journal]
SystemMaxUse=64M
SystemMaxFileSize=8M
SyncIntervalSec=15min
RateLimitIntervalSec=30s
RateLimitBurst=2000
`,
          ),
        ]
      : []),
  ];
}
