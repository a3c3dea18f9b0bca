import { K3S_NETWORK_DEFAULTS } from '../../../catalog/k3s-config';
import { K3S_PORTS } from '../../../catalog/k3s-ports';
import type { K3sClusterInput, K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodePort } from '../../../model/node-port';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';

type Role = 'server' | 'agent';

/** Ports of a node of this role that other machines must reach. */
export function openPorts(cluster: K3sClusterInput, role: Role): NodePort[] {
  const conditions = [
    cluster.flannelBackend ?? K3S_NETWORK_DEFAULTS.flannelBackend,
    ...(cluster.datastore === 'etcd' && cluster.servers > 1 ? ['etcd'] : []),
    ...(cluster.embeddedRegistry === true ? ['embedded-registry'] : []),
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
      return [nodeFile('/etc/ufw/applications.d/edgecdk-k3s', 'restart', `${WRITTEN_BY}${ufwProfiles(ports)}`)];
    case 'firewalld':
      return [
        nodeFile('/etc/firewalld/services/edgecdk-k3s.xml', 'restart', firewalldService(ports.filter(isForAll))),
        nodeFile(
          '/etc/firewalld/services/edgecdk-k3s-nodes.xml',
          'restart',
          firewalldService(ports.filter(isForNodes)),
        ),
      ];
    default:
      return [];
  }
}

const isForNodes = ({ betweenNodes }: NodePort): boolean => betweenNodes === true;
const isForAll = (port: NodePort): boolean => !isForNodes(port);

/** Whoever reaches the ports between nodes can send packets to pods. A tree does not know its sites' addresses: so these are the networks that no router brings from outside. */
const PRIVATE_NETWORKS = '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7';

/** Networks that the machine has an address in: where its addresses are public, its cluster's other machines are there. */
const OWN_NETWORKS = shellText`
own_networks() {
  has ip || return 0
  for version in 4 6; do
    ip "-$version" route show proto kernel 2> /dev/null | while read -r network _; do
      case $network in fe80:* | default) ;; */*) printf '%s\n' "$network" ;; esac
    done
  done
}
`;

/**
 * Commands that open the ports where that firewall is in use. They are run again before each start of K3s and change nothing the second time. Whether a
 * firewall is in use at all stays the operating system's affair.
 */
export function firewallCommands({ cluster, operatingSystem }: K3sNodeInput, role: Role): string[] {
  const networks = [
    ...(cluster.clusterCidr ?? [K3S_NETWORK_DEFAULTS.clusterCidr]),
    ...(cluster.serviceCidr ?? [K3S_NETWORK_DEFAULTS.serviceCidr]),
  ].join(' ');
  const open = openPorts(cluster, role).some(isForAll);
  switch (operatingSystem.firewall) {
    case 'ufw':
      return [
        `# ${role}: the ports of /etc/ufw/applications.d/edgecdk-k3s, and all that comes from pods.
${OWN_NETWORKS}
if has ufw && ufw status 2> /dev/null | grep -q '^Status: active'; then
  for app in ${open ? 'edgecdk-k3s ' : ''}edgecdk-k3s-nodes; do ufw app update "$app" > /dev/null || :; done
${open ? "  ufw allow edgecdk-k3s > /dev/null || say 'the firewall could not be opened for K3s'\n" : ''}  for network in ${PRIVATE_NETWORKS} $(own_networks); do
    ufw allow from "$network" to any app edgecdk-k3s-nodes > /dev/null || :
  done
  for network in ${networks}; do ufw allow from "$network" > /dev/null || :; done
fi`,
      ];
    case 'firewalld':
      return [
        `# ${role}: the ports of /etc/firewalld/services/edgecdk-k3s.xml, and all that comes from pods.
${OWN_NETWORKS}
if has firewall-cmd && firewall-cmd --state > /dev/null 2>&1; then
  firewall-cmd --quiet --permanent --add-service=edgecdk-k3s || say 'the firewall could not be opened for K3s'
  for network in ${PRIVATE_NETWORKS} $(own_networks); do
    case $network in *:*) family=ipv6 ;; *) family=ipv4 ;; esac
    rule="rule family=\\"$family\\" source address=\\"$network\\" service name=\\"edgecdk-k3s-nodes\\" accept"
    firewall-cmd --quiet --permanent --add-rich-rule="$rule" || :
  done
  for network in ${networks}; do firewall-cmd --quiet --permanent --zone=trusted --add-source="$network" || :; done
  firewall-cmd --quiet --reload || :
fi`,
      ];
    default:
      return [];
  }
}

function ufwProfiles(ports: readonly NodePort[]): string {
  const open = ports.filter(isForAll);
  return [
    ...(open.length > 0 ? [ufwProfile('edgecdk-k3s', 'K3s', 'What other machines reach on this node', open)] : []),
    ufwProfile('edgecdk-k3s-nodes', 'K3s, between nodes', 'What nodes reach on each other', ports.filter(isForNodes)),
  ].join('\n');
}

function ufwProfile(name: string, title: string, description: string, ports: readonly NodePort[]): string {
  const list = ports.map(({ port, protocol }) => `${port.replace('-', ':')}/${protocol}`).join('|');
  return `[${name}]
title=${title}
description=${description}
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
