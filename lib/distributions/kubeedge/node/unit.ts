import { RUNTIMES } from '../../../catalog/runtimes';
import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';

const UNITS = '/etc/systemd/system';

/** The unit that keadm and its jobs look for, and apart from it what we add. edgecore is ended alone (KillMode) and pods go on. */
export function edgecoreUnitFiles(input: KubeEdgeNodeInput): NodeFile[] {
  return [
    nodeFile(`${UNITS}/edgecore.service`, 'restart', `${WRITTEN_BY}${UNIT}`),
    nodeFile(`${UNITS}/edgecore.service.d/50-edgecdk.conf`, 'restart', `${WRITTEN_BY}${dropIn(input)}`),
  ];
}

const UNIT = `[Unit]
Description=KubeEdge edgecore
Documentation=https://kubeedge.io

[Service]
Type=simple
ExecStart=/usr/local/bin/edgecore
Restart=always
RestartSec=10
KillMode=process
Delegate=yes
LimitNOFILE=1048576
TasksMax=infinity

[Install]
WantedBy=multi-user.target
`;

/** It does not wait for the network: what the node knows runs without. */
function dropIn({ dataMount, runtime }: KubeEdgeNodeInput): string {
  const units = runtimeUnits(runtime).join(' ');
  return [
    '[Unit]',
    `After=time-sync.target ${units}`,
    `Wants=edgecdk-quiet-hour.timer ${units}`,
    ...(dataMount === undefined ? [] : [`RequiresMountsFor=${dataMount}`]),
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    // systemd before 254 passes over these, and pauses as long as RestartSec says.
    'RestartSteps=6',
    'RestartMaxDelaySec=5min',
    'ExecStartPre=/bin/sh /etc/edgecdk/scripts/before-edgecore.sh',
    '',
  ].join('\n');
}

export function runtimeUnits(runtime: KubeEdgeNodeInput['runtime']): string[] {
  const { unit, needs } = RUNTIMES[runtime];
  return [unit, ...needs];
}
