import { Construct } from 'constructs';
import type { KubeEdgePart } from '../lib/model/kubeedge-cluster-model';
import type { JobBase, JobCheck, JobNodes as JobNodesModel, KubeEdgeJobModel } from '../lib/model/kubeedge-job-model';
import { model } from './internal';
import type { KubeEdgeCluster, KubeEdgeVersion } from './kubeedge-cluster';
import { Duration } from './units';

/**
 * Nodes that a job is for.
 *
 * @example
 * const gateways = JobNodes.labelled({ 'edgecdk.dev/device-class': 'gateway' });
 */
export class JobNodes {
  /** By their names; one that is no name of a node is an error at synth. */
  static named(...names: readonly [string, ...string[]]): JobNodes {
    return new JobNodes({ kind: 'names', names: [...names] });
  }

  /** All that have these labels, each of them. */
  static labelled(labels: Readonly<Record<string, string>>): JobNodes {
    return new JobNodes({ kind: 'labels', matchLabels: { ...labels } });
  }

  readonly [model]: JobNodesModel;

  private constructor(nodes: JobNodesModel) {
    this[model] = nodes;
  }
}

/** What all jobs say. A job runs once: another run is another job, with another id. */
export interface KubeEdgeJobProps {
  readonly cluster: KubeEdgeCluster;
  readonly nodes: JobNodes;
  /** How many nodes at once. @default 1 */
  readonly concurrency?: number;
  /** For one node. @default Duration.minutes(5) */
  readonly timeout?: Duration;
  /** Share of the nodes that may fail before it stops, from 0 to 1. @default 0.1 */
  readonly failureTolerance?: number;
}

export interface UpgradeDigests {
  /** @default - not compared */
  readonly amd64?: string;
  /** @default - not compared */
  readonly arm64?: string;
}

export interface NodeUpgradeJobProps extends KubeEdgeJobProps {
  /** The release to go to, `v1.23.2`. One that is not known, or has known holes, is an error at synth. */
  readonly version: KubeEdgeVersion;
  /** Where the release comes from, without a tag. @default 'kubeedge/installation-package' */
  readonly image?: string;
  /** Digests of the image for each architecture, `sha256:...`: a node of another refuses. @default - not compared */
  readonly digests?: UpgradeDigests;
  /** What a node looks at first. @default ['cpu', 'mem', 'disk'] */
  readonly checks?: readonly JobCheck[];
  /** Whether somebody must say yes on the node. @default false */
  readonly requireConfirmation?: boolean;
}

/**
 * Brings edge nodes to another release of KubeEdge: edgecore is stopped, replaced and started, and goes back where it does not start. Containers go on. Nodes
 * of architectures without an image (all but amd64 and arm64) must be upgraded by their node tree.
 *
 * @example
 * new NodeUpgradeJob(fleet, 'to-1-23-2', { cluster: vans, nodes: JobNodes.named('van-001-gateway-1'), version: 'v1.23.2' });
 */
export class NodeUpgradeJob extends Construct {
  readonly [model]: JobDescription;

  constructor(scope: Construct, id: string, props: NodeUpgradeJobProps) {
    super(scope, id);
    this[model] = part(this, props, {
      kind: 'NodeUpgradeJob',
      ...base(this, id, props),
      version: props.version,
      image: props.image ?? 'kubeedge/installation-package',
      ...(props.digests && { digests: { ...props.digests } }),
      checkItems: [...(props.checks ?? (['cpu', 'mem', 'disk'] as const))],
      requireConfirmation: props.requireConfirmation ?? false,
    });
  }
}

export interface ImagePrePullJobProps extends KubeEdgeJobProps {
  readonly images: readonly [string, ...string[]];
  /** Secret with credentials, `namespace/name`. @default - none */
  readonly imageSecret?: `${string}/${string}`;
  /** @default 3 */
  readonly retries?: number;
  /** What a node looks at first. @default ['disk'] */
  readonly checks?: readonly JobCheck[];
}

/**
 * Has edge nodes pull images before a workload asks for them: while the link is there.
 *
 * @example
 * new ImagePrePullJob(fleet, 'scanner-2', { cluster: vans, nodes: JobNodes.labelled({ 'edgecdk.dev/device-class': 'gateway' }), images: ['registry.example/scanner:2.0'] });
 */
export class ImagePrePullJob extends Construct {
  readonly [model]: JobDescription;

  constructor(scope: Construct, id: string, props: ImagePrePullJobProps) {
    super(scope, id);
    this[model] = part(this, props, {
      kind: 'ImagePrePullJob',
      ...base(this, id, props),
      images: [...props.images],
      ...(props.imageSecret !== undefined && { imageSecret: props.imageSecret }),
      retryTimes: props.retries ?? 3,
      checkItems: [...(props.checks ?? (['disk'] as const))],
    });
  }
}

export interface ConfigUpdateJobProps extends KubeEdgeJobProps {
  /** Values by their path in `edgecore.yaml`: `modules.edgeHub.heartbeat`. One that is not known, or has characters that keadm cuts at, is an error at synth. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Changes `edgecore.yaml` on edge nodes that run. It is for the hour in which it is needed: the file is the node tree's, and the next change of that takes
 * what the job set back.
 *
 * @example
 * new ConfigUpdateJob(fleet, 'slow-heartbeat', { cluster: vans, nodes: JobNodes.named('van-001-gateway-1'), values: { 'modules.edgeHub.heartbeat': 30 } });
 */
export class ConfigUpdateJob extends Construct {
  readonly [model]: JobDescription;

  constructor(scope: Construct, id: string, props: ConfigUpdateJobProps) {
    super(scope, id);
    const updateFields = Object.fromEntries(Object.entries(props.values).map(([path, value]) => [path, String(value)]));
    this[model] = part(this, props, { kind: 'ConfigUpdateJob', ...base(this, id, props), updateFields });
  }
}

interface JobDescription {
  readonly as: 'shared-cluster-part';
  readonly record: KubeEdgePart;
}

function part({ node }: Construct, { cluster }: KubeEdgeJobProps, job: KubeEdgeJobModel): JobDescription {
  return { as: 'shared-cluster-part', record: { path: node.path, cluster: cluster.node.path, kind: 'job', job } };
}

function base(construct: Construct, id: string, props: KubeEdgeJobProps): JobBase {
  return {
    path: construct.node.path,
    name: id,
    nodes: props.nodes[model],
    concurrency: props.concurrency ?? 1,
    timeoutSeconds: (props.timeout ?? Duration.minutes(5)).toSeconds(),
    failureTolerate: String(props.failureTolerance ?? 0.1),
  };
}
