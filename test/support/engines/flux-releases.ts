import type { KubeObject } from '../../../lib/model/kube-object';
import { only, Refused } from './assembly-files';
import { releaseObject } from './held';
import { chartAddress } from './local';

interface Ref {
  readonly kind: string;
  readonly name: string;
}

interface HelmReleaseSpec {
  readonly releaseName: string;
  readonly targetNamespace: string;
  readonly chart?: { readonly spec: { readonly chart: string; readonly version: string; readonly sourceRef: Ref } };
  readonly chartRef?: Ref;
  readonly values?: unknown;
}

/** A HelmRelease with its source, as what both are together. */
export function releasesOf(objects: readonly KubeObject[]): KubeObject[] {
  const used = new Set<KubeObject>();
  const releases = objects
    .filter(({ apiVersion }) => apiVersion.startsWith('helm.toolkit.fluxcd.io/'))
    .map((release) => {
      const source = (ref: Ref) => {
        const found = objects.find(({ kind, metadata }) => kind === ref.kind && metadata.name === ref.name);
        if (!found || found.metadata.namespace !== release.metadata.namespace)
          throw new Refused(`no ${ref.kind} ${ref.name}`);
        used.add(release).add(found);
        return found.spec as { readonly url: string; readonly ref?: Readonly<Record<string, string>> };
      };
      return releaseOf(release, source);
    });
  const strange = objects.filter((one) => /\.toolkit\.fluxcd\.io\//.test(one.apiVersion) && !used.has(one));
  if (strange.length > 0) throw new Refused(`nothing uses ${strange.map(({ metadata }) => metadata.name).join(', ')}`);
  return [...objects.filter((one) => !used.has(one)), ...releases];
}

function releaseOf(
  { spec, metadata }: KubeObject,
  source: (ref: Ref) => { readonly url: string; readonly ref?: Readonly<Record<string, string>> },
): KubeObject {
  const {
    releaseName,
    targetNamespace,
    chart,
    chartRef,
    values = {},
  } = only<HelmReleaseSpec>(spec, `the HelmRelease ${metadata.name}`, [
    ...['interval', 'releaseName', 'targetNamespace', 'storageNamespace', 'serviceAccountName', 'chartRef', 'chart'],
    ...['install', 'upgrade', 'driftDetection', 'postRenderers', 'values'],
  ]);
  const common = { namespace: targetNamespace, releaseName, values };
  if (chart) {
    const { url } = source(chart.spec.sourceRef);
    return releaseObject({ chart: chart.spec.chart, repo: url, version: chart.spec.version, ...common });
  }
  if (!chartRef) throw new Refused(`${metadata.name} has no chart`);
  const { url, ref = {} } = source(chartRef);
  const version = ref.semver ?? ref.tag?.replaceAll('_', '+') ?? '';
  return releaseObject({ ...chartAddress(url, undefined), version, ...common });
}
