import { guessed, type Overhead } from '../model/figure';
import type { WhereUnsaid } from './config-key';

/** A site's agent with what it watches in its cluster and at the hub; its chart asks for nothing. */
export const FLEET_AGENT_OVERHEAD = {
  memoryMiB: guessed(150, 'EdgeCDK estimate'),
  cpuMillicores: guessed(20, 'EdgeCDK estimate'),
} as const satisfies Overhead;

export type FleetKey = {
  readonly type: 'string' | 'integer' | 'boolean' | 'amount' | 'strings' | 'text-map' | 'map';
  readonly source: string;
} & WhereUnsaid;

const API = 'rancher/fleet, pkg/apis/fleet.cattle.io/v1alpha1';
const BUNDLE = `${API}/bundle_types.go`;
const OPTIONS = `${API}/bundledeployment_types.go`;
const FLEET_YAML = `${API}/fleetyaml.go`;
const CLUSTER = `${API}/cluster_types.go`;
const GIT_REPO = `${API}/gitrepo_types.go`;
const TOKEN = `${API}/clusterregistrationtoken_types.go`;
const META = 'kubernetes/apimachinery, pkg/apis/meta/v1/types.go';
const ROLLOUT = 'rancher/fleet, internal/cmd/controller/target/target.go';
const STATUS = 'rancher/fleet, internal/cmd/controller/target/status.go';

const NOTHING = 'nothing is selected by it';
const FROM_HUB = 'Helm takes the chart as it is';

/** `chart` and what is beside it, of a bundle or of one customization. */
const HELM = {
  'helm.chart': { type: 'string', unset: 'the top of the bundle', source: OPTIONS },
  'helm.repo': { type: 'string', unset: 'the chart is a folder of the bundle', source: OPTIONS },
  'helm.version': { type: 'string', unset: 'the newest that the repository has', source: OPTIONS },
  'helm.values': { type: 'map', unset: FROM_HUB, source: OPTIONS },
  'helm.templateValues': { type: 'text-map', unset: FROM_HUB, source: OPTIONS },
} as const satisfies Readonly<Record<string, FleetKey>>;

const SELECTOR = {
  'clusterSelector.matchLabels': { type: 'text-map', unset: NOTHING, source: META },
  'clusterSelector.matchExpressions[].key': { type: 'string', unset: NOTHING, source: META },
  'clusterSelector.matchExpressions[].operator': { type: 'string', unset: NOTHING, source: META },
  'clusterSelector.matchExpressions[].values': { type: 'strings', unset: NOTHING, source: META },
} as const satisfies Readonly<Record<string, FleetKey>>;

function below(path: string, keys: Readonly<Record<string, FleetKey>>): Record<string, FleetKey> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${path}${key}`, value]));
}

/** Every field of a `fleet.yaml` that is written, by its path. Whoever reads it passes over a field that it does not know. */
export const FLEET_YAML_KEYS: Readonly<Record<string, FleetKey>> = {
  name: { type: 'string', unset: 'made of the names of the GitRepo and the folder', source: FLEET_YAML },
  labels: { type: 'text-map', default: {}, source: FLEET_YAML },
  defaultNamespace: { type: 'string', default: 'default', source: OPTIONS },
  ...HELM,
  'helm.releaseName': { type: 'string', unset: 'the name of the bundle', source: OPTIONS },
  'helm.takeOwnership': { type: 'boolean', default: false, source: OPTIONS },
  'helm.atomic': { type: 'boolean', default: false, source: OPTIONS },
  'helm.timeoutSeconds': { type: 'integer', unset: 'Helm does not wait for health', source: OPTIONS },
  keepResources: { type: 'boolean', default: false, source: OPTIONS },
  'correctDrift.enabled': { type: 'boolean', default: false, source: GIT_REPO },
  'dependsOn[].name': { type: 'string', unset: 'a selector is asked for', source: BUNDLE },
  'dependsOn[].acceptedStates': { type: 'strings', default: ['Ready'], source: BUNDLE },
  'overrideTargets[].name': { type: 'string', unset: 'it has no name', source: GIT_REPO },
  ...below('overrideTargets[].', SELECTOR),
  'targetCustomizations[].name': { type: 'string', unset: 'target000 and so on', source: BUNDLE },
  ...below('targetCustomizations[].', SELECTOR),
  'targetCustomizations[].defaultNamespace': { type: 'string', unset: 'as in the bundle', source: OPTIONS },
  ...below('targetCustomizations[].', HELM),
  'rolloutStrategy.maxUnavailable': { type: 'amount', default: '100%', source: ROLLOUT },
  'rolloutStrategy.maxUnavailablePartitions': { type: 'amount', default: 0, source: ROLLOUT },
  'rolloutStrategy.partitions[].name': { type: 'string', unset: 'it has no name', source: BUNDLE },
  'rolloutStrategy.partitions[].maxUnavailable': { type: 'amount', unset: 'as for all partitions', source: STATUS },
  ...below('rolloutStrategy.partitions[].', SELECTOR),
};

const OBJECT = {
  apiVersion: { type: 'string', unset: 'it is refused', source: META },
  kind: { type: 'string', unset: 'it is refused', source: META },
  'metadata.name': { type: 'string', unset: 'it is refused', source: META },
  'metadata.namespace': { type: 'string', unset: 'the namespace of whoever applies it', source: META },
} as const satisfies Readonly<Record<string, FleetKey>>;

/** The same of objects of the hub, by kind. */
export const FLEET_OBJECT_KEYS: Readonly<Record<string, Readonly<Record<string, FleetKey>>>> = {
  Cluster: {
    ...OBJECT,
    'metadata.labels': { type: 'text-map', default: {}, source: META },
    'spec.templateValues.v': {
      type: 'text-map',
      unset: 'a bundle that asks for one of them is an error',
      source: CLUSTER,
    },
  },
  GitRepo: {
    ...OBJECT,
    'spec.repo': { type: 'string', unset: 'it is refused', source: GIT_REPO },
    'spec.branch': { type: 'string', default: 'master', source: GIT_REPO },
    'spec.clientSecretName': { type: 'string', default: 'gitcredential', source: GIT_REPO },
    'spec.paths': { type: 'strings', default: ['/'], source: GIT_REPO },
    'spec.bundles[].base': { type: 'string', unset: 'the paths are searched for bundles', source: GIT_REPO },
    'spec.bundles[].options': { type: 'string', unset: 'fleet.yaml in the folder', source: GIT_REPO },
  },
  ClusterRegistrationToken: {
    ...OBJECT,
    'spec.ttl': { type: 'string', unset: 'it is good for ever', source: TOKEN },
  },
};
