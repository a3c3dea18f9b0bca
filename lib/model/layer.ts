import type { KubeObject } from './kube-object';
import type { HoleUse } from './token';
import type { WorkloadModel } from './workload-model';

/** Name of the layer with what clusters have whatever their workloads: machines' carriers, settings of the distribution. */
export const clusterLayer = 'edgecdk-cluster';

/** What engines deliver as one, to all sites that have it: a workload, or what clusters have whatever their workloads. */
export interface Layer {
  /** Id of the workload, or `clusterLayer`. Names its folder, its artifact and the engine's objects: never its variant or a cohort. */
  readonly name: string;
  /** @default - it is the layer of clusters */
  readonly workload?: WorkloadModel;
  readonly namespace: string;
  readonly owner?: string;
  /** Whether it holds data at the sites, or may. */
  readonly isStateful: boolean;
  /** Sorted by name. */
  readonly variants: readonly LayerVariant[];
}

/** Content that sites share. */
export interface LayerVariant {
  /** Names its folder: `default`, `gpu`; with what tells it from its namesakes where these have other content: `default.k3s.1.33`. */
  readonly name: string;
  /** With tokens; in the order of the file that a site would have. Of a HelmWorkload the one HelmChart, whose `valuesContent` is a tree. */
  readonly objects: readonly KubeObject[];
  /** All that it takes from a site, sorted by name. */
  readonly variables: readonly Variable[];
}

/** One site value as it is written at one place: what an engine fills in. Its text is the value through the filters. */
export interface Variable {
  /** Legal in all engines: letters, digits and `_`. */
  readonly name: string;
  readonly use: HoleUse;
}
