import { kubeEdgeVersionFindings } from '../../../catalog/kubeedge';
import { EDGECORE_KEYS } from '../../../catalog/kubeedge-config';
import type { KubeObject } from '../../../model/kube-object';
import type { JobNodes, KubeEdgeJobModel } from '../../../model/kubeedge-job-model';
import { error, listSome, type Problem } from '../../../model/problem';

const API = 'operations.kubeedge.io/v1alpha2';

/** A job as the object that cloudcore acts upon. It stands in no namespace. */
export function jobObject(job: KubeEdgeJobModel): KubeObject {
  return { apiVersion: API, kind: job.kind, metadata: { name: job.name }, spec: specOf(job) };
}

function specOf(job: KubeEdgeJobModel): Readonly<Record<string, unknown>> {
  const common = {
    ...nodesOf(job.nodes),
    concurrency: job.concurrency,
    timeoutSeconds: job.timeoutSeconds,
    failureTolerate: job.failureTolerate,
  };
  switch (job.kind) {
    case 'NodeUpgradeJob':
      return {
        ...common,
        version: job.version,
        image: job.image,
        // KubeEdge's own spelling.
        ...(job.digests && { imageDigestGatter: { ...job.digests } }),
        ...(job.checkItems.length > 0 && { checkItems: job.checkItems }),
        requireConfirmation: job.requireConfirmation,
      };
    case 'ImagePrePullJob':
      return {
        imagePrePullTemplate: {
          ...common,
          images: job.images,
          ...(job.imageSecret !== undefined && { imageSecrets: job.imageSecret }),
          retryTimes: job.retryTimes,
          ...(job.checkItems.length > 0 && { checkItems: job.checkItems }),
        },
      };
    case 'ConfigUpdateJob':
      return { ...common, updateFields: job.updateFields };
  }
}

function nodesOf(nodes: JobNodes): Readonly<Record<string, unknown>> {
  return nodes.kind === 'names' ? { nodeNames: nodes.names } : { labelSelector: { matchLabels: nodes.matchLabels } };
}

/** What is wrong with a job. `cluster` is the one whose nodes it is for. */
export function jobProblems(
  job: KubeEdgeJobModel,
  cluster: {
    readonly kubernetes: string;
    readonly version: string;
    readonly features: readonly string[];
    /** Names of its nodes. @default - unknown */
    readonly nodes?: ReadonlySet<string>;
  },
): Problem[] {
  const found = [
    ...(cluster.features.includes('jobs')
      ? []
      : [`nobody acts upon a ${job.kind} where the feature 'jobs' is off; add it to the features of the cluster`]),
    ...nodeProblems(job.nodes, cluster.nodes),
    ...(Number.isInteger(job.concurrency) && job.concurrency > 0
      ? []
      : [`concurrency must be a whole number above 0 (found ${job.concurrency})`]),
    ...(/^(0(\.\d+)?|1(\.0+)?)$/.test(job.failureTolerate)
      ? []
      : [`the share of nodes that may fail must be from 0 to 1 (found ${job.failureTolerate})`]),
    ...ownProblems(job, cluster.kubernetes),
  ];
  return found.map((message) => error(job.path, message));
}

function nodeProblems(nodes: JobNodes, known: ReadonlySet<string> | undefined): string[] {
  if (nodes.kind === 'labels')
    return Object.keys(nodes.matchLabels).length > 0
      ? []
      : ['a job needs labels, or names of nodes: it would be for none'];
  if (nodes.names.length === 0) return ['a job needs names of nodes, or labels: it would be for none'];
  const legal = (name: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
  const strangers = known ? nodes.names.filter((name) => legal(name) && !known.has(name)) : [];
  return [
    ...nodes.names
      .filter((name) => !legal(name))
      .map((name) => `'${name}' is no name of a node; names are of lower-case letters, digits and '-'`),
    ...(strangers.length > 0
      ? [`no node of its cluster is called ${listSome(strangers)}; name nodes as <site>-<slot>, or take labels`]
      : []),
  ];
}

function ownProblems(job: KubeEdgeJobModel, kubernetes: string): string[] {
  switch (job.kind) {
    case 'NodeUpgradeJob':
      return [
        ...kubeEdgeVersionFindings(job.version, kubernetes)
          .filter(({ severity }) => severity === 'error')
          .map(({ message }) => message),
        ...(/^[a-z0-9][a-z0-9./:-]*$/.test(job.image) && !/:[^/]*$/.test(job.image)
          ? []
          : [`the image '${job.image}' must be a repository without a tag: the version is its tag`]),
        ...Object.values(job.digests ?? {})
          .filter((digest) => !/^sha256:[0-9a-f]{64}$/.test(digest))
          .map((digest) => `'${digest}' is no digest; write it as sha256: and 64 digits`),
      ];
    case 'ImagePrePullJob':
      return [
        ...(job.images.length > 0 ? [] : ['a job that pulls images needs some']),
        ...(job.imageSecret === undefined || /^[a-z0-9-]+\/[a-z0-9.-]+$/.test(job.imageSecret)
          ? []
          : ['the secret for images must be namespace/name']),
      ];
    case 'ConfigUpdateJob':
      return Object.entries(job.updateFields).flatMap(fieldProblems);
  }
}

/** What only a machine that is set up anew can have otherwise. */
const OF_THE_MACHINE = ['modules.edged.hostnameOverride', 'edgecoreVersion', 'modules.edged.rootDirectory'];

/** keadm cuts at commas and at the first `=`, and what is behind is lost. */
function fieldProblems([path, value]: readonly [string, string]): string[] {
  return [
    ...(Object.hasOwn(EDGECORE_KEYS, path)
      ? []
      : [
          `'${path}' is no key of edgecore.yaml that EdgeCDK knows, and keadm fails at one that it does not know; see the list of keys`,
        ]),
    ...(OF_THE_MACHINE.includes(path)
      ? [`${path} cannot be changed on a node that runs: give the machine its next generation`]
      : []),
    ...(/^[A-Za-z0-9._:/@+-]+$/.test(value)
      ? []
      : [
          `the value of ${path} must be of letters, digits and . _ : / @ + - alone, since keadm cuts at others (found '${value}')`,
        ]),
  ];
}
