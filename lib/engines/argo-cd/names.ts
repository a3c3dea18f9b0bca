import { sha256 } from '../../model/digest';

/** Project of what has no owner: layers of clusters, and workloads of no one. */
export const OWN_PROJECT = 'edgecdk';

export const WAVE_LABEL = 'edgecdk.dev/wave';

/** Of clusters that sites share: which one it is. */
export const CLUSTER_LABEL = 'edgecdk.dev/cluster';

/** On ApplicationSets: a label or value that a cluster has not is no empty text. */
export const GO_TEMPLATE = { goTemplate: true, goTemplateOptions: ['missingkey=error'] };

/** On a cluster: the JSON of its site's values, `{"v":{...}}`. */
export const VALUES_ANNOTATION = 'edgecdk.dev/values';

/** On a cluster: which variant of a layer its site has. */
export function layerLabel(layer: string): string {
  return `workload.edgecdk.dev/${layer}`;
}

/** Project of clusters that sites share. */
export const SHARED_PROJECT = 'edgecdk-shared';

const taken = new Set(['default', OWN_PROJECT, SHARED_PROJECT]);

/** Owners are values of labels, projects have names of objects. Argo CD has a project `default` of its own. */
export function projectName(owner: string | undefined): string {
  if (owner === undefined) return OWN_PROJECT;
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(owner) && !taken.has(owner)) return owner;
  const plain = owner
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 50);
  return `${plain === '' ? 'owner' : plain.replace(/-+$/, '')}-${sha256(owner).slice(0, 8)}`;
}

/** Of a layer's name, of at most the 53 characters that Helm takes. @see helm/helm, pkg/chart/common/util, release names */
export function releaseName(layer: string): string {
  return layer.length <= 53 ? layer : `${layer.slice(0, 44)}-${sha256(layer).slice(0, 8)}`;
}

/** A wave's branch or tag of shared content. */
export function waveRef(wave: string): string {
  return `wave-${wave}`;
}
