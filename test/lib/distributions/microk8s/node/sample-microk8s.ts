import type { MicroK8sLabelled, MicroK8sNodeInput } from '../../../../../lib/model/microk8s-node-input';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import type { NodeSiteInput } from '../../../../../lib/model/node-site-input';
import { node, SITE, UBUNTU } from '../../../render/node/sample-input';

/** One node alone, from the store. */
export const ALONE: MicroK8sNodeInput = {
  cluster: {
    channel: '1.33/stable',
    servers: 1,
    agents: false,
    addons: [{ name: 'dns', arguments: [] }],
    launch: {},
    registries: [],
    network: {},
  },
  operatingSystem: UBUNTU,
  link: { kind: 'online' },
  deviceClass: {
    id: 'box',
    nodeLabels: { 'grocer.example/room': 'back' },
    storage: 'nvme',
    platforms: ['linux/amd64'],
    memoryMiB: 8192,
    kubeReservedMiB: 600,
    systemReservedMiB: 200,
    evictionFloorMiB: 100,
  },
  artifacts: { lockedOn: '2026-11-01' },
  install: { mode: 'online' },
};

export const withCluster = (
  cluster: Partial<MicroK8sNodeInput['cluster']>,
  from: MicroK8sNodeInput = ALONE,
): MicroK8sNodeInput => ({ ...from, cluster: { ...from.cluster, ...cluster } });

export const withClass = (
  deviceClass: Partial<MicroK8sNodeInput['deviceClass']>,
  from: MicroK8sNodeInput = ALONE,
): MicroK8sNodeInput => ({ ...from, deviceClass: { ...from.deviceClass, ...deviceClass } });

/** Three servers and a worker, with most that can be said. */
export const DEPOT: MicroK8sNodeInput = {
  ...withCluster({
    servers: 3,
    agents: true,
    addons: [
      { name: 'rbac', arguments: [] },
      { name: 'dns', arguments: ['10.0.0.1'] },
      { name: 'metallb', arguments: ['10.0.0.200-10.0.0.210'] },
    ],
    launch: {
      extraKubeAPIServerArgs: { '--enable-admission-plugins': 'NodeRestriction', '--event-ttl': '1h' },
      extraKubeletArgs: { '--max-pods': '60', '--read-only-port': null },
      extraContainerdEnv: { HTTPS_PROXY: 'http://proxy.example:3128' },
      extraConfigFiles: { 'audit.yaml': 'apiVersion: audit.k8s.io/v1\nkind: Policy\n' },
    },
    registries: [
      {
        registry: 'docker.io',
        endpoints: ['https://mirror.example:5000', 'http://10.0.0.2/v2/hub'],
        credentials: 'mirror-login',
        caFile: '/etc/ssl/mirror.pem',
      },
      { registry: '*', endpoints: ['https://all.example'] },
    ],
  }),
  token: 'microk8s-token',
};

const SHA = 'a'.repeat(64);

/** Without a link: snaps and images from a medium. */
export const OFFLINE: MicroK8sNodeInput = {
  ...ALONE,
  link: { kind: 'offline' },
  install: { mode: 'preloaded', mediumLabel: 'EDGECDK' },
  artifacts: {
    lockedOn: '2026-11-01',
    snaps: {
      amd64: [
        { name: 'core20', revision: 2434, snapSha256: SHA, assertSha256: SHA },
        { name: 'microk8s', revision: 7890, snapSha256: SHA, assertSha256: SHA },
      ],
    },
    images: { amd64: { file: 'microk8s-images-amd64.tar', sha256: SHA } },
  },
};

export const DEPOT_SITE: NodeSiteInput = { ...SITE, name: 'depot-07', tlsSan: ['depot-07.example'] };

export const DEPOT_NODES: readonly NodeRecord[] = [node(0), node(1), node(2), node(undefined)];

export const DEPOT_LABELS: readonly MicroK8sLabelled[] = DEPOT_NODES.map(({ name, role }) => ({
  node: name,
  labels: { 'edgecdk.dev/device-class': 'box', ...(role === 'agent' && { 'grocer.example/counter': 'yes' }) },
}));
