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
    'Argo CD: its README in `delivery/argo-cd` says what is pushed where, what is applied to the hub, and what each site gets once.',
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
  { print }: DeliveryContent,
): Map<string, string> {
  const texts = [...objects].map(([path, documents]) => [path, print(documents)] as const);
  return new Map(sorted([...texts, ['README.md', readme] as const], ([path]) => path));
}
