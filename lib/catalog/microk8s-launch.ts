import type { MicroK8sArgumentKey, MicroK8sEnvironmentKey } from '../model/microk8s-node-input';
import type { WhereUnsaid } from './config-key';
import type { MicroK8sMinor } from './microk8s';

const SCHEMA = 'canonical/microk8s-cluster-agent, pkg/k8sinit/schema.go';
/** The agent only adds and replaces. @see canonical/microk8s-cluster-agent, pkg/k8sinit/apply.go */
const KEPT = 'what the files have stays as it is';

/**
 * Every key of the launch configuration, with its type, what the agent does without it, the track that first reads it, the version that a document with it must have, and whether it is
 * ever written. The agent skips a key that it does not know with a line in its log, so that a misspelt one is silent: hence the list is closed.
 */
export const MICROK8S_LAUNCH_KEYS = {
  version: key('text', '1.27', 'a document without it is refused'),
  addonRepositories: never(
    'the agent tries again for ever where it cannot be reached; `community` is enabled as an addon',
  ),
  addons: never('the agent tries one that fails again every 5 seconds for ever; apply.sh enables them, once'),
  persistentClusterToken: never('a file that has it is never marked as applied; and a node tree holds no secret'),
  join: never('a file that has it is never marked as applied; apply.sh joins'),
  extraSANs: key('list', '1.27', 'the certificate keeps the names that it has'),
  extraKubeletArgs: args('kubelet', '1.27'),
  extraKubeAPIServerArgs: args('kube-apiserver', '1.27'),
  extraKubeProxyArgs: args('kube-proxy', '1.27'),
  extraKubeControllerManagerArgs: args('kube-controller-manager', '1.27'),
  extraKubeSchedulerArgs: args('kube-scheduler', '1.27'),
  extraKubeliteEnv: env('kubelite-env', '1.27'),
  extraContainerdArgs: args('containerd', '1.27'),
  extraContainerdEnv: env('containerd-env', '1.27'),
  containerdRegistryConfigs: key('files', '1.27', KEPT),
  extraDqliteArgs: args('k8s-dqlite', '1.27'),
  extraDqliteEnv: env('k8s-dqlite-env', '1.27'),
  extraEtcdArgs: never('MicroK8s runs dqlite here'),
  extraEtcdEnv: never('MicroK8s runs dqlite here'),
  extraFlanneldArgs: never('MicroK8s runs Calico here'),
  extraFlanneldEnv: never('MicroK8s runs Calico here'),
  extraMicroK8sClusterAgentArgs: args('cluster-agent', '1.27'),
  extraMicroK8sClusterAgentEnv: env('cluster-agent-env', '1.27'),
  extraMicroK8sAPIServerProxyArgs: args('apiserver-proxy', '1.27'),
  extraMicroK8sAPIServerProxyEnv: env('apiserver-proxy-env', '1.27'),
  extraConfigFiles: key('files', '1.27', KEPT),
  extraCNIEnv: env('cni-env', '1.28', '0.2.0'),
  extraFIPSEnv: env('fips-env', '1.28', '0.2.0'),
} as const satisfies Readonly<Record<string, MicroK8sLaunchKey>> &
  Readonly<Record<MicroK8sArgumentKey, { readonly type: 'arguments' }>> &
  Readonly<Record<MicroK8sEnvironmentKey, { readonly type: 'environment' }>>;

export type MicroK8sLaunchKey = {
  /** `arguments` and `environment` change a file of that name line by line; null takes a line out. `files`: text by name. */
  readonly type: 'text' | 'list' | 'arguments' | 'environment' | 'files' | 'never';
  readonly since: MicroK8sMinor;
  /** Version of the document that has it. */
  readonly version: '0.1.0' | '0.2.0';
  /** File in `args` that it changes. @default - none */
  readonly file?: string;
  /** Why it is never written. @default - it is */
  readonly why?: string;
  readonly source: string;
} & WhereUnsaid;

/** A document of the launch configuration: what of it is ever written. */
export type MicroK8sLaunch = {
  readonly version: '0.1.0' | '0.2.0';
  readonly extraSANs?: readonly string[];
  readonly containerdRegistryConfigs?: Readonly<Record<string, string>>;
  readonly extraConfigFiles?: Readonly<Record<string, string>>;
} & { readonly [K in MicroK8sArgumentKey | MicroK8sEnvironmentKey]?: Readonly<Record<string, string | null>> };

function key<const T extends MicroK8sLaunchKey['type']>(type: T, since: MicroK8sMinor, unset: string) {
  return { type, since, version: '0.1.0', unset, source: SCHEMA } as const;
}

function args<const F extends string>(file: F, since: MicroK8sMinor) {
  return { type: 'arguments', since, version: '0.1.0', file, unset: KEPT, source: SCHEMA } as const;
}

function env<const F extends string>(file: F, since: MicroK8sMinor, version: '0.1.0' | '0.2.0' = '0.1.0') {
  return { type: 'environment', since, version, file, unset: KEPT, source: SCHEMA } as const;
}

function never(why: string) {
  return { type: 'never', since: '1.27', version: '0.1.0', why, unset: 'nothing happens', source: SCHEMA } as const;
}
