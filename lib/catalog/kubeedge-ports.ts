import type { HubPorts } from '../model/kubeedge-feature';

/** Those of cloudcore: no port of an edge node is open to others. @see kubeedge/kubeedge, componentconfig/cloudcore, default.go */
export const HUB_PORTS: HubPorts = { websocket: 10000, quic: 10001, https: 10002, tunnel: 10004 };

/** Where the chart makes node ports, all four are others, the tunnel's too. @see kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml */
export const HUB_NODE_PORTS: HubPorts = { websocket: 30000, quic: 30001, https: 30002, tunnel: 30004 };
