import { K3S } from '../../../../../lib/distributions/k3s/k3s';
import type { DeviceClassModel } from '../../../../../lib/model/device-class-model';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import type { Platform } from '../../../../../lib/model/platform';
import type { ModelSite } from '../../../../../lib/model/site-context';
import type { ContainerContent, ContainerWorkloadModel, RunModel } from '../../../../../lib/model/workload-model';
import type { RenderContext } from '../../../../../lib/render/render-context';
import { renderContainer } from '../../../../../lib/render/workload/container/container';

export const week = 604_800;
export const runs = {
  replicas: (replicas: number): RunModel => ({ kind: 'replicas', replicas, moveAfterSeconds: week }),
  stateful: (replicas: number): RunModel => ({ kind: 'stateful', replicas, moveAfterSeconds: week }),
  everyNode: { kind: 'every-node' },
  once: { kind: 'once' },
  schedule: { kind: 'schedule', cron: '15 3 * * *' },
} satisfies Record<string, RunModel | ((n: number) => RunModel)>;

export const security: ContainerContent['security'] = {
  groups: [],
  allowRoot: false,
  writableRoot: false,
  capabilities: [],
  hostNetwork: false,
  serviceAccountToken: false,
};

export function contentOf(content: Partial<ContainerContent> = {}): ContainerContent {
  return {
    image: 'ghcr.io/acme/pos:1.4.2',
    resources: { cpuMillis: 250, memoryKiB: 256 * 1024, memoryLimitKiB: 256 * 1024 },
    run: runs.replicas(1),
    ports: {},
    mounts: {},
    devices: [],
    security,
    ...content,
  };
}

export function deviceClass(id: string, ...platforms: Platform[]): DeviceClassModel {
  const figures = { name: id, platforms, cores: 4, memoryMiB: 4096, sharedWithAcceleratorMiB: 0, accelerators: [] };
  return { path: `grocer/${id}`, id, hardware: figures, reserves: {}, nodeLabels: {} };
}

export const till = deviceClass('till', 'linux/arm64');
export const box = deviceClass('box', 'linux/amd64');

export function contextOf(context: Partial<RenderContext> = {}): RenderContext {
  const cluster = { distribution: 'k3s', kubernetes: '1.33', has: () => false } as const;
  const site = { name: 'store-1', values: {}, json: {} } as unknown as ModelSite;
  return {
    context: { site, cluster },
    distribution: K3S,
    deviceClasses: [till],
    nodeOf: (leaf) => `node-of-${leaf}`,
    readFile: () => '',
    ...context,
  };
}

export function workloadOf(
  content: ContainerContent,
  more: Partial<ContainerWorkloadModel> = {},
): ContainerWorkloadModel {
  const placement = { where: [], except: [] };
  return {
    kind: 'container',
    path: 'grocer/pos',
    id: 'pos',
    namespace: 'shop',
    placement,
    content,
    variants: [],
    ...more,
  };
}

/** The objects of a workload `pos` in the namespace `shop`, as they are once undefined members are gone. */
export function render(
  content: Partial<ContainerContent> = {},
  context: Partial<RenderContext> = {},
  workload: Partial<ContainerWorkloadModel> = {},
): KubeObject[] {
  const whole = contentOf(content);
  return JSON.parse(JSON.stringify(renderContainer(workloadOf(whole, workload), whole, contextOf(context))));
}

export interface PodSpec {
  readonly containers: readonly [Readonly<Record<string, unknown>>];
  readonly [key: string]: unknown;
}

export function podSpec(objects: readonly KubeObject[]): PodSpec {
  return template(objects).spec;
}

export function template(objects: readonly KubeObject[]): { readonly metadata: object; readonly spec: PodSpec } {
  for (const { spec } of objects as readonly { readonly spec?: Record<string, never> }[]) {
    const found = spec?.template ?? (spec?.jobTemplate as { spec: { template: never } } | undefined)?.spec.template;
    if (found) return found;
  }
  throw new Error('no object with a pod template');
}

export function ofKind(objects: readonly KubeObject[], kind: string): KubeObject[] {
  return objects.filter((object) => object.kind === kind);
}
