import { MICROK8S_NETWORK_DEFAULTS } from '../../../catalog/microk8s';
import { MICROK8S_PORTS, type MicroK8sPort } from '../../../catalog/microk8s-ports';
import type { MicroK8sClusterInput, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';

type Role = 'server' | 'agent';

/** Ports of a node of this role that other machines must reach. */
export function microk8sOpenPorts(cluster: MicroK8sClusterInput, role: Role): MicroK8sPort[] {
  const has = (addon: string) => cluster.addons.some(({ name }) => name === addon);
  const conditions = [
    ...(cluster.servers > 1 || cluster.agents ? ['several-nodes'] : []),
    ...(cluster.servers > 1 ? ['several-servers'] : []),
    ...(has('ingress') ? ['ingress'] : []),
    ...(has('registry') ? ['registry'] : []),
  ];
  return MICROK8S_PORTS.filter(
    ({ roles, when }) => roles.includes(role) && (when === undefined || conditions.includes(when)),
  );
}

/** A profile for ufw, which Ubuntu has: `apply.sh` opens it where ufw is in use. Elsewhere the technician's sheet lists the ports. */
export function firewallFiles({ cluster, operatingSystem }: MicroK8sNodeInput, role: Role): NodeFile[] {
  if (operatingSystem.firewall !== 'ufw') return [];
  const ports = microk8sOpenPorts(cluster, role).map(({ port, protocol }) => `${port}/${protocol}`);
  return [
    nodeFile(
      '/etc/ufw/applications.d/edgecdk-microk8s',
      'live',
      `${WRITTEN_BY}[edgecdk-microk8s]
title=MicroK8s
description=What other machines reach on this node
ports=${ports.join('|')}
`,
    ),
  ];
}

/** Networks from which pods reach their node and each other. */
export function podNetworks({ network }: MicroK8sClusterInput): string[] {
  return [
    network.clusterCidr ?? MICROK8S_NETWORK_DEFAULTS.clusterCidr,
    network.serviceCidr ?? MICROK8S_NETWORK_DEFAULTS.serviceCidr,
  ];
}
