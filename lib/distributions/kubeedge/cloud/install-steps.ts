import { BEYOND_AUTHORIZATION } from '../../../catalog/kubeedge-cloud';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { beyondAuthorization } from './authorization';
import type { CloudChart, CloudPart } from './cloud-part';
import { EDGE_ROLE, USUAL_DAEMON_SETS } from './cluster-daemon-sets';
import { patchPath, postRenderPath, valuesPath } from './cluster-files';
import { featuresOf } from './features-of';

/** What must be done to what the cluster has already. */
export function patchStep({ patches }: CloudPart): string[] {
  if (patches.length === 0) return [];
  const commands = patches.map(
    (patch) =>
      `   kubectl patch ${patch.kind.toLowerCase()} ${patch.metadata.name} --namespace ${patch.metadata.namespace} --type strategic --patch-file ${patchPath(patch)}`,
  );
  const patched = new Set(patches.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const others = USUAL_DAEMON_SETS.map(({ namespace, name }) => `${namespace}/${name}`).filter(
    (one) => !patched.has(one),
  );
  return [
    `Patch what the cluster has already, before the first node joins: edgecore ends or starts anew for ever where kube-proxy or a network plug-in lands beside it.
   A DaemonSet with a node affinity of its own loses it, so look at it first. Any other DaemonSet without \`${EDGE_ROLE}\` in its affinity lands on edge nodes, too:
   name it in \`cloudDaemonSets\` of the program. Those that clusters often have are ${others.join(', ')}.

   \`\`\`sh
${commands.join('\n')}
   \`\`\``,
  ];
}

export function chartStep(chart: CloudChart): string {
  const { name, namespace, version, secretValues } = chart;
  const [repository = '', inside = ''] = chart.from.split(', ');
  const folder = `${repository.slice(repository.indexOf('/') + 1)}/${inside}`;
  const secrets = Object.entries(secretValues);
  const template = [
    `helm template ${name} ${folder} --namespace ${namespace} --include-crds --values ${valuesPath(chart)}`,
    ...secrets.map(([path, secret]) => `--set-file ${path}=${secretFile(secret)}`),
  ].join(' \\\n     ');
  const pipe = [
    template,
    ...(chart.postRender.length > 0 ? [`sh ${postRenderPath(chart)}`] : []),
    `kubectl apply --server-side --force-conflicts --namespace ${namespace} --filename -`,
  ].join(' \\\n   | ');
  const told = secrets.map(
    ([path, secret]) =>
      `\n   \`${path}\` is secret: put ${secret.key} of the secret ${secret.name} into \`${secretFile(secret)}\`, without a line end, and delete the file afterwards.`,
  );
  const extra = name === 'edgemesh' ? '\n   kubectl apply --server-side --filename edgemesh/build/crds/istio' : '';
  return `Install the chart \`${name}\` of the release ${version}. It is not in a repository of charts, so fetch the source of the release.${told.join('')}

   \`\`\`sh
   git clone --depth 1 --branch ${version} https://github.com/${repository}${extra}
   kubectl create namespace ${namespace} --dry-run=client --output yaml | kubectl apply --server-side --filename -
   ${pipe}
   \`\`\``;
}

function secretFile({ name, key }: { readonly name: string; readonly key: string }): string {
  return `/dev/shm/${name}.${key}`;
}

export function cloudcoreStep(cluster: KubeEdgeClusterModel): string {
  const { advertiseAddress, cloudcores } = cluster;
  const logs = featuresOf(cluster).includes('logs')
    ? ' Where the control plane is K3s, its server needs `--kube-apiserver-arg=kubelet-certificate-authority=` for `kubectl logs`.'
    : '';
  return `Wait for ${cloudcores === 1 ? 'cloudcore' : `${cloudcores} cloudcores`}, and see that nodes reach ${advertiseAddress.join(', ')}. Its certificate was made for these addresses now and stays: for others, delete the Secret \`cloudcoresecret\` and start it anew.${logs}
   It is started anew after each repeat of the step before: it reads its configuration once, and each \`helm template\` makes another certificate for \`kubectl logs\`, good for
   365 days. So repeat both steps once a year at least.

   ${authorizationText(cluster)}

   \`\`\`sh
   kubectl --namespace kubeedge rollout restart deployment/cloudcore
   kubectl --namespace kubeedge rollout status deployment/cloudcore
   \`\`\``;
}

function authorizationText(cluster: KubeEdgeClusterModel): string {
  const beyond = beyondAuthorization(cluster);
  if (beyond.length === 0)
    return `It holds each node to the name in its certificate and to what Kubernetes lets nodes do, for which the API server needs \`Node\` among its modes of authorization, as most
   have. Where nodes have joined already, apply \`manifests/00-roles.yaml\` first: it may not speak for them before.`;
  const why = beyond.map((feature) => `\`${feature}\` (${BEYOND_AUTHORIZATION[feature].why})`);
  return `**It does not hold nodes to their names**: who has the certificate of one may call itself any, and read every Secret of this cluster. With authorization this would end: ${why.join(', ')}.
   So keep no Secret here that a lost machine must not read, or do without ${beyond.length === 1 ? 'this feature' : 'these features'}.`;
}
