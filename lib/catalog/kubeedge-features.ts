import type { KubeEdgeFeature } from '../model/kubeedge-feature';

/** Parts of KubeEdge that are off until several switches are on at once, on both sides. */
export const KUBEEDGE_FEATURES = {
  logs: {
    gives: 'kubectl logs, exec and attach',
    needs: [],
    source: 'KubeEdge documentation, Advanced, Enable Kubectl logs/exec',
  },
  jobs: {
    gives: 'NodeUpgradeJob, ImagePrePullJob, ConfigUpdateJob',
    needs: ['nodeGroups'],
    source: 'kubeedge/kubeedge, cloud/pkg/controllermanager: jobs are its affair since 1.20',
  },
  nodeGroups: {
    gives: 'NodeGroup and EdgeApplication',
    needs: [],
    source: 'kubeedge/kubeedge issues 5475 and 6336',
  },
  metaServer: {
    gives: 'the Kubernetes API on the node',
    needs: [],
    source: 'EdgeMesh documentation, Edge Kube-API Endpoint',
  },
  inClusterConfig: {
    gives: 'service accounts for pods on the node',
    needs: ['metaServer'],
    source: 'KubeEdge documentation, Advanced, In-cluster config',
  },
  rules: {
    gives: 'Rule and RuleEndpoint',
    needs: [],
    source: 'KubeEdge documentation, Developer, Router manager',
  },
  edgeMesh: {
    gives: 'services between edge nodes',
    needs: ['metaServer'],
    source: 'EdgeMesh documentation, Edge Kube-API Endpoint',
  },
} as const satisfies Readonly<Record<KubeEdgeFeature, FeatureFacts>>;

interface FeatureFacts {
  readonly gives: string;
  readonly needs: readonly KubeEdgeFeature[];
  readonly source: string;
}

/** A feature with all that it needs, sorted. */
export function withNeeds(features: readonly KubeEdgeFeature[]): KubeEdgeFeature[] {
  const all = new Set<KubeEdgeFeature>();
  const add = (feature: KubeEdgeFeature): void => {
    if (all.has(feature)) return;
    all.add(feature);
    for (const needed of KUBEEDGE_FEATURES[feature].needs) add(needed);
  };
  for (const feature of features) add(feature);
  return [...all].sort();
}

/** Switches of both sides. One table, so that neither side is forgotten. */
export interface KubeEdgeSwitches {
  readonly cloud: {
    readonly cloudStream: boolean;
    readonly iptablesManager: boolean;
    readonly controllerManager: boolean;
    readonly taskManager: boolean;
    readonly dynamicController: boolean;
    readonly router: boolean;
    readonly requireAuthorization: boolean;
  };
  readonly edge: {
    readonly edgeStream: boolean;
    readonly taskManager: boolean;
    readonly metaServer: boolean;
    readonly serviceBus: boolean;
    readonly requireAuthorization: boolean;
  };
}

export function switchesOf(features: readonly KubeEdgeFeature[]): KubeEdgeSwitches {
  const on = new Set(withNeeds(features));
  return {
    cloud: {
      cloudStream: on.has('logs'),
      iptablesManager: on.has('logs'),
      controllerManager: on.has('nodeGroups'),
      taskManager: on.has('jobs'),
      dynamicController: on.has('metaServer'),
      router: on.has('rules'),
      requireAuthorization: on.has('inClusterConfig'),
    },
    edge: {
      edgeStream: on.has('logs'),
      taskManager: on.has('jobs'),
      metaServer: on.has('metaServer'),
      serviceBus: on.has('rules'),
      requireAuthorization: on.has('inClusterConfig'),
    },
  };
}
