import type { DeliveryContent } from '../../model/delivery';
import { isEncryptedSecret } from '../../model/encrypted-secret';
import type { KubeObject } from '../../model/kube-object';
import type { Layer, LayerVariant } from '../../model/layer';
import { fluxText } from './flux-text';
import { helmRelease, isWorkloadChart } from './helm-release';
import { withKept } from './kept';
import { kustomizeFolder, layerKustomization } from './kustomization';
import { modelOf } from './model';
import { CONTENT_SOURCE } from './names';
import { contentPlace, followingWave, gitRepository, isGit, isOci, ociRepository } from './sources';

/** Objects of a variant as Flux gets them, with tokens. */
export function fluxObjects(layer: Layer, { objects }: LayerVariant, { delivery }: DeliveryContent): KubeObject[] {
  return objects.flatMap((object) => {
    if (isWorkloadChart(layer, object)) return helmRelease(object, layer, modelOf(delivery));
    return [isEncryptedSecret(object) ? object : withKept(object)];
  });
}

/** Shared content of a variant, by path below the folder of its layer. */
export function layerFiles(layer: Layer, variant: LayerVariant, content: DeliveryContent): Map<string, string> {
  return new Map([
    [`${variant.name}/kustomization.yaml`, content.print([kustomizeFolder(['objects.yaml'])])],
    [
      `${variant.name}/objects.yaml`,
      `# Made by EdgeCDK from [${layer.workload?.path ?? content.fleet}]. Changes belong there. Flux fills in \${...} for each site.\n${fluxText(fluxObjects(layer, variant, content), content.tokens)}`,
    ],
  ]);
}

/** What makes a site's Flux apply a variant, by path below the folder of its layer. */
export function deliveryFiles(layer: Layer, variant: LayerVariant, content: DeliveryContent): Map<string, string> {
  return new Map([
    [`${variant.name}/kustomization.yaml`, content.print([kustomizeFolder(['delivery.yaml'])])],
    [`${variant.name}/delivery.yaml`, content.print(deliveryObjects(layer, variant, content))],
  ]);
}

/** Each layer is an artifact of its own, so a release of one carries no change of another. */
export function deliveryObjects(layer: Layer, variant: LayerVariant, content: DeliveryContent): KubeObject[] {
  const model = modelOf(content.delivery);
  const place = contentPlace(layer.name, variant.name, model.source, content.workloadsFolder);
  return [
    ...(isOci(model) ? [followingWave(ociRepository(layer.name, layer.name, model.source.tag, model))] : []),
    layerKustomization(layer, place, model),
  ];
}

/** The one source of shared content in git. It is not the one that a site begins with, since it may follow the branch of a wave. */
export function contentSource({ delivery, workloadsFolder }: DeliveryContent): KubeObject | undefined {
  const model = modelOf(delivery);
  return isGit(model) ? followingWave(gitRepository(CONTENT_SOURCE, [workloadsFolder], model)) : undefined;
}
