import { K3S } from '../../lib/distributions/k3s/k3s';
import { localDelivery } from '../../lib/engines/local/local';
import type { DeviceClassModel } from '../../lib/model/device-class-model';
import type { NodeCountModel } from '../../lib/model/distribution';
import type { FleetModel, Rule } from '../../lib/model/fleet-model';
import type { K3sClusterModel } from '../../lib/model/k3s-cluster-model';
import type { KubeObject } from '../../lib/model/kube-object';
import type { PlacementModel } from '../../lib/model/placement-model';
import type { Cohort, Plan, RenderUnit, SitePlan } from '../../lib/model/plan';
import type { Platform } from '../../lib/model/platform';
import type { RenderedFile, Rendering } from '../../lib/model/template';
import { TokenTable } from '../../lib/model/token';
import type { WorkloadContent, WorkloadModel } from '../../lib/model/workload-model';

/** One site: its name, values and nodes, by id of the device class. */
export interface TestSite {
  readonly name: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** @default { box: 1 } */
  readonly nodes?: Readonly<Record<string, number>>;
}

export interface TestWorkload {
  readonly id: string;
  readonly kind?: WorkloadModel['kind'];
  readonly objects?: (tokens: TokenTable) => readonly object[];
  readonly platforms?: readonly Platform[] | 'unknown';
  readonly onNodes?: readonly string[];
  /** Names of its files, all with the same objects. @default - its id */
  readonly fileName?: string;
}

export interface TestFleet {
  readonly sites?: readonly TestSite[];
  readonly classes?: readonly DeviceClassModel[];
  readonly workloads: readonly TestWorkload[];
  readonly rules?: readonly Rule[];
  readonly acknowledgements?: FleetModel['acknowledgements'];
  readonly clusterObjects?: readonly object[];
}

export function deviceClass(
  id: string,
  hardware: Partial<DeviceClassModel['hardware']> = {},
  more: Partial<Pick<DeviceClassModel, 'reserves' | 'nodeLabels'>> = {},
): DeviceClassModel {
  return {
    path: `fleet/${id}`,
    id,
    hardware: {
      name: `${id}-hw`,
      platforms: ['linux/amd64'],
      cores: 4,
      memoryMiB: 8192,
      sharedWithAcceleratorMiB: 0,
      accelerators: [],
      ...hardware,
    },
    reserves: {},
    nodeLabels: {},
    ...more,
  };
}

/** A plan of one cohort, whose first device class is the server, and a rendering of hand-made objects. */
export function checkPlan(fleet: TestFleet): { readonly plan: Plan; readonly rendering: Rendering } {
  const classes = fleet.classes ?? [deviceClass('box')];
  const given = fleet.sites ?? [{ name: 'store-1' }, { name: 'store-2' }];
  const holes = holesOf(given);
  const tokens = new TokenTable([...holes.keys(), 'site.profile']);
  const sites = given.map((site) => sitePlan(site, classes, holes));
  const deviceClasses = [...new Set(sites.flatMap((s) => s.nodes.map((n) => n.deviceClass)))].sort();
  const units = fleet.workloads.map((workload) => renderUnit(workload, deviceClasses, sites));
  const cohort: Cohort = {
    id: 'store-1a2b',
    blueprint: { path: 'fleet/store', id: 'store', cluster: () => cluster, labels: [], link: { kind: 'online' } },
    cluster: { ...cluster, nodes: classes.map((c, i) => ({ deviceClass: c.path, role: roleOf(i), count: 1 })) },
    delivery: localDelivery,
    kubernetes: '1.33',
    deviceClasses,
    trees: [],
    units: units.map((unit) => unit.id),
    sites,
  };
  const model: FleetModel = {
    id: 'fleet',
    deviceClasses: classes,
    blueprints: [cohort.blueprint],
    sharedClusters: [],
    delivery: localDelivery,
    writesExpanded: false,
    waves: [],
    sources: [],
    workloads: units.map((unit) => unit.workload),
    overrides: [],
    rules: fleet.rules ?? [],
    acknowledgements: fleet.acknowledgements ?? [],
    problems: [],
  };
  const plan: Plan = {
    model,
    sites,
    cohorts: [cohort],
    units,
    nodes: new Map(),
    trees: new Map(),
    waves: [],
    tokens,
    closed: new Set(),
    problems: [],
  };
  const rendered = fleet.workloads.map((w, i) => {
    const unit = units[i]?.id ?? '';
    return [
      unit,
      { unit, files: [renderedFile(w.fileName ?? w.id, (w.objects?.(tokens) ?? []) as KubeObject[])] },
    ] as const;
  });
  const clusterFiles = fleet.clusterObjects ? [renderedFile('cluster', fleet.clusterObjects as KubeObject[])] : [];
  return {
    plan,
    rendering: {
      units: new Map(rendered),
      clusters: new Map([[cohort.id, clusterFiles]]),
      trees: new Map(),
      siteNodes: () => undefined,
      files: new Map(),
      problems: [],
    },
  };
}

const cluster: K3sClusterModel = {
  distribution: K3S,
  version: 'v1.33.5+k3s1',
  nodes: [],
  disable: [],
  packagedValues: {},
};

function roleOf(index: number): 'server' | 'agent' {
  return index === 0 ? 'server' : 'agent';
}

function holesOf(sites: readonly TestSite[]): ReadonlyMap<string, 'text' | 'number'> {
  const values = Object.entries(sites[0]?.values ?? {});
  return new Map([
    ['site.name', 'text'],
    ...values
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => [`site.values.${name}`, typeof value === 'number' ? 'number' : 'text'] as const),
    ...values.map(([name]) => [`site.json.${name}`, 'text'] as const),
  ]);
}

function sitePlan(
  { name, values = {}, nodes = { box: 1 } }: TestSite,
  classes: readonly DeviceClassModel[],
  holes: SitePlan['holes'],
): SitePlan {
  const counts = classes.flatMap((c, i): NodeCountModel[] => {
    const count = nodes[c.id];
    return count === undefined ? [] : [{ deviceClass: c.path, role: roleOf(i), count }];
  });
  return {
    name,
    path: 'fleet/stores',
    blueprint: 'fleet/store',
    state: 'active',
    values,
    holes,
    timeZone: 'UTC',
    clusterGeneration: 0,
    link: { kind: 'online' },
    nodes: counts,
    profile: 'box-hw',
    cohort: 'store-1a2b',
    digest: name,
  };
}

function renderUnit(
  { id, kind = 'container', platforms = ['linux/amd64'], onNodes }: TestWorkload,
  deviceClasses: readonly string[],
  sites: readonly SitePlan[],
): RenderUnit {
  const placement: PlacementModel = { where: [], except: [], onNodes: onNodes?.map((name) => `fleet/${name}`) };
  const content = { platforms: platforms === 'unknown' ? undefined : platforms } as unknown as WorkloadContent;
  const workload = { kind, path: `fleet/${id}`, id, namespace: 'default', placement, content, variants: [] };
  return {
    id: `${id} default k3s-1.33`,
    workload: workload as unknown as WorkloadModel,
    variant: 'default',
    content,
    overrides: [],
    distribution: K3S,
    delivery: localDelivery,
    kubernetes: '1.33',
    deviceClasses,
    sites,
  };
}

function renderedFile(name: string, objects: readonly KubeObject[]): RenderedFile {
  return { name, retire: 'withdraw', objects, template: { digest: name, texts: [''], holes: [] } };
}

// Objects, short.

export function configMap(name: string, data: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}

export interface TestPod {
  readonly kind?: 'Deployment' | 'DaemonSet' | 'StatefulSet' | 'Job';
  readonly replicas?: number;
  readonly memory?: string;
  readonly cpu?: string;
  readonly limits?: Readonly<Record<string, string | number>>;
  /** Laid over the pod's own fields. */
  readonly spec?: object;
  readonly container?: object;
}

/** An object that runs one container. */
export function podOwner(name: string, pod: TestPod = {}): object {
  const { kind = 'Deployment', replicas, memory = '64Mi', cpu, limits, spec, container } = pod;
  const requests = { memory, ...(cpu && { cpu }) };
  const labels = { app: 'x' };
  const main = { name: 'main', image: 'ghcr.io/acme/app:1.0.0', resources: { requests, limits }, ...container };
  return {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: {
      ...(replicas !== undefined && { replicas }),
      ...(kind !== 'Job' && { selector: { matchLabels: labels } }),
      template: { metadata: { labels }, spec: { containers: [main], ...spec } },
    },
  };
}
