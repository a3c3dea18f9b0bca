import { apiGroup, type KubeObject } from './kube-object';

/** The parts of a pod that checks look at. Users' charts and manifests make it, so any of them may be missing. */
export interface PodSpec {
  readonly containers?: readonly ContainerSpec[];
  readonly initContainers?: readonly (ContainerSpec & { readonly restartPolicy?: string })[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        readonly nodeSelectorTerms?: readonly { readonly matchExpressions?: readonly NodeRequirement[] }[];
      };
    };
  };
  readonly overhead?: Readonly<Record<string, string | number>>;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
}

export interface ContainerSpec {
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly unknown[];
  readonly args?: readonly unknown[];
  readonly env?: readonly { readonly name?: unknown; readonly value?: unknown }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string | number>>;
    readonly limits?: Readonly<Record<string, string | number>>;
  };
  readonly securityContext?: { readonly privileged?: boolean };
}

export interface NodeRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface PodTemplate {
  readonly spec: PodSpec;
  /** `for-a-while`: it ends by itself and gives back what it had. */
  readonly runs: 'on-each-node' | 'always' | 'for-a-while';
  /** As the object says it: a number, perhaps a token. */
  readonly replicas: unknown;
}

interface Spec {
  readonly replicas?: unknown;
  readonly parallelism?: unknown;
  readonly template?: { readonly spec?: PodSpec };
  readonly jobTemplate?: { readonly spec?: Spec };
  readonly brokerSpec?: { readonly brokerPodSpec?: PodSpec };
}

/** The pods that an object makes; undefined if it makes none. */
export function podTemplateOf(object: KubeObject): PodTemplate | undefined {
  const spec = object.spec as (Spec & PodSpec) | undefined;
  if (typeof spec !== 'object' || spec === null) return undefined;
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const from = (pod: PodSpec | undefined, runs: PodTemplate['runs'], replicas: unknown = 1) =>
    typeof pod === 'object' && pod !== null ? { spec: pod, runs, replicas } : undefined;
  switch (kind) {
    case '/Pod':
      return from(spec, 'always');
    case 'apps/Deployment':
    case 'apps/StatefulSet':
    case 'apps/ReplicaSet':
    case '/ReplicationController':
      return from(spec.template?.spec, 'always', spec.replicas);
    case 'apps/DaemonSet':
      return from(spec.template?.spec, 'on-each-node');
    case 'batch/Job':
      return from(spec.template?.spec, 'for-a-while', spec.parallelism);
    case 'batch/CronJob':
      return from(spec.jobTemplate?.spec?.template?.spec, 'for-a-while', spec.jobTemplate?.spec?.parallelism);
    case 'akri.sh/Configuration':
      return from(spec.brokerSpec?.brokerPodSpec, 'always');
    default:
      return undefined;
  }
}

/** All containers of a pod, those that run before it too. */
export function containersOf(spec: PodSpec): ContainerSpec[] {
  return [...listOf(spec.initContainers), ...listOf(spec.containers)];
}

/** A list that may be missing, or no list at all. */
export function listOf<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? list : [];
}
