import { parse, parseAllDocuments } from 'yaml';
import { CLOUDCORE_CHART_KEYS, CLOUDCORE_KEYS } from '../../../lib/catalog/kubeedge-cloud';
import { EDGECORE_HEAD, EDGECORE_KEYS } from '../../../lib/catalog/kubeedge-config';
import { k3sIdentity } from '../../../lib/distributions/k3s/node/identity';
import { JOIN_OR_INITIALISE } from '../../../lib/distributions/k3s/node/steps/first-server';
import { k3sAgentTree, k3sServerTree } from '../../../lib/distributions/k3s/node/tree';
import { chartValues } from '../../../lib/distributions/kubeedge/cloud/chart-values';
import { cloudcoreConfig } from '../../../lib/distributions/kubeedge/cloud/cloudcore-config';
import { kubeEdgeTree } from '../../../lib/distributions/kubeedge/node/tree';
import { microk8sIdentity } from '../../../lib/distributions/microk8s/node/identity';
import { microk8sTree } from '../../../lib/distributions/microk8s/node/tree';
import { flattened, type Tree } from '../../../lib/model/dotted-paths';
import type { K3sNodeInput } from '../../../lib/model/k3s-node-input';
import type { KubeEdgeClusterModel } from '../../../lib/model/kubeedge-cluster-model';
import type { KubeEdgeNodeInput } from '../../../lib/model/kubeedge-node-input';
import type { MicroK8sNodeInput } from '../../../lib/model/microk8s-node-input';
import type { NodeFile } from '../../../lib/model/node-tree';
import { DEPOT_LABELS, DEPOT_NODES, DEPOT_SITE } from '../distributions/microk8s/node/sample-microk8s';
import { node, SERVERS, SITE } from '../render/node/sample-input';

type Values = Readonly<Record<string, unknown>>;

/** All that K3s reads as `config.yaml` on a server and an agent, whoever writes it: tree, identity, or a script on the machine. */
export function k3sConfigs(input: K3sNodeInput): Values[] {
  const files = [
    ...k3sServerTree(input).files,
    ...k3sAgentTree(input).files,
    ...[node(0), node(undefined, { nic: 'eth0' })].flatMap((one) => k3sIdentity(one, SERVERS, SITE, input).files),
  ];
  const texts = files
    .filter(({ path }) => /^\/etc\/rancher\/k3s\/config\.yaml(\.d\/.*\.yaml)?$/.test(path))
    .map(({ text }) => text);
  const scripts = [
    JOIN_OR_INITIALISE.text,
    ...files.filter(({ path }) => path.endsWith('.sh')).map(({ text }) => text),
  ];
  return [...texts, ...scripts.flatMap(linesForConfig)].map((text) => parse(text, { version: '1.1' }));
}

/** Lines of YAML that a script puts into a file: `cluster-init: true`, `server: "$1"`. */
function linesForConfig(script: string): string[] {
  const words = script.matchAll(/(?:keep_line "\$\w+_file"|printf) ["']([a-z][a-z0-9-]+: (?:true|false|\\"\$1\\"))/g);
  return [...words].map(([, line = '']) => line.replaceAll('\\"', '"'));
}

/** The documents of the launch configuration that a server and a worker read. */
export function launchDocuments(input: MicroK8sNodeInput): Values[] {
  const files: NodeFile[] = [
    ...(['server', 'agent'] as const).flatMap((role) => microk8sTree(input, role).files),
    ...DEPOT_NODES.flatMap((one) => microk8sIdentity(one, DEPOT_NODES, DEPOT_LABELS, DEPOT_SITE, input).files),
  ];
  return files
    .filter(({ path }) => /\/launch(-node)?\.yaml$/.test(path))
    .flatMap(({ text }) => parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Values));
}

export function edgecoreValues(input: KubeEdgeNodeInput): Values {
  const text = kubeEdgeTree(input).files.find(({ path }) => path.endsWith('/edgecore.yaml'))?.text ?? '';
  return withoutHead(flattened(parse(text) as Tree, (path) => Object.hasOwn(EDGECORE_KEYS, path)));
}

export function cloudcoreValues(cluster: KubeEdgeClusterModel): Values {
  return withoutHead(flattened(cloudcoreConfig(cluster), (path) => Object.hasOwn(CLOUDCORE_KEYS, path)));
}

export function cloudcoreChartValues(cluster: KubeEdgeClusterModel): Values {
  return flattened(chartValues(cluster), (path) => Object.hasOwn(CLOUDCORE_CHART_KEYS, path));
}

function withoutHead(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(EDGECORE_HEAD, key)));
}
