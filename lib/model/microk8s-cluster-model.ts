import type { ClusterModel } from './fleet-model';
import type { InstallModel } from './k3s-cluster-model';
import type { NodeSecretSource, RegistryMirror } from './k3s-node-input';
import type { MicroK8sAddonInput, MicroK8sLaunchSettings, MicroK8sNetworkInput } from './microk8s-node-input';
import type { NodeAccess } from './seed-input';

/** A cluster of MicroK8s at each site, as a program says it. `version` is the channel: `1.33/stable`. */
export type MicroK8sClusterModel = Omit<ClusterModel, 'distribution' | 'k3s' | 'movesTo'> & {
  readonly distribution: 'microk8s';
  readonly microk8s: MicroK8sNodesModel;
};

/** What MicroK8s's own nodes are made with. SANs, time servers and the quiet hour may hold tokens; all else is equal at all sites. */
export interface MicroK8sNodesModel {
  readonly addons: readonly MicroK8sAddonInput[];
  readonly launch: MicroK8sLaunchSettings;
  readonly network: MicroK8sNetworkInput;
  readonly extraSans: readonly string[];
  readonly registries: readonly RegistryMirror[];
  readonly onlyMirrors: boolean;
  readonly install: InstallModel;
  /** Name of the secret that nodes join with. */
  readonly token: string;
  readonly secretsFrom: NodeSecretSource;
  readonly access: NodeAccess;
  /** @default - those of the operating system */
  readonly ntpServers?: readonly string[];
  /** `04:30` in the site's time. */
  readonly quietHour?: string;
}
