import type { NodeFile } from '../../model/node-tree';
import { BOOT_SCRIPT } from './boot-script';
import { nodeFile, WRITTEN_BY } from './node-file';

/**
 * What runs `apply.sh` on every boot, until it succeeds and again on the next: part of every tree, and of the user-data that begins a node. A regular
 * file that wants the unit takes the place of the link that "systemctl enable" would make, for a tree has no links.
 */
export function bootFiles(): NodeFile[] {
  return [
    nodeFile('/etc/systemd/system/edgecdk-apply.service', 'live', `${WRITTEN_BY}${APPLY_UNIT}`),
    nodeFile(
      '/etc/systemd/system/multi-user.target.d/50-edgecdk.conf',
      'live',
      `${WRITTEN_BY}[Unit]\nWants=edgecdk-apply.service\n`,
    ),
    nodeFile('/etc/edgecdk/scripts/boot.sh', 'live', `${BOOT_SCRIPT}\n`, { mode: '0755' }),
  ];
}

/** @see https://systemd.io/CREDENTIALS */
export const IMPORT_CREDENTIALS = 'ImportCredential=edgecdk.*';

/**
 * Tried again on 75 (something is missing that may come), with a pause that grows to a quarter of an hour; not on 65 (somebody must do something), 1
 * (rolled back) and 76 (the machine restarts). Credentials that machines have for their secrets are there for every tree that asks for them: systemd before
 * 254 knows none that it has not been named, and says so.
 */
const APPLY_UNIT = `[Unit]
Description=Bring this machine to the node tree that it has
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=oneshot
TimeoutStartSec=infinity
${IMPORT_CREDENTIALS}
ExecStart=/bin/sh /etc/edgecdk/scripts/boot.sh
Restart=on-failure
RestartPreventExitStatus=1 65 76
RestartSec=30s
RestartSteps=6
RestartMaxDelaySec=15min

[Install]
WantedBy=multi-user.target
`;
