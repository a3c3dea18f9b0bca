import { sha256 } from '../../../../../lib/model/digest';
import { IMAGES, type Payload } from './scratch-node';

const config = (text: string): readonly [string, 'restart'] => [text, 'restart'];
const unit = ['[Service]\nExecStart=/usr/local/bin/k3s server\n', 'restart', '0644'] as const;

/** One server with SQLite, on a Raspberry Pi: kernel arguments to add, a data disk to check. */
export const SINGLE_SERVER: Payload = {
  settings: {
    kernelArguments: ['cgroup_memory=1', 'cgroup_enable=memory'],
    cmdlinePaths: ['/boot/firmware/current/cmdline.txt', '/boot/firmware/cmdline.txt'],
    dataMount: '/var/lib/rancher',
    healthWait: 10,
  },
  files: {
    '/etc/rancher/k3s/config.yaml': config('disable: [traefik]\n'),
    '/etc/rancher/k3s/registries.yaml': config('mirrors: { docker.io: { endpoint: [https://old.example] } }\n'),
    '/etc/systemd/system/k3s.service': unit,
    '/etc/motd.d/10-edgecdk': ['a machine of the fleet\n', 'live', '0644'],
    '/etc/ssh/ssh_import': ['somebody\n', 'once'],
    '/var/lib/rancher/k3s/server/logs/': ['', 'restart'],
  },
  identity: { nodeName: 'store-0412-a' },
};

/** The same node a year later: another mirror, a file that is gone, one that is new, one that only counted once. */
export const CHANGED_SERVER: Payload = {
  ...SINGLE_SERVER,
  files: {
    '/etc/rancher/k3s/config.yaml': config('disable: [traefik]\n'),
    '/etc/rancher/k3s/registries.yaml': config('mirrors: { docker.io: { endpoint: [https://new.example] } }\n'),
    '/etc/systemd/system/k3s.service': unit,
    '/etc/ssh/ssh_import': ['somebody else\n', 'once'],
    // The mirror alone asks for a restart: no other file may do it in its place.
    '/etc/systemd/system/notice.timer': ['[Timer]\n', 'live', '0644'],
    '/var/lib/rancher/k3s/server/logs/': ['', 'restart'],
  },
};

/** K3s does not become healthy with it. */
export const BROKEN_SERVER: Payload = {
  ...CHANGED_SERVER,
  files: { ...CHANGED_SERVER.files, '/etc/rancher/k3s/config.yaml': config('broken: true\n') },
};

/** An agent of an offline site: binary and images from a medium. */
export const PRELOADED_AGENT: Payload = {
  settings: {
    role: 'agent',
    datastore: undefined,
    servers: 3,
    install: 'preloaded',
    baseUrl: undefined,
    imagesSha256: { arm64: sha256(IMAGES) },
    joinWait: 5,
    healthWait: 10,
  },
  files: {
    '/etc/rancher/k3s/config.yaml': config('token-file: /etc/edgecdk/secrets/token\n'),
    '/etc/systemd/system/k3s-agent.service': unit,
  },
  identity: { nodeName: 'store-0412-d', serverUrl: 'https://10.0.0.10:6443' },
};

const ADDRESSES = ['10.0.0.10', '10.0.0.11', '10.0.0.12'] as const;

/** One of three servers with etcd. A replacement has the next generation, and another name. */
export function oneOfThree(rank: number, generation = 0): Payload {
  return {
    settings: { datastore: 'etcd', servers: 3, joinWait: 5, initialiseWait: 5, healthWait: 10 },
    files: {
      '/etc/rancher/k3s/config.yaml': config('token-file: /etc/edgecdk/secrets/token\n'),
      '/etc/systemd/system/k3s.service': unit,
    },
    identity: {
      nodeName: `store-0412-${'abc'[rank]}${generation === 0 ? '' : generation}`,
      nodeIp: ADDRESSES[rank],
      rank,
      generation,
      serverUrl: `https://${ADDRESSES[0]}:6443`,
      peers: ADDRESSES.filter((_, other) => other !== rank).map((address) => `https://${address}:6443`),
    },
  };
}

export function addressOf(rank: number): string {
  return ADDRESSES[rank] ?? '';
}
