import type { Layer, LayerVariant } from '../../model/layer';

/** The chart of a HelmWorkload, in Argo CD's words; texts may have tokens. */
export interface HelmSource {
  readonly repoURL: string;
  readonly chart: string;
  readonly version: string;
  /** A tree. @default - the chart's own values */
  readonly values?: unknown;
}

/** Members of a HelmChart that an Application has a field for, or that Argo CD does anyway. */
const known = new Set(['chart', 'repo', 'version', 'targetNamespace', 'createNamespace', 'valuesContent']);

/** Layers that are charts of others: no content of them is ours. */
export function isHelmLayer({ workload }: Layer): boolean {
  return workload?.kind === 'helm';
}

export function helmSource({ objects }: LayerVariant): HelmSource | undefined {
  const spec = helmSpec(objects);
  if (!spec) return undefined;
  const { chart, repo, version, valuesContent } = spec;
  const values = valuesContent === undefined ? {} : { values: valuesContent };
  if (repo !== undefined) return { repoURL: `${repo}`, chart: `${chart}`, version: `${version}`, ...values };
  // A registry has no scheme here: that is how Argo CD knows it. @see argoproj/argo-cd, util/helm/client.go, IsHelmOciRepo
  const address = `${chart}`.replace(/^oci:\/\//, '');
  const slash = address.lastIndexOf('/');
  return { repoURL: address.slice(0, slash), chart: address.slice(slash + 1), version: `${version}`, ...values };
}

/** Members that a transform added and that would be lost. */
export function unknownMembers({ objects }: LayerVariant): string[] {
  return Object.keys(helmSpec(objects) ?? {}).filter((member) => !known.has(member));
}

function helmSpec(objects: LayerVariant['objects']): Readonly<Record<string, unknown>> | undefined {
  return objects.find(({ kind }) => kind === 'HelmChart')?.spec as Readonly<Record<string, unknown>> | undefined;
}
