import { manifestsFolder, recordFolder } from '../../../lib/model/folders';
import type { KubeObject } from '../../../lib/model/kube-object';
import { type Application, heldBy, type Source, sourceOf } from './argo-cd-application';
import { checkObjects, checkProject } from './argo-cd-project';
import { applicationSets, applicationsOf, type Cluster } from './argo-cd-set';
import { type Files, filesBelow, joinPath, objectAt, objectsIn, only, Refused, textOf } from './assembly-files';
import { type EngineSimulator, type FilesAt, type HeldUnit, unlessStuck } from './held';
import { kustomized } from './kustomize';
import { checkedLabels, type Labels } from './selector';

/** Argo CD on a hub, to which a site is a cluster Secret with the record's labels and annotations. */
export const ARGO_CD_HUB_SIMULATOR: EngineSimulator = { title: 'Argo CD on a hub', heldAt: heldAtHub };
/** Argo CD at the site itself, which begins with one Application. */
export const ARGO_CD_SITE_SIMULATOR: EngineSimulator = { title: 'Argo CD at each site', heldAt: heldAtSite };

const home = 'delivery/argo-cd';

function heldAtHub(files: Files, site: string, at: FilesAt = () => files, stuck?: Set<string>): HeldUnit[] {
  const secret = objectAt(files, joinPath(recordFolder('argo-cd', site), 'cluster.yaml'));
  const { labels, annotations = {} } = secret.metadata as {
    readonly labels?: Labels;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  only(secret, `the Secret of ${site}`, ['apiVersion', 'kind', 'metadata']);
  const metadata = {
    labels: { ...checkedLabels(labels), 'argocd.argoproj.io/secret-type': 'cluster' },
    annotations,
  };
  // Whoever registers a site says its name.
  const cluster: Cluster = { name: site, nameNormalized: site.toLowerCase().replace(/[^a-z0-9.-]/g, '-'), metadata };
  return applicationSets(files).flatMap((set) =>
    // A set that cannot make one Application makes none, and leaves those that there are.
    unlessStuck(`${set.metadata.name}-${cluster.nameNormalized}`, stuck, () =>
      applicationsOf(set, cluster).map((app) => {
        const project = objectAt(files, `${home}/projects/${app.spec.project}.yaml`);
        checkProject(project, app, { name: site });
        const unit = heldBy({ app, files, at, isRemoved: !set.spec.syncPolicy.preserveResourcesOnDeletion });
        checkObjects(project, unit.objects, { name: site });
        return unit;
      }),
    ),
  );
}

function heldAtSite(files: Files, site: string, at: FilesAt = () => files, stuck?: Set<string>): HeldUnit[] {
  const root = objectAt(files, joinPath(manifestsFolder(site), 'edgecdk-argo-cd.yaml')) as unknown as Application;
  const objects = kustomized(sourceOf(root, files, () => files));
  const projects = new Map(objects.filter(({ kind }) => kind === 'AppProject').map((one) => [one.metadata.name, one]));
  const apps = objects.filter(({ kind }) => kind === 'Application');
  if (projects.size + apps.length !== objects.length) throw new Refused(`the record of ${site} has strange kinds`);
  const isPruned = root.spec.syncPolicy.automated.prune === true;
  const here = { server: 'https://kubernetes.default.svc', name: 'in-cluster' };
  const heldApp = (object: KubeObject): HeldUnit[] =>
    unlessStuck(object.metadata.name, stuck, () => {
      const app = { ...object, name: object.metadata.name } as unknown as Application;
      const { finalizers = [] } = app.metadata;
      const project = projects.get(app.spec.project);
      if (!project) throw new Refused(`${app.name} is in the project ${app.spec.project}, which is not there`);
      checkProject(project, app, here);
      const isRemoved = isPruned && finalizers.includes('resources-finalizer.argocd.argoproj.io');
      const unit = heldBy({ app, files, at, isRemoved });
      checkObjects(project, unit.objects, here);
      // What it makes may be Applications again: of charts of others.
      const inner = unit.objects.filter(({ kind }) => kind === 'Application');
      if (inner.length === 0) return [unit];
      return [{ ...unit, objects: unit.objects.filter((one) => !inner.includes(one)) }, ...inner.flatMap(heldApp)];
    });
  // The namespace in which Argo CD is at each site is no workload's.
  const { namespace } = root.spec.destination;
  return apps.flatMap(heldApp).map((unit) => (unit.makes === namespace ? { ...unit, makes: undefined } : unit));
}

/** Files that a cluster which sites share is given by a hub, by path in the assembly. */
export function argoCdSharedFiles(files: Files, id: string): string[] {
  const labels = { 'edgecdk.dev/cluster': id };
  const cluster = { name: id, nameNormalized: id, metadata: { labels, annotations: {} } };
  return applicationSets(files)
    .flatMap((set) => applicationsOf(set, cluster))
    .flatMap((app) => {
      checkProject(objectAt(files, `${home}/projects/${app.spec.project}.yaml`), app, { name: id });
      return folderOf(app, files);
    });
}

/** The same with an Argo CD in the cluster. */
export function argoCdOwnSharedFiles(files: Files, id: string): string[] {
  return objectsIn(textOf(files, `${home}/clusters/${id}.yaml`)).flatMap((object) =>
    folderOf({ ...object, name: object.metadata.name } as unknown as Application, files),
  );
}

/** Plain objects of a folder and all below. */
function folderOf(app: Application, files: Files): string[] {
  const { directory } = app.spec.source as Source & { readonly directory: { readonly recurse: boolean } };
  if (only<typeof directory>(directory, 'a directory', ['recurse']).recurse !== true)
    throw new Refused(`${app.name} takes only the top of its folder`);
  return filesBelow(files, sourceOf(app, files, () => files).path).filter((path) => /\.(ya?ml|json)$/.test(path));
}
