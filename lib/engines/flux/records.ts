import { FLUX_WATCHED } from '../../catalog/flux';
import type { DeliveryCohort, DeliveryContent, RecordFile } from '../../model/delivery';
import type { KubeObject } from '../../model/kube-object';
import { clusterLayer } from '../../model/layer';
import { holeToken } from '../../model/variable';
import { siteLabels } from '../site-labels';
import { accountObjects } from './accounts';
import { namespaceObject } from './kept';
import { kustomizeFolder } from './kustomization';
import { modelOf } from './model';
import { CONTENT_SOURCE, FOLLOWS, NAMESPACE, SITE_VALUES, waveRef } from './names';

/** From the folder of a record to that of a variant: `sites/<shard>/<site>` and `workloads/<layer>/<variant>` are in one artifact. */
const workloads = '../../../workloads';

/** Which layers a site has, in which variant, and its values. Flux applies it as it is: it has no variables. */
export function siteRecord(cohort: DeliveryCohort, content: DeliveryContent): RecordFile[] {
  const { source } = modelOf(content.delivery);
  const resources = [
    'site.yaml',
    // It fetches a folder that is there only where somebody has a workload, and Flux takes one that is not for an error.
    ...(source.kind === 'git' && content.layers.length > 0 ? [`${workloads}/${CONTENT_SOURCE}`] : []),
    ...[...cohort.layers].map(([layer, variant]) => `${workloads}/${layer}/${variant}`),
  ];
  const patches = [...wavePatches(content), ...orderPatches(cohort)];
  const folder = kustomizeFolder(resources, patches.length > 0 ? { patches } : {});
  return [
    { name: 'kustomization', objects: [{ ...folder, metadata: { name: SITE_VALUES } }] },
    {
      name: 'site',
      objects: [
        ...cohort.namespaces.map(namespaceObject),
        ...accountObjects(cohort, content),
        siteValues(cohort, content),
      ],
    },
  ];
}

/** Lets all sources of shared content follow the wave of the site, whichever layers it has. */
function wavePatches({ delivery, waves, tokens }: DeliveryContent) {
  if (waves.length === 0) return [];
  const field = modelOf(delivery).source.kind === 'oci' ? 'tag' : 'branch';
  return [
    {
      target: { labelSelector: `${FOLLOWS}=wave` },
      patch: `- op: replace\n  path: /spec/ref/${field}\n  value: ${waveRef(tokens.text('site.wave'))}\n`,
    },
  ];
}

/** Workloads wait for what their cluster has, where it has anything: Flux would wait for ever for what is not there. */
function orderPatches({ layers }: DeliveryCohort) {
  if (!layers.has(clusterLayer)) return [];
  return [
    {
      target: { kind: 'Kustomization', labelSelector: 'edgecdk.dev/layer=workload' },
      patch: `- op: add\n  path: /spec/dependsOn\n  value:\n  - name: ${clusterLayer}\n`,
    },
  ];
}

function siteValues(own: DeliveryCohort, content: DeliveryContent): KubeObject {
  const { variables } = own;
  const { tokens } = content;
  const labels = { ...FLUX_WATCHED, ...siteLabels(own, content) };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: SITE_VALUES, namespace: NAMESPACE, labels },
    data: Object.fromEntries(variables.map(({ name, use }) => [name, holeToken(use, tokens)])),
  };
}
