/** A port that other machines reach on a node of MicroK8s. */
export interface MicroK8sPort {
  readonly port: string;
  readonly protocol: 'tcp' | 'udp';
  readonly roles: ReadonlyArray<'server' | 'agent'>;
  /** What must be so for the port to be used. @default - always */
  readonly when?: 'several-nodes' | 'several-servers' | 'ingress' | 'registry';
  readonly purpose: string;
}

/** @see MicroK8s documentation, Services and ports; canonical/microk8s, default-args; canonical/microk8s-core-addons, registry and ingress */
export const MICROK8S_PORTS: readonly MicroK8sPort[] = [
  { port: '16443', protocol: 'tcp', roles: ['server'], purpose: 'API server: nodes, users' },
  { port: '10250', protocol: 'tcp', roles: ['server', 'agent'], purpose: 'kubelet: logs, exec, metrics' },
  {
    port: '25000',
    protocol: 'tcp',
    roles: ['server', 'agent'],
    when: 'several-nodes',
    purpose: 'cluster agent: joins, settings of other nodes',
  },
  { port: '19001', protocol: 'tcp', roles: ['server'], when: 'several-servers', purpose: 'dqlite, between servers' },
  {
    port: '4789',
    protocol: 'udp',
    roles: ['server', 'agent'],
    when: 'several-nodes',
    purpose: 'pods, between nodes (Calico, VXLAN)',
  },
  { port: '80', protocol: 'tcp', roles: ['server', 'agent'], when: 'ingress', purpose: 'addon ingress' },
  { port: '443', protocol: 'tcp', roles: ['server', 'agent'], when: 'ingress', purpose: 'addon ingress' },
  { port: '32000', protocol: 'tcp', roles: ['server', 'agent'], when: 'registry', purpose: 'addon registry' },
];
