import type { NodeDeviceClass } from '../../model/node-input';
import type { NodeEffect, NodeFile } from '../../model/node-tree';
import { nodeFile, WRITTEN_BY } from './node-file';

export interface HostNeeds {
  /** Of the distribution, in names of files. */
  readonly name: string;
  /** What a change of modules or settings asks for. */
  readonly effect: NodeEffect;
  readonly modules: readonly string[];
  /** Lines of settings of the kernel, beside those that all have. */
  readonly sysctls: readonly string[];
}

export function modulesFile(name: string): string {
  return `/etc/modules-load.d/edgecdk-${name}.conf`;
}

export function sysctlFile(name: string): string {
  return `/etc/sysctl.d/90-edgecdk-${name}.conf`;
}

/** What a distribution wants of the machine that it runs on. */
export function hostFiles({ name, effect, modules, sysctls }: HostNeeds, { storage }: NodeDeviceClass): NodeFile[] {
  const wearsOut = storage === 'sd' || storage === 'emmc';
  return [
    nodeFile(modulesFile(name), effect, `${WRITTEN_BY}${modules.join('\n')}\n`),
    nodeFile(
      sysctlFile(name),
      effect,
      `${WRITTEN_BY}${sysctls.map((line) => `${line}\n`).join('')}# Some dozen pods that watch files are enough to reach the usual limits.
fs.inotify.max_user_instances=1024
fs.inotify.max_user_watches=524288
`,
    ),
    ...(wearsOut ? [SMALL_JOURNAL] : []),
  ];
}

const SMALL_JOURNAL = nodeFile(
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
);
