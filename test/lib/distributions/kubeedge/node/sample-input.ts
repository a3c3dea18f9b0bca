import { HUB_PORTS } from '../../../../../lib/catalog/kubeedge-ports';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import type { NodeSiteInput } from '../../../../../lib/model/node-site-input';
import { UBUNTU } from '../../../render/node/sample-input';

export const VAN: KubeEdgeNodeInput = {
  cluster: {
    version: 'v1.23.1',
    host: 'edge.grocer.example',
    ports: HUB_PORTS,
    protocol: 'websocket',
    features: ['logs', 'nodeGroups'],
    broker: { kind: 'none' },
    network: { podCidr: '10.22.0.0/16', clusterDomain: 'cluster.local' },
    registries: [],
    unchecked: {},
  },
  operatingSystem: UBUNTU,
  link: { kind: 'intermittent', longestOutageSeconds: 86400 } as KubeEdgeNodeInput['link'],
  deviceClass: {
    id: 'gateway',
    platforms: ['linux/arm64'],
    nodeLabels: { 'grocer.example/cooled': 'yes' },
    storage: 'sd',
    kubeReservedMiB: 150,
    systemReservedMiB: 200,
    evictionFloorMiB: 100,
  },
  runtime: 'containerd',
  artifacts: {
    edgecoreSha256: { arm64: 'a'.repeat(64) },
    keadmSha256: { arm64: 'b'.repeat(64) },
    cniVersion: 'v1.6.2',
    cniSha256: { arm64: 'c'.repeat(64) },
    lockedOn: '2026-11-01',
  },
  install: { mode: 'online', baseUrl: 'https://mirror.example/kubeedge/v1.23.1' },
  enrolment: { kind: 'preissued', secret: 'kubeedge-certificate' },
};

/** All that can be switched on. */
export const FULL_VAN: KubeEdgeNodeInput = {
  ...VAN,
  cluster: {
    ...VAN.cluster,
    host: '2001:db8::10',
    protocol: 'quic',
    features: ['logs', 'nodeGroups', 'jobs', 'metaServer', 'inClusterConfig', 'rules', 'edgeMesh'],
    broker: { kind: 'machine', url: 'tcp://127.0.0.1:1885' },
    taint: { key: 'grocer.example/edge', effect: 'NoSchedule' },
    registries: [{ registry: 'docker.io', endpoints: ['https://mirror.example:5000'] }],
    sandboxImage: 'mirror.example/pause:3.10',
    unchecked: { 'modules.edgeHub.messageQPS': 20 },
  },
  dataMount: '/var/lib/containerd',
  enrolment: { kind: 'token', argv: ['/usr/local/bin/edge-token', '--cluster', "va'ns"], seconds: 30 },
};

export const NODE: NodeRecord = {
  name: 'van-001-gateway-1',
  site: 'van-001',
  slot: 'gateway-1',
  deviceClass: 'grocer/gateway',
  role: 'agent',
  generation: 0,
  address: { kind: 'dynamic' },
};

export const SITE: NodeSiteInput = { name: 'van-001', group: 'vans', tlsSan: [], timeZone: 'Europe/Berlin' };
