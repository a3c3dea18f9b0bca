import type { MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { hostFiles } from '../../../render/node/host';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';

/** What MicroK8s wants of the machine that it runs on, before its services start. */
export function microk8sHostFiles({ dataMount, deviceClass, link }: MicroK8sNodeInput): NodeFile[] {
  return [
    // Nothing of it needs a restart of MicroK8s: the readers of these files are told, and what is set counts at once.
    ...hostFiles({ name: 'microk8s', effect: 'live', modules: ['br_netfilter', 'overlay'], sysctls: [] }, deviceClass),
    ...(dataMount === undefined ? [] : DAEMONS.map((daemon) => needsDisk(daemon, dataMount))),
    ...(link.kind === 'offline' ? DEFAULT_ROUTE : []),
  ];
}

const DAEMONS = ['k8s-dqlite', 'containerd', 'kubelite', 'cluster-agent'] as const;

/** Without its disk, the snap would find an empty folder, and each service would fail or begin anew in its own way. */
function needsDisk(daemon: string, mount: string): NodeFile {
  return nodeFile(
    `/etc/systemd/system/snap.microk8s.daemon-${daemon}.service.d/50-edgecdk.conf`,
    'live',
    `${WRITTEN_BY}[Unit]\nRequiresMountsFor=${mount}\n`,
  );
}

/** kubelite and containerd look for a default route, and pods have no address of the node without one; any does. */
const DEFAULT_ROUTE: readonly NodeFile[] = [
  nodeFile(
    '/etc/systemd/system/edgecdk-route.service',
    'live',
    `${WRITTEN_BY}[Unit]
Description=A default route that leads nowhere, where there is no other
After=network-online.target
Before=snap.microk8s.daemon-containerd.service snap.microk8s.daemon-kubelite.service

[Service]
Type=oneshot
ExecStart=/bin/sh /etc/edgecdk/scripts/default-route.sh
`,
  ),
  nodeFile(
    '/etc/edgecdk/scripts/default-route.sh',
    'live',
    `${shellText`
#!/bin/sh
# A default route that leads nowhere, where there is no other. The address is of a network for examples.
set -eu
PATH=$PATH:/usr/sbin:/sbin
[ -z "$(ip route show default 2> /dev/null)" ] || exit 0
ip link show dummy0 > /dev/null 2>&1 || ip link add dummy0 type dummy || :
ip link set dummy0 up || :
ip address replace 203.0.113.254/31 dev dummy0 || :
ip route add default via 203.0.113.255 dev dummy0 metric 1000
`}\n`,
    { mode: '0755' },
  ),
];
