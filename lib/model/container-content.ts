import type { AcceleratorModel } from './hardware-model';
import type { Platform } from './platform';
import type { PerSiteModel } from './site-context';

export interface ContainerContent {
  readonly image: string;
  readonly platforms?: readonly Platform[];
  readonly resources: ResourcesModel;
  readonly run: RunModel;
  readonly command?: PerSiteModel<readonly string[]>;
  readonly args?: PerSiteModel<readonly string[]>;
  readonly env?: PerSiteModel<Readonly<Record<string, string | SecretKeyModel>>>;
  readonly files?: PerSiteModel<Readonly<Record<string, string | SecretKeyModel>>>;
  /** Container ports by name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly ingress?: PerSiteModel<{ readonly host: string; readonly port: string; readonly path?: string }>;
  /** By path in the container. */
  readonly mounts: Readonly<Record<string, StorageModel>>;
  /** Device files of the host. */
  readonly devices: readonly string[];
  readonly health?: HealthModel;
  readonly security: SecurityModel;
}

/** What a container may do beyond the hardened default. */
export interface SecurityModel {
  readonly runAsUser?: number;
  /** Ids of groups besides the user's own. */
  readonly groups: readonly number[];
  readonly allowRoot: boolean;
  readonly writableRoot: boolean;
  readonly capabilities: readonly string[];
  readonly hostNetwork: boolean;
  readonly serviceAccountToken: boolean;
}

export interface ResourcesModel {
  readonly cpuMillis: number;
  readonly cpuLimitMillis?: number;
  readonly memoryKiB: number;
  readonly memoryLimitKiB: number;
  readonly diskKiB?: number;
  readonly accelerator?: AcceleratorModel;
}

export type RunModel =
  | { readonly kind: 'replicas' | 'stateful'; readonly replicas: number; readonly moveAfterSeconds: number }
  | { readonly kind: 'every-node' | 'once' }
  | { readonly kind: 'schedule'; readonly cron: string };

export type StorageModel =
  | { readonly kind: 'host-path'; readonly path: string }
  | { readonly kind: 'claim' | 'scratch'; readonly sizeKiB: number };

export type HealthModel =
  | { readonly kind: 'http'; readonly path: string; readonly port: string }
  | { readonly kind: 'tcp'; readonly port: string }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

/** Names one key of one secret; never holds a value. */
export interface SecretKeyModel {
  readonly secret: string;
  readonly key: string;
}
