import type { WhereUnsaid } from './config-key';

const SERVER = 'K3s documentation, k3s server';
const AGENT = 'K3s documentation, k3s agent';
const CRITICAL = 'K3s documentation, k3s server, Critical Configuration Values';
const HARDENING = 'K3s documentation, CIS Hardening Guide';
const IPTABLES = 'K3s documentation, Known Issues, Iptables';

/**
 * Every key of K3s's `config.yaml` that is written, with its type, who reads it, what K3s does without it, and where that is documented. K3s skips a
 * key that it does not know with a warning and starts, so that a misspelt one is silent: hence the list is closed.
 */
export const K3S_CONFIG_KEYS = {
  'agent-token-file': {
    type: 'string',
    role: 'server',
    unset: 'agents join with the token of servers',
    source: SERVER,
  },
  'cluster-cidr': { type: 'list', role: 'server', default: ['10.42.0.0/16'], source: CRITICAL },
  'cluster-dns': { type: 'list', role: 'server', default: ['10.43.0.10'], source: CRITICAL },
  'cluster-domain': { type: 'string', role: 'server', default: 'cluster.local', source: CRITICAL },
  'cluster-init': { type: 'boolean', role: 'server', default: false, source: SERVER },
  'container-runtime-endpoint': {
    type: 'string',
    role: 'both',
    unset: 'K3s starts a containerd of its own',
    source: AGENT,
  },
  disable: { type: 'list', role: 'server', default: [], source: SERVER },
  'disable-default-registry-endpoint': { type: 'boolean', role: 'both', default: false, source: AGENT },
  docker: { type: 'boolean', role: 'both', default: false, source: AGENT },
  'embedded-registry': {
    type: 'boolean',
    role: 'server',
    default: false,
    source: 'K3s documentation, Embedded Registry Mirror',
  },
  'etcd-disable-snapshots': { type: 'boolean', role: 'server', default: false, source: SERVER },
  'etcd-s3': { type: 'boolean', role: 'server', default: false, source: SERVER },
  'etcd-s3-bucket': { type: 'string', role: 'server', unset: 'no snapshot is uploaded', source: SERVER },
  'etcd-s3-endpoint': { type: 'string', role: 'server', default: 's3.amazonaws.com', source: SERVER },
  'etcd-s3-folder': { type: 'string', role: 'server', unset: 'snapshots lie at the top of the bucket', source: SERVER },
  'etcd-s3-region': { type: 'string', role: 'server', default: 'us-east-1', source: SERVER },
  'etcd-snapshot-compress': { type: 'boolean', role: 'server', default: false, source: SERVER },
  'etcd-snapshot-dir': {
    type: 'string',
    role: 'server',
    default: '/var/lib/rancher/k3s/server/db/snapshots',
    source: SERVER,
  },
  'etcd-snapshot-retention': { type: 'number', role: 'server', default: 5, source: SERVER },
  'flannel-backend': { type: 'string', role: 'server', default: 'vxlan', source: CRITICAL },
  'flannel-iface': { type: 'string', role: 'both', unset: 'the one with the default route', source: AGENT },
  'kube-apiserver-arg': { type: 'list', role: 'server', default: [], source: HARDENING },
  'kube-controller-manager-arg': { type: 'list', role: 'server', default: [], source: HARDENING },
  'kubelet-arg': { type: 'list', role: 'both', default: [], source: AGENT },
  'node-ip': { type: 'list', role: 'both', unset: 'the address of the default route', source: AGENT },
  'node-label': { type: 'list', role: 'both', default: [], source: AGENT },
  'node-name': { type: 'string', role: 'both', unset: 'the host name', source: AGENT },
  'prefer-bundled-bin': { type: 'boolean', role: 'both', default: false, source: IPTABLES },
  'private-registry': { type: 'string', role: 'both', default: '/etc/rancher/k3s/registries.yaml', source: AGENT },
  'protect-kernel-defaults': { type: 'boolean', role: 'both', default: false, source: HARDENING },
  'secrets-encryption': {
    type: 'boolean',
    role: 'server',
    default: false,
    source: 'K3s documentation, Secrets Encryption Config',
  },
  selinux: {
    type: 'boolean',
    role: 'both',
    default: false,
    source: 'K3s documentation, Advanced Options, SELinux Support',
  },
  server: { type: 'string', role: 'both', unset: 'a server joins nobody, and an agent does not start', source: AGENT },
  'service-cidr': { type: 'list', role: 'server', default: ['10.43.0.0/16'], source: CRITICAL },
  'tls-san': { type: 'list', role: 'server', default: [], source: SERVER },
  'token-file': { type: 'string', role: 'both', unset: 'a first server makes a token of its own', source: AGENT },
  'write-kubeconfig-mode': { type: 'string', role: 'server', default: '0600', source: SERVER },
} as const satisfies Readonly<Record<string, K3sConfigKey>>;

export type K3sConfigKey = {
  readonly type: 'string' | 'number' | 'boolean' | 'list';
  /** An agent passes over what only servers know. */
  readonly role: 'server' | 'both';
  readonly source: string;
} & WhereUnsaid;

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
