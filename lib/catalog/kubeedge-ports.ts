import type { HubPorts } from '../model/kubeedge-feature';

export interface KubeEdgePort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Reached from outside of the machine, or by its own programs alone. */
  readonly reach: 'edge nodes' | 'API server' | 'own machine';
  readonly side: 'cloud' | 'edge';
  readonly purpose: string;
}

/** No port of an edge node is open to others: it dials, and is never dialled. @see kubeedge/kubeedge, componentconfig/{cloudcore,edgecore}, default.go */
export const KUBEEDGE_PORTS: readonly KubeEdgePort[] = [
  {
    port: 10000,
    protocol: 'tcp',
    reach: 'edge nodes',
    side: 'cloud',
    purpose: 'all that goes to and comes from edge nodes (websocket)',
  },
  { port: 10001, protocol: 'udp', reach: 'edge nodes', side: 'cloud', purpose: 'the same, over QUIC' },
  { port: 10002, protocol: 'tcp', reach: 'edge nodes', side: 'cloud', purpose: 'certificates' },
  { port: 10003, protocol: 'tcp', reach: 'API server', side: 'cloud', purpose: 'logs and exec, from the API server' },
  { port: 10004, protocol: 'tcp', reach: 'edge nodes', side: 'cloud', purpose: 'logs and exec, from edge nodes' },
  { port: 9443, protocol: 'tcp', reach: 'API server', side: 'cloud', purpose: 'rules from REST' },
  { port: 10350, protocol: 'tcp', reach: 'own machine', side: 'edge', purpose: 'health, logs, metrics of the kubelet' },
  {
    port: 10550,
    protocol: 'tcp',
    reach: 'own machine',
    side: 'edge',
    purpose: 'the Kubernetes API as the node knows it',
  },
  { port: 1883, protocol: 'tcp', reach: 'own machine', side: 'edge', purpose: 'MQTT' },
  { port: 9060, protocol: 'tcp', reach: 'own machine', side: 'edge', purpose: 'HTTP services behind rules' },
];

export const HUB_PORTS: HubPorts = { websocket: 10000, quic: 10001, https: 10002, tunnel: 10004 };

/** Where the chart makes node ports, all four are others, the tunnel's too. @see kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml */
export const HUB_NODE_PORTS: HubPorts = { websocket: 30000, quic: 30001, https: 30002, tunnel: 30004 };
