import { FLUX_OVERHEAD } from '../../catalog/flux';
import type { DeliveryContent, DeliveryEngine, DeliveryFiles } from '../../model/delivery';
import { bootstrap, sharedClusterObjects } from './bootstrap';
import { contentProblems } from './content-problems';
import { FLUX_UNSUBSTITUTED } from './flux-text';
import { kustomizeFolder } from './kustomization';
import { contentSource, deliveryFiles, layerFiles } from './layer-files';
import { type FluxModel, type FluxSource, type GitSource, modelOf, type OciSource } from './model';
import { modelProblems } from './model-problems';
import { CONTENT_SOURCE } from './names';
import { publishScript } from './publish-script';
import { readme } from './readme';
import { siteRecord } from './records';

/** Flux in each site's own cluster, which pulls from a registry or a git repository. No central object knows of a site. */
export const FLUX: DeliveryEngine = {
  name: 'flux',
  title: 'Flux',
  pulls: true,
  manifests:
    'Flux: README.md in delivery/flux says who pushes what sites pull. What is in a folder of a site is applied there once.',
  pause: '`flux suspend kustomization --all --namespace flux-system`, at the site',
  problems: (delivery) => modelProblems(modelOf(delivery)),
  overhead: () => FLUX_OVERHEAD,
  decrypts: { annotations: FLUX_UNSUBSTITUTED },
  render,
};

export interface FluxOptions extends Partial<Pick<FluxModel, 'intervalMinutes' | 'decryption' | 'serviceAccounts'>> {
  readonly source:
    | (Omit<OciSource, 'tag'> & { readonly tag?: string })
    | (Omit<GitSource, 'branch' | 'path'> & { readonly branch?: string; readonly path?: string });
}

export function fluxDelivery(options: FluxOptions): FluxModel {
  return { intervalMinutes: 15, serviceAccounts: false, ...options, engine: FLUX, source: sourceOf(options.source) };
}

function sourceOf(source: FluxOptions['source']): FluxSource {
  return source.kind === 'oci' ? { tag: 'latest', ...source } : { branch: 'main', path: '', ...source };
}

function render(content: DeliveryContent): DeliveryFiles {
  const { source } = modelOf(content.delivery);
  const files = new Map<string, string>();
  const layers = new Map<string, string>();
  for (const layer of content.layers) {
    for (const variant of layer.variants) {
      for (const [path, text] of layerFiles(layer, variant, content)) layers.set(`${layer.name}/${path}`, text);
      for (const [path, text] of deliveryFiles(layer, variant, content))
        files.set(`workloads/${layer.name}/${path}`, text);
    }
  }
  const shared = contentSource(content);
  if (shared) {
    files.set(`workloads/${CONTENT_SOURCE}/kustomization.yaml`, content.print([kustomizeFolder(['source.yaml'])]));
    files.set(`workloads/${CONTENT_SOURCE}/source.yaml`, content.print([shared]));
  }
  for (const cluster of content.sharedClusters)
    files.set(`clusters/${cluster.id}.yaml`, content.print(sharedClusterObjects(cluster, content)));
  if (source.kind === 'oci') files.set('publish.sh', publishScript(content, source));
  files.set('README.md', readme(content));
  return {
    files,
    layers,
    records: new Map(content.cohorts.map((cohort) => [cohort.cohort.id, siteRecord(cohort, content)])),
    bootstrap: new Map(content.cohorts.map(({ cohort }) => [cohort.id, [bootstrap(content)]])),
    problems: contentProblems(content),
  };
}
