import type { NodePort } from '../model/node-port';
/** @see K3s documentation, Requirements, Inbound Rules for K3s Nodes, and Embedded Registry Mirror, Requirements */
export const K3S_PORTS: readonly NodePort[] = [
  { port: '6443', protocol: 'tcp', roles: ['server'], purpose: 'API server and supervisor: agents, servers, users' },
  {
    port: '2379-2380',
    protocol: 'tcp',
    roles: ['server'],
    when: 'etcd',
    betweenNodes: true,
    purpose: 'etcd, between servers',
  },
  {
    port: '5001',
    protocol: 'tcp',
    roles: ['server', 'agent'],
    when: 'embedded-registry',
    betweenNodes: true,
    purpose: 'which node has which image',
  },
  {
    port: '6443',
    protocol: 'tcp',
    roles: ['agent'],
    when: 'embedded-registry',
    betweenNodes: true,
    purpose: 'images, between nodes',
  },
  {
    port: '10250',
    protocol: 'tcp',
    roles: ['server', 'agent'],
    betweenNodes: true,
    purpose: 'kubelet: logs, exec, metrics',
  },
  {
    port: '8472',
    protocol: 'udp',
    roles: ['server', 'agent'],
    when: 'vxlan',
    betweenNodes: true,
    purpose: 'pods, between nodes',
  },
  {
    port: '51820-51821',
    protocol: 'udp',
    roles: ['server', 'agent'],
    when: 'wireguard-native',
    purpose: 'pods, between nodes, encrypted',
  },
  { port: '80', protocol: 'tcp', roles: ['server', 'agent'], when: 'ingress', purpose: 'Traefik, through ServiceLB' },
  { port: '443', protocol: 'tcp', roles: ['server', 'agent'], when: 'ingress', purpose: 'Traefik, through ServiceLB' },
];
