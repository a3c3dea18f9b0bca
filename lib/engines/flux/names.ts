import { sha256 } from '../../model/digest';

/** Where Flux is, and all that tells it what to do. */
export const NAMESPACE = 'flux-system';

/** Source and Kustomization that a site begins with. */
export const ROOT = 'edgecdk';

/** Source of shared content in git; with OCI artifacts each layer has one of its own. Also its folder among those of layers. */
export const CONTENT_SOURCE = 'edgecdk-workloads';

/** What a site's variables are in. */
export const SITE_VALUES = 'edgecdk-site';

/** On sources of shared content: which ones follow the wave of a site. */
export const FOLLOWS = 'edgecdk.dev/follows';

/** Names in `flux-system` that are no layer's. The last one is what `flux bootstrap` makes. */
export const TAKEN: ReadonlySet<string> = new Set([ROOT, CONTENT_SOURCE, 'flux-system']);

/** A wave's branch or tag of shared content. */
export function waveRef(wave: string): string {
  return `wave-${wave}`;
}

/** Artifact with the records of a shard. */
export function shardArtifact(shard: string): string {
  return `sites-${shard}`;
}

/** Artifact of a cluster that sites share. */
export function clusterArtifact(id: string): string {
  return `cluster-${id}`;
}

/** Account with the rights of an owner. Owners are values of labels, accounts have names of objects. */
export function accountName(owner: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?$/.test(owner)) return `owner-${owner}`;
  const plain = owner
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `owner-${plain === '' ? '' : `${plain}-`}${sha256(owner).slice(0, 8)}`;
}
