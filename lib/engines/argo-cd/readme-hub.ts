import type { DeliveryContent } from '../../model/delivery';
import { deliveryFolder } from '../../model/folders';
import { isHelmLayer } from './helm-layer';
import { modelOf } from './model';
import { CLUSTER_LABEL } from './names';
import { holdSection, list, pushSentence, refsSection, removalSection, windowsSection } from './readme-parts';
import { DEFAULT_MAX_UPDATE } from './waves';

/** What the people do who run the hub, in their order. The same for any number of sites. */
export function hubReadme(content: DeliveryContent): string {
  const { fleet, delivery, workloadsFolder, layers } = content;
  const { namespace } = modelOf(delivery);
  const folder = deliveryFolder(delivery.engine.name);
  const kubectl = `kubectl --namespace ${namespace}`;
  const apply = 'kubectl apply --server-side --field-manager=edgecdk';
  const charts = layers.filter(isHelmLayer).map(({ name }) => name);
  return `# Delivery of ${fleet} with Argo CD

One Argo CD on a hub reaches out to all sites. Commands are run in the folder of the assembly, with \`kubectl\` at the hub. Argo CD 3.2 or newer.

| what | where | grows with |
| --- | --- | --- |
| content, a chart for each variant of a workload | \`${workloadsFolder}/<workload>/<variant>/\` | variants |
| one ApplicationSet for each workload | \`${folder}/applicationsets/\` | workloads |
| one project for each owner | \`${folder}/projects/\` | owners |
| records of sites: labels and values of their clusters | \`${folder}/sites/<shard>/<site>/cluster.yaml\` | sites, one small file each |

## What it cannot do

- The hub reaches out to each site. While a site's link is down, nothing is changed or repaired there, its Applications are \`Unknown\`, and its pods run on as they are. For sites
  that are away for long, take an Argo CD at each site, or Flux.
- The hub holds one Application for each site and workload, and watches each site's API. The largest published setup has 500 clusters.
- Argo CD takes no site back to the state before by itself while it syncs automatically: going back is a commit.
- Nothing here waits for health from one wave to the next${modelOf(delivery).progressiveSyncs ? ', but for progressive syncs, which wait for every site of a wave' : ': whoever moves a wave does'}.

## Registering a site

Its record sets labels and values of a Secret named \`cluster-<site>\`, and nothing that Argo CD logs in with: that is yours. The name of the cluster in it is the name of the site.
\`argocd cluster add\` names its Secret by the address of the cluster, so take one of these:

- By hand, with a \`config.json\` as Argo CD's documentation describes it (declarative setup, clusters). Nothing of it belongs into a repository.

  \`\`\`sh
  kubectl --namespace ${namespace} create secret generic cluster-<site> --dry-run=client --output=yaml \\
    --from-literal=name=<site> --from-literal=server=https://<address>:6443 --from-file=config=config.json |
    kubectl apply --server-side --field-manager=registration -f -
  ${kubectl} label secret cluster-<site> argocd.argoproj.io/secret-type=cluster
  \`\`\`

- With argocd-agent in managed mode, by which the site opens the connection: \`argocd-agentctl agent create <site>\` makes that Secret itself, so register before the record is
  applied: it refuses a name that is taken. Agents must be mapped by destination (\`--destination-based-mapping\`).

## After each synthesis

1. \`${apply} --recursive -f ${folder}/projects\`
2. \`for shard in ${folder}/sites/*; do ${apply} --recursive -f "$shard"; done\`
3. \`${apply} --recursive -f ${folder}/applicationsets\`
4. ${pushSentence(content)}

Until the last step is done, a site whose record asks for what is not pushed keeps what it has: its Application says that a path or a value is missing, or the ApplicationSet that it makes
no Applications. An ApplicationSet that finds one cluster without the values that it names changes none at all.
${waveSection(content)}${windowsSection(content)}${holdSection(content)}${removalSection(content)}${
  charts.length === 0
    ? ''
    : `
Of charts of others (${list(charts)}) everything stays at a site that no longer has them, since data may be in it. What is left: \`kubectl get all --all-namespaces --selector app.kubernetes.io/instance=<workload>\`
at the site. Their version and values stand in the ApplicationSet, so they reach all sites as soon as it is applied.
`
}${sharedSection(content, apply)}`;
}

function waveSection(content: DeliveryContent): string {
  const { delivery, waves } = content;
  const { progressiveSyncs } = modelOf(delivery);
  if (waves.length === 0) return '';
  if (progressiveSyncs)
    return `
## Waves

${waves.map(({ name, maxUnavailable = DEFAULT_MAX_UPDATE }) => `\`${name}\` (${maxUnavailable} at a time)`).join(', then ')}: the hub takes one after the other. It must be told to:
\`applicationsetcontroller.enable.progressive.syncs: "true"\` in the ConfigMap \`argocd-cmd-params-cm\`.

- A wave is done when all its Applications are healthy. A site that does not answer holds up all later waves.
- Automated sync is off for all of them, so nothing repairs what somebody changes at a site.
`;
  return refsSection(content, 'ApplicationSets');
}

function sharedSection({ delivery, sharedClusters }: DeliveryContent, apply: string): string {
  if (sharedClusters.length === 0) return '';
  const { namespace, source } = modelOf(delivery);
  const folder = deliveryFolder(delivery.engine.name);
  return `
## Clusters that sites share

${sharedClusters
  .map(
    ({ id, folder: own }) =>
      `- \`${id}\`: register it like a site, also where it is the hub's own, and label it: \`kubectl --namespace ${namespace} label secret <secret> ${CLUSTER_LABEL}=${id}\`, then \`${apply} -f ${folder}/applicationsets/cluster.${id}.yaml\`.${
        source.kind === 'git' ? '' : ' `publish.sh` pushes its artifact.'
      } What \`${own}/README.md\` says to install first is installed first.`,
  )
  .join('\n')}

Nothing is pruned there: \`argocd app sync <application> --prune\` removes what the sites left.
`;
}
