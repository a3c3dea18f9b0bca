import type { DeliveryContent } from '../../model/delivery';
import { clusterLayer, type Layer } from '../../model/layer';
import { chartFiles } from '../../render/layer/chart-files';
import { foreignChart, type HelmBlock, ownChart } from './helm-block';
import type { RancherFleetModel } from './model';
import { layerLabel, rolloutStrategy } from './rollout';

/** What a cluster gets whose label names a variant that the bundle does not have: a chart that fails, so nothing changes there. No variant has this name. */
const noVariant = '_no-variant';

/**
 * The bundle of a layer: one for all sites, with one release. Which variant a site has is said by the label of its cluster, so another variant is an update
 * of the same release. Both have the same name: where resources are kept, the agent forgets the release of the bundle's name and no other.
 * @see rancher/fleet, internal/helmdeployer/delete.go, deleteHistory
 */
export function fleetYaml(layer: Layer, model: RancherFleetModel, content: DeliveryContent): object {
  const { name, namespace, isStateful, variants } = layer;
  const label = layerLabel(name);
  return {
    name,
    labels: { 'edgecdk.dev/fleet': content.fleet },
    defaultNamespace: namespace,
    helm: {
      releaseName: name,
      chart: noVariant,
      // The namespace of a release is made before it, and what another engine left is taken over.
      takeOwnership: true,
      ...(model.rollBackAfterSeconds !== undefined && { atomic: true, timeoutSeconds: model.rollBackAfterSeconds }),
    },
    ...(isStateful && { keepResources: true }),
    correctDrift: { enabled: true },
    ...(comesAfterCluster(name, content) && {
      // A machine that is away must not hold up a workload: it waits for what is there to be known, not for all of it to be well.
      dependsOn: [{ name: clusterLayer, acceptedStates: ['Ready', 'NotReady', 'Modified'] }],
    }),
    overrideTargets: [{ name: 'sites', clusterSelector: { matchExpressions: [{ key: label, operator: 'Exists' }] } }],
    targetCustomizations: variants.map((variant) => ({
      name: variant.name,
      clusterSelector: { matchLabels: { [label]: variant.name } },
      helm: helmBlock(layer, variant, content),
    })),
    rolloutStrategy: rolloutStrategy(name, content.waves, model.maxUnavailable),
  };
}

/** Text by path below the folder of the layer. */
export function bundleFiles(layer: Layer, model: RancherFleetModel, content: DeliveryContent): Map<string, string> {
  const files = new Map([
    ['fleet.yaml', content.print([fleetYaml(layer, model, content)])],
    [`${noVariant}/Chart.yaml`, content.print([{ apiVersion: 'v2', name: layer.name, version: '0.0.0' }])],
    [
      `${noVariant}/templates/fail.yaml`,
      `{{ fail "the label ${layerLabel(layer.name)} of this cluster names no variant that the bundle has" }}\n`,
    ],
  ]);
  if (layer.workload?.kind === 'helm') return files;
  for (const variant of layer.variants)
    for (const [path, text] of chartFiles(layer, variant, content.tokens, { isHelm: true }))
      files.set(`${variant.name}/${path}`, text);
  return files;
}

function helmBlock(layer: Layer, variant: Layer['variants'][number], { tokens }: DeliveryContent): HelmBlock {
  const [chart] = variant.objects;
  return layer.workload?.kind === 'helm' && chart ? foreignChart(chart, tokens) : ownChart(variant);
}

/** A bundle waits for good for one that a cluster does not have, so all clusters with this layer must have both. */
function comesAfterCluster(layer: string, { cohorts }: DeliveryContent): boolean {
  const own = cohorts.filter(({ layers }) => layers.has(layer));
  return layer !== clusterLayer && own.length > 0 && own.every(({ layers }) => layers.has(clusterLayer));
}
