/** A part of KubeEdge that is off until several switches are on at once, on both sides. */
export type KubeEdgeFeature = 'logs' | 'jobs' | 'nodeGroups' | 'metaServer' | 'inClusterConfig' | 'rules' | 'edgeMesh';

/** Ports that edge nodes dial. */
export interface HubPorts {
  readonly websocket: number;
  readonly quic: number;
  readonly https: number;
  readonly tunnel: number;
}
