/** A port that other machines reach on a node. */
export interface NodePort {
  /** `6443`, or a range, `2379-2380`. */
  readonly port: string;
  readonly protocol: 'tcp' | 'udp';
  readonly roles: ReadonlyArray<'server' | 'agent'>;
  /** What must be so for the port to be used. @default - always */
  readonly when?: 'etcd' | 'vxlan' | 'wireguard-native' | 'ingress' | 'embedded-registry';
  /** Of use to the cluster's own machines alone. @default false */
  readonly betweenNodes?: boolean;
  readonly purpose: string;
}
