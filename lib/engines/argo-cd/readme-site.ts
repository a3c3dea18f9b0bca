import type { DeliveryContent } from '../../model/delivery';
import { deliveryFolder } from '../../model/folders';
import { isHelmLayer } from './helm-layer';
import { modelOf } from './model';
import { holdSection, list, pushSentence, refsSection, removalSection, windowsSection } from './readme-parts';

/** What the people do who prepare sites and push content, in their order. The same for any number of sites. */
export function siteReadme(content: DeliveryContent): string {
  const { fleet, delivery, workloadsFolder, layers, sharedClusters } = content;
  const { namespace, source } = modelOf(delivery);
  const folder = deliveryFolder(delivery.engine.name);
  const charts = layers.filter(isHelmLayer).map(({ name }) => name);
  return `# Delivery of ${fleet} with an Argo CD at each site

Each site has an Argo CD of its own, which pulls: no hub, and no object that knows of all sites. Without a link pods go on as they are, and nothing is repaired: what Argo CD cannot read it
compares with nothing, and shows as \`Unknown\`. Argo CD 3.2 or newer, with about 600 MiB of memory at each site; on small nodes Flux takes less.

| what | where | grows with |
| --- | --- | --- |
| content, a chart for each variant of a workload | \`${workloadsFolder}/<workload>/<variant>/\` | variants |
| Applications, one for each variant | \`${folder}/workloads/<workload>/<variant>/\` | variants |
| projects, one for each owner | \`${folder}/projects/\` | owners |
| records of sites: which Applications, and values | \`${folder}/sites/<shard>/<site>/\` | sites, two small files each |
| what a site begins with | \`sites/<shard>/<site>/manifests/edgecdk-argo-cd.yaml\` | sites; it never changes |

## Each site, once

1. Install Argo CD in the namespace \`${namespace}\` without its user interface: \`kubectl apply --server-side --namespace ${namespace} -f https://raw.githubusercontent.com/argoproj/argo-cd/<version>/manifests/core-install.yaml\`.
2. It asks for changes every three minutes. For many sites, say less often in its ConfigMap \`argocd-cm\`: \`timeout.reconciliation: 15m\`. The project \`default\` must allow the namespace \`${namespace}\`, as it does at first.
3. Give it what it reads ${source.url} with, as a Secret with the label \`argocd.argoproj.io/secret-type: repository\`, or \`repo-creds\` for all below an address. It belongs into no repository.
4. Apply \`edgecdk-argo-cd.yaml\` of the site, with the rest of its manifests: the Application \`edgecdk\`, which names the folder of the site's record and nothing that may change.

## After each synthesis

${pushSentence(content)}

A site whose record names what is not pushed yet keeps what it has, and says so in its Application.
${refsSection(content, 'Applications')}${windowsSection(content)}${holdSection(content)}${removalSection(content)}${
  charts.length === 0
    ? ''
    : `
Charts of others (${list(charts)}) are Applications that one of ours makes, \`<workload>.chart\`. Of them everything stays at a site that no longer has them, since data may be in it.
`
}${
  sharedClusters.length === 0
    ? ''
    : `
## Clusters that sites share

${sharedClusters
  .map(
    ({ id, folder: own }) =>
      `- \`${id}\`: in its Argo CD, \`kubectl apply --server-side --field-manager=edgecdk -f ${folder}/projects/edgecdk-shared.yaml -f ${folder}/clusters/${id}.yaml\`.${
        source.kind === 'git' ? '' : ' `publish.sh` pushes its artifact.'
      } What \`${own}/README.md\` says to install first is installed first. Nothing is pruned there.`,
  )
  .join('\n')}
`
}`;
}
