import { manifestsFolder } from '../../../lib/model/folders';
import type { KubeObject } from '../../../lib/model/kube-object';
import { type Files, filesBelow, isFolder, joinPath, objectsIn, only, Refused, textOf } from './assembly-files';
import { releasesOf } from './flux-releases';
import { substituted } from './flux-variables';
import { type EngineSimulator, type FilesAt, type HeldUnit, inNamespace, keyOf, unlessStuck } from './held';
import { kustomized } from './kustomize';
import { type FoundSource, filesOfRef, foundIn, GIT, OCI } from './sources';

/** Flux in the site's own cluster. */
export const FLUX_SIMULATOR: EngineSimulator = { title: 'Flux', heldAt };

interface KustomizationSpec {
  readonly sourceRef: { readonly kind: string; readonly name: string };
  readonly path: string;
  readonly prune: boolean;
  readonly deletionPolicy?: string;
  readonly dependsOn?: readonly { readonly name: string }[];
  readonly postBuild?: {
    readonly substitute?: Readonly<Record<string, string>>;
    readonly substituteFrom?: readonly { readonly kind: string; readonly name: string }[];
  };
}

interface SourceSpec {
  readonly url: string;
  readonly ref: { readonly tag?: string; readonly branch?: string };
  readonly sparseCheckout?: readonly string[];
}

const home = 'delivery/flux';
const members = [
  ...['interval', 'timeout', 'retryInterval', 'sourceRef', 'path', 'prune', 'wait', 'deletionPolicy', 'dependsOn'],
  ...['postBuild', 'decryption', 'serviceAccountName', 'patches'],
];

function heldAt(files: Files, site: string, at: FilesAt = () => files, stuck?: Set<string>): HeldUnit[] {
  const first = objectsIn(textOf(files, joinPath(manifestsFolder(site), 'edgecdk-flux.yaml')));
  const [root, ...more] = kustomizationsIn(first);
  if (!root || more.length > 0) throw new Refused(`${site} has no root, or several`);
  const record = kustomized(sourceOf(root, first, files, () => files));
  if (record.some((object) => first.some((own) => keyOf(own) === keyOf(object))))
    throw new Refused(`the record of ${site} has what it begins with`);
  const own = kustomizationsIn(record);
  const values = valuesOf(record);
  const names = new Set(own.map(({ metadata }) => metadata.name));
  const units = own.flatMap((one) =>
    unlessStuck(one.metadata.name, stuck, () => {
      const spec = specOf(one);
      for (const { name } of spec.dependsOn ?? [])
        if (!names.has(name)) throw new Refused(`${one.metadata.name} waits for good for ${name} at ${site}`);
      const built = kustomized(sourceOf(one, record, files, at));
      const { substitute = {}, substituteFrom = [] } = spec.postBuild ?? {};
      const variables = Object.assign({}, substitute, ...substituteFrom.map((from) => values(from))) as Readonly<
        Record<string, string>
      >;
      const objects = built.map((object) => {
        const isOff =
          Object.keys(variables).length === 0 || says(object, 'kustomize.toolkit.fluxcd.io/substitute', 'disabled');
        return inNamespace(isOff ? object : substituted(object, variables), 'default');
      });
      return [{ name: one.metadata.name, objects: releasesOf(objects), ...removal(spec) }];
    }),
  );
  const ofSite = record.filter(
    ({ apiVersion, metadata }) => !/toolkit\.fluxcd\.io/.test(apiVersion) && metadata.namespace !== 'flux-system',
  );
  return [{ name: root.metadata.name, objects: ofSite, ...removal(specOf(root)) }, ...units];
}

function removal({ prune, deletionPolicy = 'MirrorPrune' }: KustomizationSpec): Pick<HeldUnit, 'prunes' | 'removes'> {
  const isFree = (object: KubeObject) => prune && !says(object, 'kustomize.toolkit.fluxcd.io/prune', 'disabled');
  return { prunes: isFree, removes: (object) => deletionPolicy === 'MirrorPrune' && isFree(object) };
}

function kustomizationsIn(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(({ apiVersion }) => apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'));
}

function specOf({ metadata, spec }: KubeObject): KustomizationSpec {
  return only<KustomizationSpec>(spec, `the Kustomization ${metadata.name}`, members);
}

function valuesOf(record: readonly KubeObject[]) {
  return ({ kind, name }: { readonly kind: string; readonly name: string }) => {
    const found = record.find((object) => object.kind === kind && object.metadata.name === name);
    const data = found?.data as Readonly<Record<string, unknown>> | undefined;
    if (kind !== 'ConfigMap' || found?.metadata.namespace !== 'flux-system' || !data)
      throw new Refused(`there is no ${kind} ${name} in flux-system`);
    const strange = Object.entries(data).filter(([, value]) => typeof value !== 'string');
    if (strange.length > 0) throw new Refused(`${strange.map(([key]) => key).join(', ')} of ${name} is no text`);
    return data as Readonly<Record<string, string>>;
  };
}

function says({ metadata }: KubeObject, annotation: string, value: string): boolean {
  return (metadata.annotations as Readonly<Record<string, string>> | undefined)?.[annotation] === value;
}

function sourceOf(kustomization: KubeObject, known: readonly KubeObject[], files: Files, at: FilesAt): FoundSource {
  const { sourceRef, path } = specOf(kustomization);
  const source = known.find(({ kind, metadata }) => kind === sourceRef.kind && metadata.name === sourceRef.name);
  if (!source) throw new Refused(`${kustomization.metadata.name} has no source ${sourceRef.kind}/${sourceRef.name}`);
  const { url, ref, sparseCheckout } = only<SourceSpec>(source.spec, `the source ${source.metadata.name}`, [
    ...['interval', 'url', 'ref', 'secretRef', 'verify', 'insecure', 'sparseCheckout'],
  ]);
  const there = filesOfRef(ref.tag ?? ref.branch ?? '', files, at);
  const found = url === GIT ? foundIn(there, joinPath(path), sparseCheckout) : artifact(url, joinPath(path), there);
  if (!isFolder(found.files, found.path)) throw new Refused(`${kustomization.metadata.name} has no folder ${path}`);
  return found;
}

/** What `publish.sh` makes an artifact of. */
function artifact(url: string, path: string, files: Files): FoundSource {
  const name = url.slice(OCI.length + 1);
  if (!url.startsWith(`${OCI}/`) || !/^[a-z0-9.-]+$/.test(name)) throw new Refused(`nobody pushes ${url}`);
  const [, shard] = /^sites-([0-9a-f]{2})$/.exec(name) ?? [];
  if (shard !== undefined) return foundIn(files, joinPath(home, path), [`${home}/workloads`, `${home}/sites/${shard}`]);
  const [, cluster] = /^cluster-(.*)$/.exec(name) ?? [];
  const folder =
    cluster !== undefined && isFolder(files, `clusters/${cluster}`) ? `clusters/${cluster}` : `workloads/${name}`;
  return foundIn(files, joinPath(folder, path), [folder]);
}

/** Files that a cluster which sites share is given, by path in the assembly. */
export function fluxSharedFiles(files: Files, id: string): string[] {
  const objects = objectsIn(textOf(files, `${home}/clusters/${id}.yaml`));
  return kustomizationsIn(objects).flatMap((one) => {
    const { path } = sourceOf(one, objects, files, () => files);
    // A folder without a kustomization.yaml is taken with all that is below.
    const below = filesBelow(files, path);
    if (below.some((file) => /\/kustomization\.ya?ml$/.test(file))) throw new Refused(`${path} is not plain`);
    return below.filter((file) => /\.ya?ml$/.test(file));
  });
}
