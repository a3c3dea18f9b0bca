import type { DeliveryContent, DeliverySharedCluster } from '../../model/delivery';
import type { FileContent } from '../../model/file-content';
import { deliveryFolder } from '../../model/folders';
import type { KubeObject } from '../../model/kube-object';
import { keepingPatch } from './kept';
import { kustomization } from './kustomization';
import { modelOf } from './model';
import { clusterArtifact, ROOT, shardArtifact } from './names';
import { gitRepository, inRepository, isGit, isOci, ociRepository, type Place } from './sources';

/**
 * What a site's cluster gets once. It names the site and its shard, which never change, and nothing else of it: all else is in the record, which it pulls.
 * The root that goes leaves what it made.
 */
export function bootstrap(content: DeliveryContent): FileContent {
  const { tokens, delivery } = content;
  const model = modelOf(delivery);
  const [site, shard] = [tokens.text('site.name'), tokens.text('site.shard')];
  const record = `sites/${shard}/${site}`;
  const folder = deliveryFolder(delivery.engine.name);
  const objects: KubeObject[] = [];
  const rootAt = (place: Place) => kustomization(ROOT, model, { ...place, wait: false, deletionPolicy: 'Orphan' });
  if (isOci(model)) {
    objects.push(
      ociRepository(ROOT, shardArtifact(shard), RECORDS_TAG, model),
      rootAt({ sourceRef: { kind: 'OCIRepository', name: ROOT }, path: `./${record}` }),
    );
  } else if (isGit(model)) {
    objects.push(
      gitRepository(ROOT, [`${folder}/workloads`, `${folder}/${record}`], model),
      rootAt({
        sourceRef: { kind: 'GitRepository', name: ROOT },
        path: `./${inRepository(model.source, `${folder}/${record}`)}`,
      }),
    );
  }
  return { name: 'edgecdk-flux', retire: 'keep', objects };
}

/** Records follow no wave: which wave a site is in stands in its record. */
export const RECORDS_TAG = 'latest';

/**
 * The same for a cluster that sites share, whose folder has plain objects: what stands in it once, then what each site adds. Nobody says of these objects which
 * hold data, so a patch does.
 */
export function sharedClusterObjects(
  { id, folder, siteShards = [] }: DeliverySharedCluster,
  content: DeliveryContent,
): KubeObject[] {
  const model = modelOf(content.delivery);
  const name = `${ROOT}-${id}`;
  const placeOf = (part: string): Place =>
    isGit(model)
      ? { sourceRef: { kind: 'GitRepository', name }, path: `./${inRepository(model.source, `${folder}/${part}`)}` }
      : { sourceRef: { kind: 'OCIRepository', name }, path: `./${part}` };
  // Flux takes a folder that is not there for an error.
  const parts = ['manifests', ...(siteShards.length > 0 ? ['sites'] : [])].map((part) =>
    kustomization(`${name}-${part}`, model, {
      ...placeOf(part),
      wait: false,
      deletionPolicy: 'Orphan',
      patches: [keepingPatch()],
      ...(part === 'sites' && { dependsOn: [{ name: `${name}-manifests` }] }),
    }),
  );
  if (isOci(model)) return [ociRepository(name, clusterArtifact(id), RECORDS_TAG, model), ...parts];
  return isGit(model) ? [gitRepository(name, [folder], model), ...parts] : [];
}
