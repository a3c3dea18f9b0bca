import { ARGO_CD_OVERHEAD } from '../../catalog/argo-cd';
import type { DeliveryContent, DeliveryEngine, DeliveryFiles } from '../../model/delivery';
import { sorted } from '../../model/digest';
import type { FileContent } from '../../model/file-content';
import { layerSet } from './application-set';
import { contentProblems } from './content-problems';
import { hubRecord } from './hub-records';
import { type ArgoCdModel, type ArgoCdShape, type ArgoCdSource, modelOf, type SyncWindowModel } from './model';
import { modelProblems } from './model-problems';
import { projectsOf } from './projects';
import { publishScript } from './publish-script';
import { hubReadme } from './readme-hub';
import { siteReadme } from './readme-site';
import { sharedClusterSet, sharedName } from './shared-clusters';
import { sharedContent } from './shared-content';
import { siteBootstrap, siteFiles, siteRecord } from './site-shape';

/** One Argo CD that reaches out to all sites, or one at each site that pulls. */
export const ARGO_CD: DeliveryEngine = {
  name: 'argo-cd',
  title: 'Argo CD',
  pulls: true,
  manifests:
    'Argo CD: README.md in delivery/argo-cd says who pushes what sites pull, and what a hub, or a site once, is given.',
  pause:
    'on a hub, `kubectl annotate secret cluster-<site> argocd.argoproj.io/skip-reconcile=true` in the namespace of Argo CD, 3.4 or newer; with an Argo CD at the site, `kubectl annotate applications.argoproj.io --all argocd.argoproj.io/skip-reconcile=true` in its namespace there',
  problems: (delivery) => modelProblems(modelOf(delivery)),
  overhead: (delivery) => ARGO_CD_OVERHEAD[modelOf(delivery).shape],
  render: (content) => (modelOf(content.delivery).shape === 'hub' ? renderHub(content) : renderSites(content)),
};

export interface ArgoCdOptions {
  readonly source: ArgoCdSource;
  readonly shape?: ArgoCdShape;
  readonly namespace?: string;
  readonly syncWindows?: readonly SyncWindowModel[];
  readonly progressiveSyncs?: boolean;
}

export function argoCdDelivery(options: ArgoCdOptions): ArgoCdModel {
  return { shape: 'hub', namespace: 'argocd', progressiveSyncs: false, ...options, engine: ARGO_CD };
}

function renderHub(content: DeliveryContent): DeliveryFiles {
  const objects = new Map<string, readonly unknown[]>([
    ...[...projectsOf(content)].map(([name, project]) => [`projects/${name}.yaml`, [project]] as const),
    ...content.layers.map((layer) => [`applicationsets/${layer.name}.yaml`, [layerSet(layer, content)]] as const),
    ...content.sharedClusters.map(
      (cluster) => [`applicationsets/${sharedName(cluster.id)}.yaml`, [sharedClusterSet(cluster, content)]] as const,
    ),
  ]);
  return {
    files: printed(objects, hubReadme(content), content),
    layers: sharedContent(content),
    records: new Map(content.cohorts.map((own) => [own.cohort.id, hubRecord(own, content)])),
    problems: contentProblems(content, objects),
  };
}

function renderSites(content: DeliveryContent): DeliveryFiles {
  const objects = siteFiles(content);
  const bootstrap: readonly FileContent[] = siteBootstrap(content);
  return {
    files: printed(objects, siteReadme(content), content),
    layers: sharedContent(content),
    records: new Map(content.cohorts.map((own) => [own.cohort.id, siteRecord(own, content)])),
    bootstrap: new Map(content.cohorts.map(({ cohort }) => [cohort.id, bootstrap])),
    problems: contentProblems(content, objects),
  };
}

function printed(
  objects: ReadonlyMap<string, readonly unknown[]>,
  readme: string,
  content: DeliveryContent,
): Map<string, string> {
  const texts = new Map([...objects].map(([path, documents]) => [path, content.print(documents)]));
  texts.set('README.md', readme);
  if (modelOf(content.delivery).source.kind === 'oci') texts.set('publish.sh', publishScript(content));
  return new Map(sorted(texts, ([path]) => path));
}
