import { K3S_NETWORK_DEFAULTS } from '../../../catalog/k3s-config';
import { K3S_PORTS, type NodePort } from '../../../catalog/k3s-ports';
import type { K3sClusterInput, K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';

type Role = 'server' | 'agent';

/** Ports of a node of this role that other machines must reach. */
export function openPorts(cluster: K3sClusterInput, role: Role): NodePort[] {
  const conditions = [
    cluster.flannelBackend ?? K3S_NETWORK_DEFAULTS.flannelBackend,
    ...(cluster.datastore === 'etcd' && cluster.servers > 1 ? ['etcd'] : []),
    ...(cluster.disable.includes('traefik') || cluster.disable.includes('servicelb') ? [] : ['ingress']),
  ];
  return K3S_PORTS.filter(
    ({ roles, when }) => roles.includes(role) && (when === undefined || conditions.includes(when)),
  );
}

/** A description for the firewall that the operating system has; where it has none, the list in the technician's sheet is all. */
export function firewallFiles(input: K3sNodeInput, role: Role): NodeFile[] {
  const ports = openPorts(input.cluster, role);
  switch (input.operatingSystem.firewall) {
    case 'ufw':
      return [nodeFile('/etc/ufw/applications.d/edgecdk-k3s', 'restart', `${WRITTEN_BY}${ufwProfile(ports)}`)];
    case 'firewalld':
      return [nodeFile('/etc/firewalld/services/edgecdk-k3s.xml', 'restart', firewalldService(ports))];
    default:
      return [];
  }
}

/**
 * Commands that open the ports where that firewall is in use. They are run again before each start of K3s and change nothing the second time. Whether a
 * firewall is in use at all stays the operating system's affair.
 */
export function firewallCommands({ cluster, operatingSystem }: K3sNodeInput, role: Role): string[] {
  const networks = [
    ...(cluster.clusterCidr ?? [K3S_NETWORK_DEFAULTS.clusterCidr]),
    ...(cluster.serviceCidr ?? [K3S_NETWORK_DEFAULTS.serviceCidr]),
  ].join(' ');
  switch (operatingSystem.firewall) {
    case 'ufw':
      return [
        `# ${role}: the ports of /etc/ufw/applications.d/edgecdk-k3s, and all that comes from pods.
if has ufw && ufw status 2> /dev/null | grep -q '^Status: active'; then
  ufw app update edgecdk-k3s > /dev/null || :
  ufw allow edgecdk-k3s > /dev/null || say 'the firewall could not be opened for K3s'
  for network in ${networks}; do ufw allow from "$network" > /dev/null || :; done
fi`,
      ];
    case 'firewalld':
      return [
        `# ${role}: the ports of /etc/firewalld/services/edgecdk-k3s.xml, and all that comes from pods.
if has firewall-cmd && firewall-cmd --state > /dev/null 2>&1; then
  firewall-cmd --quiet --permanent --add-service=edgecdk-k3s || say 'the firewall could not be opened for K3s'
  for network in ${networks}; do firewall-cmd --quiet --permanent --zone=trusted --add-source="$network" || :; done
  firewall-cmd --quiet --reload || :
fi`,
      ];
    default:
      return [];
  }
}

function ufwProfile(ports: readonly NodePort[]): string {
  const list = ports.map(({ port, protocol }) => `${port.replace('-', ':')}/${protocol}`).join('|');
  return `[edgecdk-k3s]
title=K3s
description=What other machines reach on this node
ports=${list}
`;
}

function firewalldService(ports: readonly NodePort[]): string {
  const lines = ports.map(({ port, protocol }) => `  <port port="${port}" protocol="${protocol}"/>\n`).join('');
  return `<?xml version="1.0" encoding="utf-8"?>
<service>
  <short>K3s</short>
  <description>Written by EdgeCDK: what other machines reach on this node.</description>
${lines}</service>
`;
}
