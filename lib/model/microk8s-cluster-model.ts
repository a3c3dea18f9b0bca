import type { ClusterModel } from './distribution';
import type { MicroK8sAddonInput, MicroK8sLaunchSettings, MicroK8sNetworkInput } from './microk8s-node-input';
import type { NodesModel } from './nodes-model';

/** A cluster of MicroK8s at each site, as a program says it. `version` is the channel: `1.33/stable`. */
export interface MicroK8sClusterModel extends ClusterModel {
  /** In the order in which they are enabled. */
  readonly addons: readonly MicroK8sAddonInput[];
  readonly machines?: MicroK8sNodesModel;
}

/** What MicroK8s's own nodes are made with. */
export interface MicroK8sNodesModel extends NodesModel {
  readonly launch: MicroK8sLaunchSettings;
  readonly network: MicroK8sNetworkInput;
  /** Name of the secret that nodes join with. */
  readonly token: string;
}
