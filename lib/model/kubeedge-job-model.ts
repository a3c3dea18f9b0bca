/** Nodes that a job is for: by their names, or by their labels; never both. */
export type JobNodes =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'labels'; readonly matchLabels: Readonly<Record<string, string>> };

/** What all jobs say. */
export interface JobBase {
  readonly path: string;
  /** Name of the object. */
  readonly name: string;
  readonly nodes: JobNodes;
  /** How many nodes at once. */
  readonly concurrency: number;
  /** Seconds for one node. */
  readonly timeoutSeconds: number;
  /** Share of nodes that may fail before it stops: `0.1`. */
  readonly failureTolerate: string;
}

export interface NodeUpgradeJobModel extends JobBase {
  readonly kind: 'NodeUpgradeJob';
  readonly version: string;
  /** Image without a tag: the version is its tag. */
  readonly image: string;
  /** Digests by architecture, `sha256:...`. @default - not compared */
  readonly digests?: { readonly amd64?: string; readonly arm64?: string };
  readonly checkItems: readonly JobCheck[];
  readonly requireConfirmation: boolean;
}

export interface ImagePrePullJobModel extends JobBase {
  readonly kind: 'ImagePrePullJob';
  readonly images: readonly string[];
  /** `namespace/name` of a Secret with credentials. @default - none */
  readonly imageSecret?: string;
  readonly retryTimes: number;
  readonly checkItems: readonly JobCheck[];
}

export interface ConfigUpdateJobModel extends JobBase {
  readonly kind: 'ConfigUpdateJob';
  /** Values by path of `edgecore.yaml`. */
  readonly updateFields: Readonly<Record<string, string>>;
}

export type JobCheck = 'cpu' | 'mem' | 'disk';
export type KubeEdgeJobModel = NodeUpgradeJobModel | ImagePrePullJobModel | ConfigUpdateJobModel;
