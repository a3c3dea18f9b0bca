import type { Size } from 'cdk8s';
import type { Platform } from '../lib/model/platform';
import type { PerSite, PerSiteModel } from '../lib/model/site-context';
import type {
  ContainerContent as ContentModel,
  ResourcesModel,
  SecretKeyModel,
  SecurityModel,
} from '../lib/model/workload-model';
import type { Accelerator } from './accelerator';
import type { Health } from './health';
import { model } from './internal';
import { Run } from './run';
import type { SecretRef } from './secret';
import type { Storage } from './storage';
import { type CpuAmount, kibibytes, millicores } from './units';

/** What a container may have of its node. Literal, never a site value: it is counted against the hardware. */
export interface Resources {
  /** Request; there is no limit unless `cpuLimit` sets one. */
  readonly cpu: CpuAmount;
  /** Request, and limit unless `memoryLimit` says otherwise. */
  readonly memory: Size;
  /** Throttles the container beyond it. @default - none */
  readonly cpuLimit?: CpuAmount;
  /** Kills the container beyond it. @default - `memory`, so that a node is never promised more than it has */
  readonly memoryLimit?: Size;
  /** Request and limit of what it writes to the node's disk outside its mounts, logs included. @default - none */
  readonly disk?: Size;
  /** @default - none */
  readonly accelerator?: Accelerator;
}

/** What a container may do beyond the hardened default. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
export interface SecurityOptions {
  /** Numeric user id. @default - the image's */
  readonly runAsUser?: number;
  /** Ids of further groups, such as 20 (`dialout` of Debian), whose members may open serial devices. @default - none */
  readonly supplementalGroups?: readonly number[];
  /** Let the image run as root. @default false */
  readonly allowRoot?: boolean;
  /** Let the container write into its image's file system. @default false */
  readonly writableRoot?: boolean;
  /** Linux capabilities, without `CAP_`. @default - none */
  readonly capabilities?: readonly string[];
  /** Use the node's network. @default false */
  readonly hostNetwork?: boolean;
  /** Mount the token of the namespace's service account. @default false */
  readonly serviceAccountToken?: boolean;
}

/** What runs in the container, and what it needs. */
export interface ContainerContent<V, P extends Platform> {
  /** With tag or digest: `ghcr.io/acme/pos:1.4.2`. Pulled if the node does not have it. No tag, or `latest`, is a warning. */
  readonly image: string;
  /** What the image is built for. @default - unknown: a warning */
  readonly platforms?: readonly P[];
  readonly resources: Resources;
  /** @default Run.replicas(1) */
  readonly run?: Run;
  /** @default - the image's */
  readonly command?: PerSite<readonly string[], V>;
  /** @default - none */
  readonly args?: PerSite<readonly string[], V>;
  /** @default - none */
  readonly env?: PerSite<Readonly<Record<string, string | SecretRef>>, V>;
  /** Files in the container, by absolute path. A change restarts the pods. @default - none */
  readonly files?: PerSite<Readonly<Record<string, string | SecretRef>>, V>;
  /** Named ports; each is in the workload's Service. @default - none, no Service */
  readonly ports?: Readonly<Record<string, number>>;
  /** Needs a port. @default - none */
  readonly ingress?: PerSite<IngressOptions, V>;
  /** By absolute path in the container. @default - none but an empty `/tmp` */
  readonly mounts?: Readonly<Record<string, Storage>>;
  /**
   * Device files of the node, such as `/dev/ttyUSB0`. Makes the container privileged, which is a warning; a user that is not root opens one only as member
   * of its group (`security.supplementalGroups`). @default - none
   */
  readonly devices?: readonly string[];
  /** @default - none: a container that runs is taken to be well */
  readonly health?: Health;
  /** @default - no root, no capabilities, read-only file system, no service-account token */
  readonly security?: SecurityOptions;
}

/** How a container is reached from outside the cluster, through its ingress controller. */
export interface IngressOptions {
  /** DNS name. */
  readonly host: string;
  /** Name of one of the ports. */
  readonly port: string;
  /** Begins with `/`; all below it too. @default '/' */
  readonly path?: string;
}

/** The record of a whole content: what a variant leaves out stays as it is, so only here do defaults come in. */
export function containerContent<V, P extends Platform>(content: ContainerContent<V, P>): ContentModel {
  return {
    run: Run.replicas(1)[model],
    ports: {},
    mounts: {},
    devices: [],
    security: securityModel({}),
    ...(partialContent(content) as Pick<ContentModel, 'image' | 'resources'>),
  };
}

export function partialContent<V, P extends Platform>(content: Partial<ContainerContent<V, P>>): Partial<ContentModel> {
  const {
    image,
    platforms,
    resources,
    run,
    command,
    args,
    env,
    files,
    ports,
    ingress,
    mounts,
    devices,
    health,
    security,
  } = content;
  return withoutUndefined({
    image,
    platforms: platforms && [...platforms],
    resources: resources && resourcesModel(resources),
    run: run?.[model],
    command: command as PerSiteModel<readonly string[]> | undefined,
    args: args as PerSiteModel<readonly string[]> | undefined,
    env: env && secretKeys(env as PerSiteModel<Record<string, string | SecretRef>>),
    files: files && secretKeys(files as PerSiteModel<Record<string, string | SecretRef>>),
    ports: ports && { ...ports },
    ingress: ingress as ContentModel['ingress'],
    mounts: mounts && Object.fromEntries(Object.entries(mounts).map(([path, storage]) => [path, storage[model]])),
    devices: devices && [...devices],
    health: health?.[model],
    security: security && securityModel(security),
  });
}

function resourcesModel(resources: Resources): ResourcesModel {
  const { cpu, memory, cpuLimit, memoryLimit, disk, accelerator } = resources;
  return {
    cpuMillis: millicores(cpu),
    cpuLimitMillis: cpuLimit && millicores(cpuLimit),
    memoryKiB: kibibytes(memory),
    memoryLimitKiB: kibibytes(memoryLimit ?? memory),
    diskKiB: disk && kibibytes(disk),
    accelerator: accelerator?.[model],
  };
}

function securityModel(security: SecurityOptions): SecurityModel {
  return {
    runAsUser: security.runAsUser,
    groups: [...(security.supplementalGroups ?? [])],
    allowRoot: security.allowRoot ?? false,
    writableRoot: security.writableRoot ?? false,
    capabilities: [...(security.capabilities ?? [])],
    hostNetwork: security.hostNetwork ?? false,
    serviceAccountToken: security.serviceAccountToken ?? false,
  };
}

/** `SecretRef`s of the result as records; the function itself stays the user's. */
function secretKeys(
  value: PerSiteModel<Record<string, string | SecretRef>>,
): PerSiteModel<Record<string, string | SecretKeyModel>> {
  const convert = (entries: Record<string, string | SecretRef>) =>
    Object.fromEntries(Object.entries(entries).map(([name, v]) => [name, typeof v === 'object' ? v[model] : v]));
  return typeof value === 'function' ? (context) => convert(value(context)) : convert(value);
}

function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
