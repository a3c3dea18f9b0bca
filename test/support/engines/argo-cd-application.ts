import type { KubeObject } from '../../../lib/model/kube-object';
import { type Files, isFolder, joinPath, namesIn, only, Refused } from './assembly-files';
import { renderedChart, valuesIn } from './chart';
import { type FilesAt, type HeldUnit, releaseObject } from './held';
import { type FoundSource, filesOfRef, foundIn, GIT, OCI } from './sources';

interface HelmOptions {
  readonly releaseName?: string;
  readonly values?: string;
  readonly valuesObject?: unknown;
}

export interface Source {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path?: string;
  readonly chart?: string;
  readonly helm?: HelmOptions;
}

export interface Application {
  readonly name: string;
  readonly metadata: { readonly finalizers?: readonly string[] };
  readonly spec: {
    readonly project: string;
    readonly source: Source;
    readonly destination: { readonly name?: string; readonly server?: string; readonly namespace: string };
    readonly syncPolicy: {
      readonly automated: { readonly prune?: boolean };
      readonly syncOptions: readonly string[];
    };
  };
}

const home = 'delivery/argo-cd';

/** Where an Application finds what it applies. */
export function sourceOf({ spec, name }: Application, files: Files, at: FilesAt): FoundSource {
  const { repoURL, targetRevision, path } = spec.source;
  if (path === undefined) throw new Refused(`${name} has no path`);
  const found = place(repoURL, path, filesOfRef(targetRevision, files, at));
  if (!isFolder(found.files, found.path)) throw new Refused(`${name} has no folder ${path} in ${repoURL}`);
  return found;
}

/** Artifacts hold what the README tars. */
function place(url: string, path: string, files: Files): FoundSource {
  if (url === GIT) return foundIn(files, path);
  const [, kind, name] = /^\/(workloads|sites|clusters)\/([^/]+)$/.exec(url.slice(OCI.length)) ?? [];
  if (!url.startsWith(OCI) || kind === undefined || name === undefined) throw new Refused(`nobody pushes ${url}`);
  if (kind !== 'sites') return foundIn(files, joinPath(kind, name, path), [`${kind}/${name}`]);
  return foundIn(files, path, [`${home}/workloads`, `${home}/projects`, `${home}/sites/${name}`]);
}

/** `isRemoved`: what it made is removed with it. */
export function heldBy({
  app,
  files,
  at,
  isRemoved,
}: {
  readonly app: Application;
  readonly files: Files;
  readonly at: FilesAt;
  readonly isRemoved: boolean;
}): HeldUnit {
  const { name, spec } = app;
  only(spec, `the Application ${name}`, ['project', 'source', 'destination', 'syncPolicy']);
  const { automated, syncOptions } = spec.syncPolicy;
  return {
    name,
    objects: objectsOf(app, files, at),
    ...(syncOptions.includes('CreateNamespace=true') && { makes: spec.destination.namespace }),
    prunes: (object) => automated.prune === true && !says(object, 'sync-options', 'Prune=false'),
    removes: (object) => isRemoved && !says(object, 'sync-options', 'Delete=false'),
  };
}

function objectsOf(app: Application, files: Files, at: FilesAt): KubeObject[] {
  const { source, destination } = app.spec;
  const members = ['repoURL', 'targetRevision', 'path', 'chart', 'helm'];
  const { chart, repoURL, targetRevision, helm = {} } = only<Source>(source, `the source of ${app.name}`, members);
  only(helm, `helm of ${app.name}`, ['releaseName', 'values', 'valuesObject']);
  const { releaseName = app.name, values, valuesObject } = helm;
  if (releaseName.length > 53) throw new Refused(`${releaseName} is no name of a release`);
  const given = valuesObject ?? valuesIn(values ?? '');
  if (chart !== undefined) {
    const repo = repoURL.includes('://') ? repoURL : `oci://${repoURL}`;
    const { namespace } = destination;
    return [releaseObject({ chart, repo, version: targetRevision, namespace, releaseName, values: given })];
  }
  const found = sourceOf(app, files, at);
  if (!namesIn(found.files, found.path).includes('Chart.yaml')) throw new Refused(`${app.name} is no chart`);
  return renderedChart(found.files, found.path, given, destination.namespace);
}

function says({ metadata }: KubeObject, annotation: string, word: string): boolean {
  const annotations = metadata.annotations as Readonly<Record<string, string>> | undefined;
  return annotations?.[`argocd.argoproj.io/${annotation}`]?.split(',').includes(word) ?? false;
}
