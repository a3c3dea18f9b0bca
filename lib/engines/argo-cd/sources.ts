import { recordFolder } from '../../model/folders';
import type { ArgoCdModel, ArgoCdSource } from './model';

/** Where an Application finds what it applies. */
export interface SourcePlace {
  readonly repoURL: string;
  readonly path: string;
}

/** Folder of a layer's variant, in the assembly or, of artifacts, in that of the layer: each layer is one of its own. */
export function layerPlace(source: ArgoCdSource, workloadsFolder: string, layer: string, variant: string): SourcePlace {
  return source.kind === 'git'
    ? { repoURL: source.url, path: inRepository(source.path, `${workloadsFolder}/${layer}/${variant}`) }
    : { repoURL: layerArtifact(source.url, layer), path: variant };
}

/** Folder of a site's record, which with artifacts is in that of its shard, by its path in the assembly. `site` and `shard` may be tokens. */
export function recordPlace(source: ArgoCdSource, engine: string, site: string, shard: string): SourcePlace {
  // A folder is named by the digest of the site's name, which a token has not.
  const [top] = recordFolder(engine, 'site').split('/sites/');
  const path = `${top}/sites/${shard}/${site}`;
  return source.kind === 'git'
    ? { repoURL: source.url, path: inRepository(source.path, path) }
    : { repoURL: recordsArtifact(source.url, shard), path };
}

/** A folder of a cluster that sites share, which is one artifact. */
export function sharedClusterPlace(source: ArgoCdSource, cluster: string, folder: string): SourcePlace {
  return source.kind === 'git'
    ? { repoURL: source.url, path: inRepository(source.path, `${cluster}/${folder}`) }
    : { repoURL: `${source.url}/${cluster}`, path: folder };
}

export function layerArtifact(url: string, layer: string): string {
  return `${url}/workloads/${layer}`;
}

export function recordsArtifact(url: string, shard: string): string {
  return `${url}/sites/${shard}`;
}

/** What all follow where there are no waves. */
export function ownRef({ source }: Pick<ArgoCdModel, 'source'>): string {
  return source.kind === 'git' ? source.branch : source.tag;
}

/** As oras has it: `registry.example/fleet`. */
export function registryOf(url: string): string {
  return url.replace('oci://', '');
}

export function inRepository(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
