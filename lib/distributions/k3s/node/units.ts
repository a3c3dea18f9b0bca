import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, secretPath, WRITTEN_BY } from '../../../render/node/node-file';
import { hasBackupTimer } from './backup';
import { runtimeUnits } from './runtime';

const UNITS = '/etc/systemd/system';

export function unitOf(role: 'server' | 'agent'): 'k3s' | 'k3s-agent' {
  return role === 'server' ? 'k3s' : 'k3s-agent';
}

/** The unit as K3s's installer writes it, and apart from it what we add. */
export function k3sUnitFiles(input: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  const unit = unitOf(role);
  const secrets = environmentSecrets(input, role);
  return [
    nodeFile(`${UNITS}/${unit}.service`, 'restart', `${WRITTEN_BY}${k3sUnit(role)}`),
    nodeFile(`${UNITS}/${unit}.service.d/50-edgecdk.conf`, 'restart', `${WRITTEN_BY}${dropIn(input, role)}`, {
      secrets,
    }),
  ];
}

/** K3s is ended alone (KillMode) and pods go on; it tells systemd when it is ready, but an agent does not (Type). */
function k3sUnit(role: 'server' | 'agent'): string {
  return `[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target

[Service]
Type=${role === 'server' ? 'notify' : 'exec'}
EnvironmentFile=-/etc/default/%N
EnvironmentFile=-/etc/sysconfig/%N
KillMode=process
Delegate=yes
User=root
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s ${role}

[Install]
WantedBy=multi-user.target
`;
}

/**
 * Time first, for certificates are made of it; the disk first, for without it an empty cluster would begin; and a pause that grows, for a site without
 * power or link must not wear its card out. Timers come with K3s, so that nothing has to enable them.
 */
function dropIn(input: K3sNodeInput, role: 'server' | 'agent'): string {
  const timers = [
    'edgecdk-quiet-hour.timer',
    ...(role === 'server' && hasBackupTimer(input.cluster) ? ['edgecdk-backup.timer'] : []),
  ];
  const runtime = runtimeUnits(input);
  return [
    '[Unit]',
    `After=${['time-sync.target', ...runtime].join(' ')}`,
    // Nothing stronger: K3s need not end because its runtime is restarted.
    `Wants=${[...timers, ...runtime].join(' ')}`,
    ...(input.dataMount === undefined ? [] : [`RequiresMountsFor=${input.dataMount}`]),
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'RestartSec=5s',
    ...GROWING_PAUSE,
    ...environmentSecrets(input, role).map((name) => `EnvironmentFile=${secretPath(name)}`),
    'ExecStartPre=/bin/sh /etc/edgecdk/scripts/before-k3s.sh',
    '',
  ].join('\n');
}

/** systemd before 254 passes over these, and pauses as long as `RestartSec` says. */
const GROWING_PAUSE = ['RestartSteps=6', 'RestartMaxDelaySec=5min'];

/** Secrets that come as variables, since K3s takes them from no file. */
export function environmentSecrets({ cluster, secrets }: K3sNodeInput, role: 'server' | 'agent'): string[] {
  if (role === 'agent') return [];
  const names = [
    cluster.datastore === 'external' ? secrets.datastore : undefined,
    cluster.datastore === 'etcd' && cluster.backup.kind === 's3' ? cluster.backup.credentials : undefined,
  ];
  return names.filter((name) => name !== undefined);
}
