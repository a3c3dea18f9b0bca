import type { KubeObject } from '../../model/kube-object';
import type { FluxModel, GitSource, OciSource } from './model';
import { CONTENT_SOURCE, FOLLOWS, NAMESPACE } from './names';

/** A source, and where the content that is meant is in it. */
export interface Place {
  readonly sourceRef: { readonly kind: 'OCIRepository' | 'GitRepository'; readonly name: string };
  readonly path: string;
}

const API = 'source.toolkit.fluxcd.io/v1';

/** An artifact below the delivery's address. */
export function ociRepository(
  name: string,
  artifact: string,
  tag: string,
  { source, intervalMinutes }: FluxModel & { readonly source: OciSource },
): KubeObject {
  const { url, secret, verify, insecure } = source;
  return {
    apiVersion: API,
    kind: 'OCIRepository',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      interval: `${intervalMinutes}m`,
      url: `${url}/${artifact}`,
      ref: { tag },
      ...(secret !== undefined && { secretRef: { name: secret } }),
      ...(verify && {
        verify: {
          provider: verify.provider,
          ...(verify.secret !== undefined && { secretRef: { name: verify.secret } }),
        },
      }),
      ...(insecure && { insecure }),
    },
  };
}

/** The repository, with some of its folders: artifacts of a whole one would have the records of all sites. */
export function gitRepository(
  name: string,
  folders: readonly string[],
  { source, intervalMinutes }: FluxModel & { readonly source: GitSource },
): KubeObject {
  const { url, branch, secret } = source;
  return {
    apiVersion: API,
    kind: 'GitRepository',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      interval: `${intervalMinutes}m`,
      url,
      ref: { branch },
      sparseCheckout: folders.map((folder) => inRepository(source, folder)),
      ...(secret !== undefined && { secretRef: { name: secret } }),
    },
  };
}

/** Where a folder of the assembly is in the repository. */
export function inRepository({ path }: GitSource, folder: string): string {
  return path === '' ? folder : `${path}/${folder}`;
}

/** The same source, which follows the wave of its site where there are waves. */
export function followingWave<T extends KubeObject>(source: T): T {
  return { ...source, metadata: { ...source.metadata, labels: { [FOLLOWS]: 'wave' } } };
}

/** Where content of a layer is. */
export function contentPlace(layer: string, folder: string, source: FluxModel['source'], workloads: string): Place {
  if (source.kind === 'oci') return { sourceRef: { kind: 'OCIRepository', name: layer }, path: `./${folder}` };
  return {
    sourceRef: { kind: 'GitRepository', name: CONTENT_SOURCE },
    path: `./${inRepository(source, `${workloads}/${layer}/${folder}`)}`,
  };
}

export function isOci(model: FluxModel): model is FluxModel & { readonly source: OciSource } {
  return model.source.kind === 'oci';
}

export function isGit(model: FluxModel): model is FluxModel & { readonly source: GitSource } {
  return model.source.kind === 'git';
}
