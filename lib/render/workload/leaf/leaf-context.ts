import type { DeviceClassModel, SecretStoreModel } from '../../../model/fleet-model';
import type { ModelContext } from '../../../model/site-context';

export type LeafDistribution = 'k3s' | 'microk8s' | 'kubeedge';

/** What a leaf device is rendered with: tokens, or the values of one site. */
export interface LeafContext {
  readonly distribution: LeafDistribution;
  readonly context: ModelContext;
  /** Name of the node that it hangs on, see `nodeOfLeaf`; may be a token. Behind KubeEdge only. */
  readonly nodeName: string;
  /** Classes of the cluster's nodes, sorted by path. */
  readonly deviceClasses: readonly DeviceClassModel[];
  readonly secrets?: SecretStoreModel;
}
