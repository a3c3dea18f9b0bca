import { ARGO_CD_API } from '../../catalog/argo-cd';
import type { DeliveryContent } from '../../model/delivery';
import type { KubeObject } from '../../model/kube-object';
import type { Layer, LayerVariant } from '../../model/layer';
import { printYaml } from '../../render/yaml-template';
import { COMPARED_BY_SERVER, folderAnnotations, syncPolicy } from './application';
import { clusterLabel, pickedValues, variantText } from './go-template';
import { type HelmSource, helmSource, isHelmLayer } from './helm-layer';
import { modelOf } from './model';
import { GO_TEMPLATE, layerLabel, projectName, releaseName, WAVE_LABEL, waveRef } from './names';
import { layerPlace, ownRef } from './sources';
import { rollingSync } from './waves';

/**
 * The one ApplicationSet of a layer: Argo CD deletes what moves from one to another, so all variants are in it, and a site that gets another one keeps its
 * Application, which takes another path.
 */
export function layerSet(layer: Layer, content: DeliveryContent): KubeObject {
  const { waves, delivery } = content;
  const model = modelOf(delivery);
  const strategy = model.progressiveSyncs && waves.length > 0 ? { strategy: rollingSync(waves) } : {};
  return {
    apiVersion: ARGO_CD_API,
    kind: 'ApplicationSet',
    metadata: { name: layer.name, namespace: model.namespace },
    spec: {
      ...GO_TEMPLATE,
      generators: [
        { clusters: { selector: { matchExpressions: [{ key: layerLabel(layer.name), operator: 'Exists' }] } } },
      ],
      // A site without the layer loses what it made, but for what is kept. What a chart of others made may hold data, so all of that stays.
      syncPolicy: { preserveResourcesOnDeletion: isHelmLayer(layer) },
      ...strategy,
      template: {
        metadata: {
          name: `${layer.name}-{{ .nameNormalized }}`,
          labels: {
            'edgecdk.dev/workload': layer.name,
            ...(layer.owner !== undefined && { 'edgecdk.dev/owner': layer.owner }),
            'edgecdk.dev/site': clusterLabel('edgecdk.dev/site'),
            ...(waves.length > 0 && { [WAVE_LABEL]: clusterLabel(WAVE_LABEL) }),
          },
          annotations: isHelmLayer(layer) ? COMPARED_BY_SERVER : folderAnnotations(model.source),
        },
        spec: {
          project: projectName(layer.owner),
          source: isHelmLayer(layer) ? chartSource(layer, content) : contentSource(layer, content),
          destination: { name: '{{ .name }}', namespace: layer.namespace },
          syncPolicy: syncPolicy(),
        },
      },
    },
  };
}

function contentSource(layer: Layer, { delivery, workloadsFolder, waves }: DeliveryContent) {
  const model = modelOf(delivery);
  const values = pickedValues(layer);
  const followsWave = waves.length > 0 && !model.progressiveSyncs;
  return {
    ...layerPlace(model.source, workloadsFolder, layer.name, clusterLabel(layerLabel(layer.name))),
    targetRevision: followsWave ? waveRef(clusterLabel(WAVE_LABEL)) : ownRef(model),
    helm: { releaseName: releaseName(layer.name), ...(values !== undefined && { values }) },
  };
}

function chartSource(layer: Layer, { tokens }: DeliveryContent) {
  const text = (textOf: (source: HelmSource) => string) =>
    variantText(layer, (variant) => textOf(sourceOf(variant)), tokens);
  const hasValues = layer.variants.some((variant) => sourceOf(variant).values !== undefined);
  return {
    repoURL: text(({ repoURL }) => repoURL),
    chart: text(({ chart }) => chart),
    targetRevision: text(({ version }) => version),
    helm: {
      releaseName: releaseName(layer.name),
      ...(hasValues && { values: text(({ values = {} }) => printYaml(values, tokens, () => false)) }),
    },
  };
}

function sourceOf(variant: LayerVariant): HelmSource {
  return helmSource(variant) ?? { repoURL: '', chart: '', version: '' };
}
