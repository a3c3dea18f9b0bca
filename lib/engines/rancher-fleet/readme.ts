import type { DeliveryContent } from '../../model/delivery';
import { deliveryFolder } from '../../model/folders';
import type { SharedBundle } from './gitrepo';
import type { RancherFleetModel } from './model';

/** What the people do who run the hub, in their order. The same for any number of sites. */
export function readme(
  { fleet, delivery, workloadsFolder, waves, layers }: DeliveryContent,
  { git, namespace, maxUnavailable }: RancherFleetModel,
  shared: readonly SharedBundle[],
): string {
  const folder = deliveryFolder(delivery.engine.name);
  const path = git.path === undefined ? '' : `${git.path}/`;
  const kubectl = `kubectl --namespace ${namespace}`;
  const stateful = layers.filter(({ isStateful }) => isStateful);
  const named = (some: typeof layers) => some.map(({ name }) => `\`${name}\``);
  const charts = named(stateful.filter(({ workload }) => workload?.kind === 'helm'));
  const own = named(stateful.filter(({ workload }) => workload?.kind !== 'helm'));
  return `# Delivery of ${fleet} with Rancher Fleet

The hub reads bundles from git and hands each cluster what its labels name. Agents at the sites fetch that, by connections that they open themselves; a site
without a link goes on with what it has. Commands are run in the folder of the assembly, with \`kubectl\` at the hub.

| what | where | grows with |
| --- | --- | --- |
| bundles, one for each workload | \`${workloadsFolder}/<workload>/fleet.yaml\`, with a chart for each variant beside it | workloads |
| what the hub reads | \`${folder}/gitrepo.yaml\` | nothing |
| records of sites: labels and values | \`${folder}/sites/<shard>/<site>/cluster.yaml\` | sites, one small file each |

The namespace \`${namespace}\` holds this fleet alone: names in it are those of workloads and sites.

## Once

1. Install Rancher Fleet 0.16 or newer on the hub: https://fleet.rancher.io/installation
${
  git.secret === undefined
    ? ''
    : `2. Make the Secret \`${git.secret}\` in \`${namespace}\` with what reads ${git.url}: type \`kubernetes.io/basic-auth\` or \`kubernetes.io/ssh-auth\`.
`
}${git.secret === undefined ? 2 : 3}. \`kubectl apply --server-side --field-manager edgecdk -f ${folder}/gitrepo.yaml\`

## After each synthesis

Records first, since a bundle that asks for a value which one record lacks is an error of the hub, and stands still for all sites until the record is there:

1. \`for shard in ${folder}/sites/*; do kubectl apply --server-side --field-manager edgecdk --recursive -f "$shard"; done\`
2. Push the assembly to \`${git.branch}\` of ${git.url}${git.path === undefined ? '' : `, into \`${git.path}\``}. The hub reads it by itself.
3. \`${kubectl} get bundles\`, and \`${kubectl} get bundles <workload> -o jsonpath='{.status.partitions}'\` for its waves.

A cluster whose label names a variant that its bundle does not have yet keeps what it has, and is shown as \`ErrApplied\` until it does.
A site that left the assembly keeps its \`Cluster\` until somebody deletes it, with all that it runs: \`${kubectl} delete clusters.fleet.cattle.io <site>\`.

## A site's agent

Its \`clientID\` says which \`Cluster\` it is: whoever knows it can pose as the site. It is made for the site, stands in a file that only root can read there, and in no file of the assembly.

1. At the site: \`(umask 077; openssl rand -hex 32 | tr -d '\\n' > /etc/edgecdk/secrets/fleet-client-id)\`. No line end: the agent's configuration takes the file as it is.
2. At the hub, once the site's record is applied: \`jq --raw-input --slurp '{spec: {clientID: .}}' fleet-client-id | ${kubectl} patch clusters.fleet.cattle.io <site> --type merge --patch-file /dev/stdin\`.
   Records do not have this field, so applying them leaves it alone.
3. \`kubectl apply -f ${folder}/registration-token.yaml\`, which is good for a day; then \`${kubectl} get secret ${fleet} -o jsonpath='{.data.values}' | base64 --decode > registration.yaml\`
4. At the site, with the version of the hub:
   \`helm --namespace cattle-fleet-system upgrade --install --create-namespace --wait fleet-agent fleet-agent --repo https://rancher.github.io/fleet-helm-charts/ --version <version> --values registration.yaml --set tokenName=${fleet} --set-file clientID=/etc/edgecdk/secrets/fleet-client-id\`

Labels come from the record and not from the agent: an agent's own count only where it finds no \`Cluster\` of its own.

## Waves

${
  waves.length === 0
    ? `There are none. Of all sites that have a workload, ${maxUnavailable} are changed at a time.`
    : `${waves.map(({ name, maxUnavailable: own }) => `\`${name}\` (${own ?? maxUnavailable} at a time)`).join(', then ')}. The next one begins when no more sites than that are outdated or not healthy.`
} A site that is offline when its turn comes counts as unavailable until it is back. First installations are not held back by the limit, but by the order of waves, and 50 at a time.
\`${kubectl} patch gitrepos.fleet.cattle.io ${fleet} --type merge --patch '{"spec":{"paused":true}}'\` stops all of it, and
\`${kubectl} patch clusters.fleet.cattle.io <site> --type merge --patch '{"spec":{"paused":true}}'\` leaves one site as it is.

## What to know

- The hub has one \`BundleDeployment\` for each site and workload. A hub is good for some thousands of sites; beyond, have several, each with a fleet.
- Do not delete the \`GitRepo\`, and do not push an empty \`${path}${workloadsFolder}\`: all bundles would go, and with them what sites run.
- Another variant of a workload, or another file in its folder, is a new release of its bundle at all sites, through the waves; where nothing is different, nothing restarts.
- A workload that leaves a site, or the fleet, is uninstalled there. Volume claims, volumes, namespaces and definitions stay.${
    own.length === 0
      ? ''
      : `
- Of ${own.join(', ')} everything stays and runs on, since data may be in it: the agent forgets the release. To remove the rest, at the site: \`kubectl delete deployments,statefulsets,daemonsets,services,configmaps --all-namespaces --selector edgecdk.dev/workload=<workload>\`.`
  }${
    charts.length === 0
      ? ''
      : `
- So does everything of ${charts.join(', ')}, which are charts of others. What is left bears their own labels, most often: \`kubectl get all --all-namespaces --selector app.kubernetes.io/instance=<workload>\`, at the site.`
  }
- Charts of others are downloaded by the hub when it reads git, and are part of their bundles from then on: sites need no way to a repository of charts.
- A definition of objects (CRD) that comes into a workload later, with objects of its kind: in one release, Helm does not know the kind yet. Release the definition first.${
    shared.length === 0 ? '' : sharedSection(shared, folder, kubectl)
  }
`;
}

function sharedSection(shared: readonly SharedBundle[], folder: string, kubectl: string): string {
  const clusters = [...new Set(shared.map(({ options }) => options.split('/')[1] ?? ''))];
  return `

## Clusters that sites share

${clusters.map((id) => `\`${id}\``).join(', ')}: apply \`${folder}/clusters/<cluster>/cluster.yaml\`, register the cluster like a site (\`${kubectl} patch clusters.fleet.cattle.io <cluster> ...\`), then apply \`${folder}/clusters.yaml\`.
What \`clusters/<cluster>/README.md\` says to install first is installed first. Nothing is deleted there: what a site leaves behind is for \`kubectl delete\`.`;
}
