import { sha256 } from '../../../../lib/model/digest';
import type { K3sNodeInput } from '../../../../lib/model/k3s-node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../../lib/model/node-model';
import type { NodeSiteInput } from '../../../../lib/model/node-site-input';
import { BINARY, VERSION } from './script/scratch-node';

export const UBUNTU: OperatingSystemModel = {
  name: 'ubuntu-24.04',
  cmdlinePaths: ['/boot/firmware/cmdline.txt'],
  kernelArguments: [],
  cloudInit: true,
  seedMedium: 'cidata',
  networkRenderer: 'netplan',
  selinux: false,
  firewall: 'ufw',
  missingPackages: [],
  snapd: true,
  timeSync: 'systemd-timesyncd',
  sources: {},
};

export const RASPIOS: OperatingSystemModel = {
  ...UBUNTU,
  name: 'raspios-bookworm',
  kernelArguments: ['cgroup_memory=1', 'cgroup_enable=memory'],
  cloudInit: false,
  seedMedium: 'none',
  networkRenderer: 'network-manager',
  firewall: 'none',
  snapd: false,
};

export const SLE_MICRO: OperatingSystemModel = {
  ...UBUNTU,
  name: 'sle-micro-6',
  selinux: true,
  firewall: 'firewalld',
  timeSync: 'chrony',
};

/** One server with SQLite, on a Pi. */
export const SINGLE: K3sNodeInput = {
  cluster: {
    version: VERSION,
    servers: 1,
    agents: false,
    datastore: 'sqlite',
    disable: ['traefik'],
    registries: [],
    tlsSan: [],
    secretsEncryption: false,
    hardening: false,
    backup: { kind: 'none' },
  },
  operatingSystem: UBUNTU,
  link: { kind: 'online' },
  deviceClass: {
    id: 'till',
    nodeLabels: { 'grocer.example/counter': 'yes' },
    storage: 'sd',
    kubeReservedMiB: 300,
    systemReservedMiB: 200,
    evictionFloorMiB: 100,
  },
  artifacts: { binarySha256: { arm64: sha256(BINARY) }, lockedOn: '2026-11-01' },
  install: { mode: 'online', baseUrl: 'https://mirror.example/k3s/v1.33.4' },
  secrets: {},
};

/** All that can be switched on, with agents. */
export const FULL: K3sNodeInput = {
  ...SINGLE,
  cluster: {
    ...SINGLE.cluster,
    servers: 3,
    agents: true,
    datastore: 'etcd',
    registries: [
      {
        registry: 'docker.io',
        endpoints: ['https://mirror.example:5000', 'http://10.0.0.2'],
        rewrite: { '^library/(.*)': 'hub/$1' },
        credentials: 'mirror-login',
        caFile: '/etc/ssl/mirror.pem',
      },
      { registry: '*', endpoints: ['https://all.example'] },
    ],
    onlyMirrors: true,
    clusterCidr: ['10.60.0.0/16'],
    serviceCidr: ['10.61.0.0/16'],
    flannelBackend: 'wireguard-native',
    tlsSan: ['k3s.example'],
    hardening: true,
    backup: {
      kind: 's3',
      endpoint: 's3.example',
      bucket: 'snapshots',
      region: 'eu-1',
      folder: 'grocer',
      credentials: 's3-login',
      keep: 5,
    },
  },
  operatingSystem: SLE_MICRO,
  dataMount: '/var/lib/rancher',
  secrets: { token: 'token', agentToken: 'agent-token' },
};

export const SITE: NodeSiteInput = {
  name: 'store-0412',
  tlsSan: ['store-0412.example'],
  ntpServers: ['ntp1.example', 'ntp2.example'],
  timeZone: 'Europe/Berlin',
};

export function node(rank: number | undefined, more: Partial<NodeRecord> = {}): NodeRecord {
  const slot = rank === undefined ? 'till-1' : `box-${rank + 1}`;
  return {
    name: `store-0412-${slot}`,
    site: 'store-0412',
    slot,
    deviceClass: 'grocer/till',
    role: rank === undefined ? 'agent' : 'server',
    rank,
    generation: 0,
    address: { kind: 'reserved', ip: `10.0.0.${rank === undefined ? 20 : 10 + rank}` },
    ...more,
  };
}

export const SERVERS = [node(0), node(1), node(2)];
