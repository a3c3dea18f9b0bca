import { ARGO_CD_API, IN_CLUSTER } from '../../catalog/argo-cd';
import { scopeOf } from '../../catalog/kubernetes';
import type { DeliveryContent } from '../../model/delivery';
import { compareText, sorted } from '../../model/digest';
import { apiGroup, type KubeObject } from '../../model/kube-object';
import type { Layer } from '../../model/layer';
import { splitTokens, type TokenTable } from '../../model/token';
import { helmSource, isHelmLayer } from './helm-layer';
import { type ArgoCdModel, modelOf } from './model';
import { OWN_PROJECT, projectName, SHARED_PROJECT } from './names';
import { layerArtifact } from './sources';

interface Destination {
  readonly name?: string;
  readonly server?: string;
  readonly namespace: string;
}

/** One project for each owner, by name: where its Applications may come from, where they may go, and when. */
export function projectsOf(content: DeliveryContent): Map<string, KubeObject> {
  const { layers, delivery, sharedClusters } = content;
  const owners = new Map<string, { readonly owner?: string; readonly layers: Layer[] }>([
    [OWN_PROJECT, { layers: [] }],
  ]);
  for (const layer of layers) {
    const name = projectName(layer.owner);
    const known = owners.get(name)?.layers ?? [];
    owners.set(name, { ...(layer.owner !== undefined && { owner: layer.owner }), layers: [...known, layer] });
  }
  const projects = [...owners].map(([name, own]) => [name, ownerProject(name, own, content)] as const);
  const shared = sharedClusters.length > 0 ? [[SHARED_PROJECT, sharedProject(content)] as const] : [];
  return new Map(
    sorted([...projects, ...shared], ([name]) => name).map(([name, spec]) => [
      name,
      {
        apiVersion: ARGO_CD_API,
        kind: 'AppProject',
        metadata: { name, namespace: modelOf(delivery).namespace },
        spec,
      },
    ]),
  );
}

function ownerProject(
  name: string,
  { owner, layers }: { readonly owner?: string; readonly layers: readonly Layer[] },
  content: DeliveryContent,
) {
  const model = modelOf(content.delivery);
  const { tokens } = content;
  const isOwn = name === OWN_PROJECT;
  const namespaces = [
    ...layers.flatMap((layer) => [layer.namespace, ...namespacesIn(layer, tokens)]),
    // At a site, Applications of charts are made by Applications of ours.
    ...(isOwn && model.shape === 'site' ? [model.namespace] : []),
  ];
  return {
    description: owner === undefined ? 'What EdgeCDK delivers for no owner' : `What EdgeCDK delivers for ${owner}`,
    sourceRepos: unique([
      ...layers.flatMap((layer) => [...ownRepos(layer, model), ...chartRepos(layer, tokens)]),
      ...(isOwn && model.shape === 'site' ? content.layers.filter(isHelmLayer).flatMap((l) => ownRepos(l, model)) : []),
    ]),
    destinations: unique(namespaces).map((namespace) => destination(model, namespace)),
    clusterResourceWhitelist: clusterKinds(layers),
    ...windowsOf(model, owner),
  };
}

/** All clusters that a program describes, and all that a distribution puts into them. */
function sharedProject({ delivery, sharedClusters }: DeliveryContent) {
  const model = modelOf(delivery);
  const { source } = model;
  const repos = source.kind === 'git' ? [source.url] : sharedClusters.map(({ folder }) => `${source.url}/${folder}`);
  return {
    description: 'Clusters that sites share',
    sourceRepos: repos,
    destinations: [{ name: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    ...windowsOf(model, undefined),
  };
}

/** Any site, and never the hub itself. */
function destination({ shape }: ArgoCdModel, namespace: string): Destination {
  return shape === 'hub' ? { name: `!${IN_CLUSTER.name}`, namespace } : { server: IN_CLUSTER.server, namespace };
}

function ownRepos(layer: Layer, { source, shape }: ArgoCdModel): string[] {
  if (isHelmLayer(layer) && shape === 'hub') return [];
  return [source.kind === 'git' ? source.url : layerArtifact(source.url, layer.name)];
}

function chartRepos(layer: Layer, tokens: TokenTable): string[] {
  if (!isHelmLayer(layer)) return [];
  return layer.variants.flatMap((variant) => {
    const source = helmSource(variant);
    return source ? [anyOf(source.repoURL, tokens)] : [];
  });
}

/** Of a HelmWorkload, the one object is a description of a chart, which goes nowhere. */
function namespacesIn(layer: Layer, tokens: TokenTable): string[] {
  if (isHelmLayer(layer)) return [];
  const objects = layer.variants.flatMap((variant) => variant.objects);
  return objects.flatMap(({ metadata: { namespace } }) => (namespace === undefined ? [] : [anyOf(namespace, tokens)]));
}

/** With the value of a site as a star: projects are of all sites. */
function anyOf(text: string, tokens: TokenTable): string {
  return splitTokens(text, tokens)
    .map((part) => (typeof part === 'string' ? part : '*'))
    .join('');
}

/** Namespaces, which Argo CD makes where they are missing, and what the layers hold of kinds without one. Of charts of others nothing is known. */
function clusterKinds(layers: readonly Layer[]): { group: string; kind: string }[] {
  if (layers.some(isHelmLayer)) return [{ group: '*', kind: '*' }];
  const found = layers
    .flatMap(({ variants }) => variants.flatMap(({ objects }) => objects))
    .filter(({ apiVersion, kind, metadata }) => {
      const scope = scopeOf(apiVersion, kind);
      return scope === 'Cluster' || (scope === undefined && metadata.namespace === undefined);
    })
    .map(({ apiVersion, kind }) => `${apiGroup(apiVersion)}/${kind}`);
  return unique([...found, '/Namespace']).map((one) => {
    const [group = '', kind = ''] = one.split('/');
    return { group, kind };
  });
}

function windowsOf({ syncWindows = [] }: ArgoCdModel, owner: string | undefined) {
  const own = syncWindows.filter((window) => window.owner === undefined || window.owner === owner);
  if (own.length === 0) return {};
  return {
    syncWindows: own.map(({ kind, schedule, duration, timeZone }) => ({
      kind,
      schedule,
      duration,
      timeZone,
      applications: ['*'],
    })),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
