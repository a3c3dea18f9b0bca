import type { KubeObject } from '../../model/kube-object';
import type { Layer } from '../../model/layer';
import { keepingPatch } from './kept';
import type { FluxModel } from './model';
import { accountName } from './names';

interface HelmChartSpec {
  readonly chart?: string;
  readonly repo?: string;
  readonly version?: string;
  readonly valuesContent?: unknown;
}

const known = new Set(['chart', 'repo', 'version', 'targetNamespace', 'valuesContent', 'createNamespace']);

/** Whether an object is the one HelmChart that a HelmWorkload is, and not one that a user wrote for K3s. */
export function isWorkloadChart({ workload }: Layer, { apiVersion, kind }: KubeObject): boolean {
  return workload?.kind === 'helm' && apiVersion === 'helm.cattle.io/v1' && kind === 'HelmChart';
}

/** Fields of a HelmChart, which a transform may have set, that a HelmRelease has no place for. */
export function unknownFields({ spec }: KubeObject): string[] {
  return Object.keys(spec as object).filter((name) => !known.has(name));
}

/**
 * A HelmChart as Flux has it: where the chart comes from, and the release. Both are in the namespace of the workload, where its owner may make them. A release
 * that fails is tried again, and an update that fails for good is taken back.
 */
export function helmRelease(object: KubeObject, layer: Layer, model: FluxModel): KubeObject[] {
  const { chart = '', repo, version = '', valuesContent } = object.spec as HelmChartSpec;
  const { name, namespace, owner } = layer;
  const interval = `${model.intervalMinutes}m`;
  const metadata = { name, namespace };
  const { labels, annotations } = object.metadata;
  const source: KubeObject =
    repo === undefined
      ? {
          apiVersion: 'source.toolkit.fluxcd.io/v1',
          kind: 'OCIRepository',
          metadata,
          spec: { interval, url: chart, ref: versionRef(version), layerSelector: CHART_LAYER },
        }
      : {
          apiVersion: 'source.toolkit.fluxcd.io/v1',
          kind: 'HelmRepository',
          metadata,
          spec: { interval, url: repo },
        };
  const sourceRef = { kind: source.kind, name };
  const release: KubeObject = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: {
      ...metadata,
      ...(labels !== undefined && { labels }),
      ...(annotations !== undefined && { annotations }),
    },
    spec: {
      interval,
      releaseName: name,
      targetNamespace: namespace,
      storageNamespace: namespace,
      ...(model.serviceAccounts && owner !== undefined && { serviceAccountName: accountName(owner) }),
      ...(repo === undefined ? { chartRef: sourceRef } : { chart: { spec: { chart, version, sourceRef, interval } } }),
      install: { remediation: { retries: 3 } },
      upgrade: { remediation: { retries: 3, remediateLastFailure: true, strategy: 'rollback' } },
      driftDetection: { mode: 'enabled' },
      // Helm, too, deletes what a chart no longer has, or all of it with its release.
      postRenderers: [{ kustomize: { patches: [keepingPatch({ 'helm.sh/resource-policy': 'keep' })] } }],
      ...(valuesContent !== undefined && { values: valuesContent }),
    },
  };
  return [source, release];
}

/** @see fluxcd/helm-controller, docs/spec/v2/helmreleases.md, OCIRepository reference */
const CHART_LAYER = { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' };

/** A version names a tag, in which `+` is not legal; a range is looked up among all tags. */
function versionRef(version: string): object {
  return /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(version)
    ? { tag: version.replaceAll('+', '_') }
    : { semver: version };
}
