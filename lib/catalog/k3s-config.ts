const SERVER = 'K3s documentation, k3s server';
const AGENT = 'K3s documentation, k3s agent';
const CRITICAL = 'K3s documentation, k3s server, Critical Configuration Values';
const HARDENING = 'K3s documentation, CIS Hardening Guide';

/**
 * Every key of K3s's `config.yaml` that is written, with its type, who reads it, and where that is documented. K3s skips a key that it does not know
 * with a warning and starts, so that a misspelt one is silent: hence the list is closed.
 */
export const K3S_CONFIG_KEYS = {
  'agent-token-file': { type: 'string', role: 'server', source: SERVER },
  'cluster-cidr': { type: 'list', role: 'server', source: CRITICAL },
  'cluster-dns': { type: 'list', role: 'server', source: CRITICAL },
  'cluster-domain': { type: 'string', role: 'server', source: CRITICAL },
  disable: { type: 'list', role: 'server', source: SERVER },
  'disable-default-registry-endpoint': { type: 'boolean', role: 'both', source: AGENT },
  'etcd-disable-snapshots': { type: 'boolean', role: 'server', source: SERVER },
  'etcd-s3': { type: 'boolean', role: 'server', source: SERVER },
  'etcd-s3-bucket': { type: 'string', role: 'server', source: SERVER },
  'etcd-s3-endpoint': { type: 'string', role: 'server', source: SERVER },
  'etcd-s3-folder': { type: 'string', role: 'server', source: SERVER },
  'etcd-s3-region': { type: 'string', role: 'server', source: SERVER },
  'etcd-snapshot-compress': { type: 'boolean', role: 'server', source: SERVER },
  'etcd-snapshot-dir': { type: 'string', role: 'server', source: SERVER },
  'etcd-snapshot-retention': { type: 'number', role: 'server', source: SERVER },
  'flannel-backend': { type: 'string', role: 'server', source: CRITICAL },
  'flannel-iface': { type: 'string', role: 'both', source: AGENT },
  'kube-apiserver-arg': { type: 'list', role: 'server', source: HARDENING },
  'kube-controller-manager-arg': { type: 'list', role: 'server', source: HARDENING },
  'kubelet-arg': { type: 'list', role: 'both', source: AGENT },
  'node-ip': { type: 'list', role: 'both', source: AGENT },
  'node-label': { type: 'list', role: 'both', source: AGENT },
  'node-name': { type: 'string', role: 'both', source: AGENT },
  'private-registry': { type: 'string', role: 'both', source: AGENT },
  'protect-kernel-defaults': { type: 'boolean', role: 'both', source: HARDENING },
  'secrets-encryption': { type: 'boolean', role: 'server', source: 'K3s documentation, Secrets Encryption Config' },
  selinux: { type: 'boolean', role: 'both', source: 'K3s documentation, Advanced Options, SELinux Support' },
  server: { type: 'string', role: 'both', source: AGENT },
  'service-cidr': { type: 'list', role: 'server', source: CRITICAL },
  'tls-san': { type: 'list', role: 'server', source: SERVER },
  'token-file': { type: 'string', role: 'both', source: AGENT },
  'write-kubeconfig-mode': { type: 'string', role: 'server', source: SERVER },
} as const satisfies Readonly<Record<string, K3sConfigKey>>;

export interface K3sConfigKey {
  readonly type: 'string' | 'number' | 'boolean' | 'list';
  /** An agent passes over what only servers know. */
  readonly role: 'server' | 'both';
  readonly source: string;
}

interface ValueOf {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly list: readonly string[];
}

/** A `config.yaml`, or one of the files beside it. */
export type K3sConfig = {
  readonly [Key in keyof typeof K3S_CONFIG_KEYS]?: ValueOf[(typeof K3S_CONFIG_KEYS)[Key]['type']];
};

/** What K3s takes where nothing is said. @see K3s documentation, k3s server */
export const K3S_NETWORK_DEFAULTS = {
  clusterCidr: '10.42.0.0/16',
  serviceCidr: '10.43.0.0/16',
  clusterDns: '10.43.0.10',
  clusterDomain: 'cluster.local',
  flannelBackend: 'vxlan',
} as const;
