import { KUBEEDGE } from '../../../../../lib/distributions/kubeedge/kubeedge';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import type { KubeEdgeClusterModel } from '../../../../../lib/model/kubeedge-cluster-model';
import type { PlacementFacts } from '../../../../../lib/model/kubeedge-placement';

export const CLUSTER: KubeEdgeClusterModel = {
  path: 'grocer/vans',
  id: 'vans',
  version: 'v1.23.1',
  kubernetes: '1.32',
  advertiseAddress: ['203.0.113.10'],
  dnsNames: ['edge.grocer.example'],
  features: ['logs', 'nodeGroups'],
  nodeLimit: 1000,
  cloudcores: 1,
  exposure: 'host-network',
  protocol: 'websocket',
  broker: { kind: 'none' },
  enrolment: { kind: 'preissued', secret: 'kubeedge-certificate' },
  cloudDaemonSets: [{ namespace: 'kube-system', name: 'kube-proxy' }],
  network: { podCidr: '10.22.0.0/16', clusterDomain: 'cluster.local' },
  distribution: KUBEEDGE,
  parts: [],
  machines: {
    tlsSans: [],
    registries: [],
    onlyMirrors: false,
    install: { mode: 'online' },
    secretsFrom: { kind: 'medium' },
    access: { sshKeys: [] },
  },
  unchecked: {},
};

export const ALL_FEATURES: KubeEdgeClusterModel = {
  ...CLUSTER,
  features: ['logs', 'jobs', 'nodeGroups', 'metaServer', 'inClusterConfig', 'rules'],
  edgeMesh: {
    relays: [{ node: 'relay-1', addresses: ['203.0.113.20'] }],
    psk: { name: 'edgemesh', key: 'psk' },
  },
  broker: { kind: 'mosquitto' },
  taint: { key: 'grocer.example/edge', effect: 'NoSchedule' },
  cloudcores: 3,
  exposure: 'load-balancer',
};

export function deployment(name = 'scanner', spec: Readonly<Record<string, unknown>> = {}): KubeObject {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'registry.example/scanner:1',
              resources: { limits: { memory: '64Mi' }, requests: { memory: '64Mi' } },
            },
          ],
          ...spec,
        },
      },
    },
  };
}

export const FACTS: PlacementFacts = {
  workload: 'scanner',
  namespace: 'shop',
  groups: [{ name: 'vans-gateway', sites: 500, nodes: 500 }],
  allGroups: 1,
  hasHoles: false,
  nodeGroups: true,
  edgeMesh: false,
};
