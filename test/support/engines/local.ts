import { manifestsFolder } from '../../../lib/model/folders';
import type { KubeObject } from '../../../lib/model/kube-object';
import { type Files, isFolder, joinPath, namesIn, objectsIn, only, textOf } from './assembly-files';
import { valuesIn } from './chart';
import { type EngineSimulator, type HeldUnit, inNamespace, releaseObject } from './held';

/** The auto-deploy folder of K3s: a file that loses objects loses them at the site, and one that goes leaves them. */
export const LOCAL: EngineSimulator = { title: 'local', heldAt };

function heldAt(files: Files, site: string): HeldUnit[] {
  const folder = manifestsFolder(site);
  if (!isFolder(files, folder)) return [];
  return namesIn(files, folder).map((name) => ({
    name,
    objects: objectsIn(textOf(files, joinPath(folder, name))).map((object) => ofHelm(inNamespace(object, 'default'))),
    prunes: () => true,
    removes: () => false,
  }));
}

interface HelmChartSpec {
  readonly chart: string;
  readonly repo?: string;
  readonly version: string;
  readonly targetNamespace: string;
  readonly valuesContent?: string;
}

function ofHelm(object: KubeObject): KubeObject {
  if (object.kind !== 'HelmChart') return object;
  const spec = only<HelmChartSpec>(object.spec, 'a HelmChart', [
    'chart',
    'repo',
    'version',
    'targetNamespace',
    'valuesContent',
  ]);
  return releaseObject({
    ...chartAddress(spec.chart, spec.repo),
    version: spec.version,
    namespace: spec.targetNamespace,
    releaseName: object.metadata.name,
    values: valuesIn(spec.valuesContent ?? ''),
  });
}

/** A chart in a registry as its repository and its name. */
export function chartAddress(
  chart: string,
  repo: string | undefined,
): { readonly chart: string; readonly repo: string } {
  if (repo !== undefined) return { chart, repo };
  const slash = chart.lastIndexOf('/');
  return { chart: chart.slice(slash + 1), repo: chart.slice(0, slash) };
}
