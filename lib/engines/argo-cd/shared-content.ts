import { ARGO_CD_API, IN_CLUSTER } from '../../catalog/argo-cd';
import type { DeliveryContent } from '../../model/delivery';
import type { KubeObject } from '../../model/kube-object';
import type { Layer, LayerVariant } from '../../model/layer';
import { chartFiles } from '../../render/layer/chart-files';
import { COMPARED_BY_SERVER, syncPolicy } from './application';
import { helmSource, isHelmLayer } from './helm-layer';
import { withKept } from './kept';
import { modelOf } from './model';
import { projectName, releaseName } from './names';

/** Charts that sites share, text by path below the folder of layers. A hub fetches charts of others itself; each site has an Application of them in a chart of ours. */
export function sharedContent(content: DeliveryContent): Map<string, string> {
  const { shape, namespace } = modelOf(content.delivery);
  const files = new Map<string, string>();
  for (const layer of content.layers) {
    const isHelm = isHelmLayer(layer);
    if (isHelm && shape === 'hub') continue;
    for (const variant of layer.variants) {
      const own = isHelm ? { ...variant, objects: chartApplications(layer, variant, namespace) } : withKept(variant);
      for (const [path, text] of chartFiles(layer, own, content.tokens))
        files.set(`${layer.name}/${variant.name}/${path}`, text);
      files.set(`${layer.name}/${variant.name}/values.schema.json`, valuesSchema(variant));
    }
  }
  return files;
}

/**
 * What Helm asks of the values before it renders, so that a site whose record is older than the content, or newer, keeps what it has: Helm itself writes
 * nothing in the place of a value that is missing.
 */
function valuesSchema({ variables }: LayerVariant): string {
  const required = variables.map(({ name }) => name);
  const v = { type: 'object', ...(required.length > 0 && { required }) };
  return `${JSON.stringify({ type: 'object', ...(required.length > 0 && { required: ['v'] }), properties: { v } }, null, 2)}\n`;
}

/**
 * The chart of others as an Application that ours makes at the site. So its version and values are content that waves hold back. It has no finalizer: what a
 * chart made may hold data, of which we know nothing.
 */
function chartApplications(layer: Layer, variant: LayerVariant, namespace: string): KubeObject[] {
  const source = helmSource(variant);
  if (!source) return [];
  return [
    {
      apiVersion: ARGO_CD_API,
      kind: 'Application',
      // No workload has a point in its name, so no other Application is called so.
      metadata: { name: `${layer.name}.chart`, namespace, annotations: COMPARED_BY_SERVER },
      spec: {
        project: projectName(layer.owner),
        source: {
          repoURL: source.repoURL,
          chart: source.chart,
          targetRevision: source.version,
          helm: {
            releaseName: releaseName(layer.name),
            ...(source.values !== undefined && { valuesObject: source.values }),
          },
        },
        destination: { server: IN_CLUSTER.server, namespace: layer.namespace },
        syncPolicy: syncPolicy(),
      },
    },
  ];
}
