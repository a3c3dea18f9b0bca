import { FLEET_AGENT_OVERHEAD } from '../../catalog/rancher-fleet';
import type { DeliveryContent, DeliveryEngine, DeliveryFiles, DeliveryModel } from '../../model/delivery';
import { error, type Problem, warning } from '../../model/problem';
import { bundleFiles } from './bundle';
import { clusterRecord, sharedClusterRecord } from './clusters';
import { gitRepo, registrationToken, sharedBundles, sharedGitRepo } from './gitrepo';
import { foreignChartProblems } from './helm-block';
import type { GitModel, RancherFleetModel } from './model';
import { modelProblems, nameProblems, sharedNameProblems, sizeProblem } from './problems';
import { readme } from './readme';
import { rolloutProblems } from './rollout-findings';
import { textProblems } from './text-problems';

/** Bundles for a hub of Rancher Fleet, from which agents at the sites pull. */
export const RANCHER_FLEET: DeliveryEngine = {
  name: 'rancher-fleet',
  title: 'Rancher Fleet',
  pulls: true,
  manifests:
    'Rancher Fleet: README.md in delivery/rancher-fleet says who pushes what the hub reads, what the hub is given, and how a site comes to it.',
  pause:
    'on the hub, `kubectl patch clusters.fleet.cattle.io <site> --type merge --patch \'{"spec":{"paused":true}}\'` in the namespace of the fleet',
  problems: (delivery) => modelProblems(modelOf(delivery)),
  overhead: () => FLEET_AGENT_OVERHEAD,
  render,
};

export interface RancherFleetOptions {
  readonly git: Omit<GitModel, 'branch'> & { readonly branch?: string };
  readonly namespace?: string;
  readonly maxUnavailable?: number | string;
  readonly offlineShare?: number;
  readonly rollBackAfterSeconds?: number;
}

/** What a program says, with what it leaves to us. */
export function rancherFleetDelivery(options: RancherFleetOptions): RancherFleetModel {
  return {
    namespace: 'fleet-default',
    maxUnavailable: '10%',
    ...options,
    engine: RANCHER_FLEET,
    git: { branch: 'main', ...options.git },
  };
}

function render(content: DeliveryContent): DeliveryFiles {
  const model = modelOf(content.delivery);
  const { fleet, print } = content;
  const problems: Problem[] = [...rolloutProblems(content, model), ...textProblems(content)];
  const layers = new Map<string, string>();
  for (const layer of content.layers) {
    const path = layer.workload?.path ?? fleet;
    const own = bundleFiles(layer, model, content);
    for (const [file, text] of own) layers.set(`${layer.name}/${file}`, text);
    problems.push(...nameProblems(layer).map((what) => error(path, what)));
    const size = sizeProblem(own);
    if (size !== undefined) problems.push(error(path, size));
    if (layer.workload?.kind === 'helm')
      for (const { objects } of layer.variants)
        problems.push(...objects.flatMap(foreignChartProblems).map((what) => warning(path, what)));
  }
  const files = new Map([
    ['gitrepo.yaml', print([gitRepo(fleet, model, content.workloadsFolder)])],
    ['registration-token.yaml', print([registrationToken(fleet, model)])],
  ]);
  const shared = content.sharedClusters.flatMap(sharedBundles);
  for (const { options, content: bundle } of shared) files.set(options, print([bundle]));
  for (const cluster of content.sharedClusters) {
    files.set(`clusters/${cluster.id}/cluster.yaml`, print([sharedClusterRecord(cluster, model.namespace)]));
    problems.push(...sharedNameProblems(cluster).map((what) => error(cluster.path, what)));
  }
  if (shared.length > 0) files.set('clusters.yaml', print([sharedGitRepo(fleet, model, shared, RANCHER_FLEET.name)]));
  files.set('README.md', readme(content, model, shared));
  const records = new Map(
    content.cohorts.map((own) => [own.cohort.id, [clusterRecord(own, model.namespace, content)]] as const),
  );
  return { files, layers, records, problems };
}

/** Its own description, which no other part of the run looks into. */
function modelOf(delivery: DeliveryModel): RancherFleetModel {
  return delivery as RancherFleetModel;
}
