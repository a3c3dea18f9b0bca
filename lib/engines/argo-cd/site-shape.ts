import { ARGO_CD_API, ARGO_CD_FINALIZER, ARGO_CD_SYNC_WAVE, IN_CLUSTER } from '../../catalog/argo-cd';
import type { DeliveryCohort, DeliveryContent, RecordFile } from '../../model/delivery';
import type { FileContent } from '../../model/file-content';
import type { KubeObject } from '../../model/kube-object';
import type { Layer } from '../../model/layer';
import { COMPARED_BY_SERVER, folderAnnotations, syncPolicy } from './application';
import { isHelmLayer } from './helm-layer';
import { keepObject } from './kept';
import { modelOf } from './model';
import { OWN_PROJECT, projectName, releaseName, WAVE_LABEL, waveRef } from './names';
import { projectsOf } from './projects';
import { partSpec, partsOf, sharedName } from './shared-clusters';
import { layerPlace, ownRef, recordPlace } from './sources';
import { valuesJson } from './values';

const here = { server: IN_CLUSTER.server };

/** What the Argo CD of each site pulls beside its record: Applications by variant, which all sites share, and all projects. Objects of each file by path. */
export function siteFiles(content: DeliveryContent): Map<string, readonly unknown[]> {
  const files = new Map<string, readonly unknown[]>();
  // All projects are everywhere, and none is pruned: without its project an Application cannot remove what it made.
  const projects = [...projectsOf(content)].map(([name, project]) => [`${name}.yaml`, keepObject(project)] as const);
  files.set('projects/kustomization.yaml', [
    kustomization(
      'projects',
      projects.map(([file]) => file),
    ),
  ]);
  for (const [file, project] of projects) files.set(`projects/${file}`, [first(project)]);
  for (const layer of content.layers)
    for (const variant of layer.variants) {
      const folder = `workloads/${layer.name}/${variant.name}`;
      files.set(`${folder}/kustomization.yaml`, [kustomization(layer.name, ['application.yaml'])]);
      files.set(`${folder}/application.yaml`, [layerApplication(layer, variant.name, content)]);
    }
  for (const cluster of content.sharedClusters)
    files.set(
      `clusters/${cluster.id}.yaml`,
      partsOf(cluster).map(({ part, folder }) =>
        application(`${sharedName(cluster.id)}-${part}`, content, partSpec(cluster, folder, content, IN_CLUSTER.name)),
      ),
    );
  return files;
}

/** Before the Applications that need it. */
function first(project: KubeObject): KubeObject {
  const annotations = { ...(project.metadata.annotations as object | undefined), [ARGO_CD_SYNC_WAVE]: '-1' };
  return { ...project, metadata: { ...project.metadata, annotations } };
}

/** Charts of others are Applications that an Application of ours makes, so that their owner's project need not allow that. */
function layerApplication(layer: Layer, variant: string, content: DeliveryContent): KubeObject {
  const model = modelOf(content.delivery);
  const isHelm = isHelmLayer(layer);
  const made = application(layer.name, content, {
    project: isHelm ? OWN_PROJECT : projectName(layer.owner),
    source: {
      ...layerPlace(model.source, content.workloadsFolder, layer.name, variant),
      targetRevision: ownRef(model),
      helm: { releaseName: releaseName(layer.name), values: '{"v":{}}' },
    },
    destination: { ...here, namespace: isHelm ? model.namespace : layer.namespace },
    syncPolicy: syncPolicy(),
  });
  // A site without the layer loses what it made, but for what is kept.
  return { ...made, metadata: { ...made.metadata, finalizers: [ARGO_CD_FINALIZER] } };
}

function application(name: string, { delivery }: DeliveryContent, spec: unknown): KubeObject {
  const { namespace, source } = modelOf(delivery);
  const metadata = { name, namespace, annotations: folderAnnotations(source) };
  return { apiVersion: ARGO_CD_API, kind: 'Application', metadata, spec };
}

/** Which Applications a site has, and what is its own in all of them. */
export function siteRecord(own: DeliveryCohort, { tokens, waves }: DeliveryContent): RecordFile[] {
  const top = '../../..';
  const layers = [...own.layers].map(([layer, variant]) => `${top}/workloads/${layer}/${variant}`);
  const patches = [{ path: 'site.yaml', target: { kind: 'Application' } }];
  return [
    { name: 'kustomization', objects: [{ ...kustomization('edgecdk', [`${top}/projects`, ...layers]), patches }] },
    {
      name: 'site',
      objects: [
        {
          apiVersion: ARGO_CD_API,
          kind: 'Application',
          metadata: {
            name: 'site',
            labels: {
              'edgecdk.dev/site': tokens.text('site.name'),
              ...(waves.length > 0 && { [WAVE_LABEL]: tokens.text('site.wave') }),
            },
          },
          spec: {
            source: {
              ...(waves.length > 0 && { targetRevision: waveRef(tokens.text('site.wave')) }),
              helm: { values: valuesJson(own.variables, tokens) },
            },
          },
        },
      ],
    },
  ];
}

/** The one Application that a site gets by hand. It names the site and nothing that may change, and has no finalizer: without it, all stays. */
export function siteBootstrap({ delivery, tokens }: DeliveryContent): FileContent[] {
  const model = modelOf(delivery);
  return [
    {
      name: 'edgecdk-argo-cd',
      retire: 'keep',
      objects: [
        {
          apiVersion: ARGO_CD_API,
          kind: 'Application',
          metadata: { name: 'edgecdk', namespace: model.namespace, annotations: COMPARED_BY_SERVER },
          spec: {
            // Projects come with the record, so that it is in one which is always there.
            project: 'default',
            source: {
              ...recordPlace(model.source, delivery.engine.name, tokens.text('site.name'), tokens.text('site.shard')),
              targetRevision: ownRef(model),
            },
            destination: { ...here, namespace: model.namespace },
            syncPolicy: syncPolicy(),
          },
        },
      ],
    },
  ];
}

function kustomization(name: string, resources: readonly string[]): KubeObject {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', metadata: { name }, resources };
}
