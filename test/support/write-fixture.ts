import { readAssembly } from '../../lib/assembly/read-assembly';
import { K3S } from '../../lib/distributions/k3s/k3s';
import { localDelivery } from '../../lib/engines/local/local';
import { sha256, shardOf, sorted } from '../../lib/model/digest';
import { canonicalJson } from '../../lib/model/hole-value';
import type { K3sClusterModel } from '../../lib/model/k3s-cluster-model';
import type { Cohort, Plan, RenderUnit, SitePlan, SiteState } from '../../lib/model/plan';
import type { RenderedFile, Rendering } from '../../lib/model/template';
import { TokenTable } from '../../lib/model/token';
import type { WorkloadContent, WorkloadModel } from '../../lib/model/workload-model';
import { type WriteOptions, type WriteResult, write } from '../../lib/write/write';
import { type DescribedMachines, type DescribedTree, machinesOf } from './write-nodes';

/** What the write step is given, by hand: which sites there are, and which files each workload has. */
export interface Described {
  readonly fleet?: string;
  readonly sites: readonly DescribedSite[];
  /** Files by workload; each is a workload's own file or one that holds data. */
  readonly workloads: Readonly<Record<string, readonly DescribedFile[]>>;
  readonly kinds?: Readonly<Record<string, WorkloadModel['kind']>>;
  readonly closed?: readonly string[];
  /** Node trees by name. @default - machines are set up by others */
  readonly trees?: Readonly<Record<string, DescribedTree>>;
}

export interface DescribedSite {
  readonly name: string;
  readonly value?: string;
  readonly state?: SiteState;
  /** @default - all workloads */
  readonly workloads?: readonly string[];
  /** Machines by slot. @default - none */
  readonly machines?: DescribedMachines;
  /** @default 0 */
  readonly clusterGeneration?: number;
}

export interface DescribedFile {
  readonly name: string;
  /** `@` stands for the site's value. */
  readonly text: string;
  readonly claim?: boolean;
}

export function planOf(described: Described): { readonly plan: Plan; readonly rendering: Rendering } {
  const workloads = Object.keys(described.workloads).map(
    (id) =>
      ({
        kind: described.kinds?.[id] ?? 'chart',
        path: `fleet/${id}`,
        id,
        namespace: 'default',
        placement: { where: [], except: [] },
        content: {},
        variants: [],
      }) as unknown as WorkloadModel,
  );
  const idsOf = (site: DescribedSite) =>
    site.state === 'closing' ? [] : [...(site.workloads ?? Object.keys(described.workloads))].sort();
  const cohortOf = (site: DescribedSite) => `store-${sha256(canonicalJson(idsOf(site))).slice(0, 8)}`;
  const present = sorted(
    described.sites.filter((site) => site.state !== 'closed'),
    (site) => site.name,
  );
  const sites = present.map((site) => sitePlan(site, cohortOf(site)));
  const cohorts = new Map(present.map((site) => [cohortOf(site), idsOf(site)]));
  const used = workloads.filter((w) => present.some((site) => idsOf(site).includes(w.id)));
  const units = sorted(used, (w) => w.id).map((w) => unit(w, sites));
  const machines = machinesOf(
    described.trees ?? {},
    new Map(present.map(({ name, machines: own }) => [name, own ?? {}])),
  );
  const plan: Plan = {
    model: {
      id: described.fleet ?? 'fleet',
      deviceClasses: [],
      blueprints: [blueprint],
      sharedClusters: [],
      delivery: localDelivery,
      writesExpanded: false,
      waves: [],
      sources: [],
      workloads,
      overrides: [],
      rules: [],
      acknowledgements: [],
      problems: [],
    },
    sites,
    cohorts: sorted(cohorts, ([id]) => id).map(([id, ids]) =>
      cohort(
        id,
        ids,
        sites.filter((site) => site.cohort === id),
      ),
    ),
    units,
    waves: [],
    tokens: new TokenTable(['site.name', 'site.values.v']),
    nodes: machines.nodes,
    trees: machines.trees,
    closed: new Set([
      ...(described.closed ?? []),
      ...described.sites.filter((s) => s.state === 'closed').map((s) => s.name),
    ]),
    problems: [],
  };
  const rendered = units.map((u) => {
    const files = (described.workloads[u.workload.id] ?? []).map(renderedFile);
    return [u.id, { unit: u.id, files }] as const;
  });
  return {
    plan,
    rendering: {
      units: new Map(rendered),
      clusters: new Map(),
      trees: machines.rendered,
      siteNodes: machines.siteNodes,
      files: machines.files,
      problems: [],
    },
  };
}

/** Reads what stands in the folder and writes what is described, as a synthesis does. */
export function writeTo(outDir: string, described: Described, options: WriteOptions = {}): WriteResult {
  const { plan, rendering } = planOf(described);
  return write(plan, rendering, [], outDir, readAssembly(outDir, plan.model.id), options);
}

/** Folder of a site's manifests, relative to the output folder. */
export function manifestsOf(site: string): string {
  return `sites/${shardOf(site)}/${site}/manifests`;
}

const blueprint: Cohort['blueprint'] = {
  path: 'fleet/store',
  id: 'store',
  cluster: () => cluster,
  labels: [],
  link: { kind: 'online' },
};

const cluster: K3sClusterModel = {
  distribution: K3S,
  version: 'v1.33.5+k3s1',
  nodes: [],
  disable: [],
  packagedValues: {},
};

function sitePlan({ name, value = 'a', state = 'active', clusterGeneration = 0 }: DescribedSite, of: string): SitePlan {
  return {
    name,
    path: 'fleet/stores',
    blueprint: blueprint.path,
    state,
    values: { v: value },
    holes: new Map([['site.values.v', 'text']]),
    timeZone: 'UTC',
    clusterGeneration,
    link: { kind: 'online' },
    nodes: [],
    profile: 'box',
    cohort: of,
    digest: sha256(canonicalJson([name, value])),
  };
}

function cohort(id: string, workloads: readonly string[], sites: readonly SitePlan[]): Cohort {
  return {
    id,
    blueprint,
    cluster,
    delivery: localDelivery,
    kubernetes: '1.33',
    deviceClasses: [],
    trees: [],
    units: workloads.map((w) => `${w} default`),
    sites,
  };
}

function unit(workload: WorkloadModel, sites: readonly SitePlan[]): RenderUnit {
  return {
    id: `${workload.id} default`,
    workload,
    variant: 'default',
    content: {} as WorkloadContent,
    overrides: [],
    distribution: K3S,
    delivery: localDelivery,
    kubernetes: '1.33',
    deviceClasses: [],
    sites,
  };
}

function renderedFile({ name, text, claim = false }: DescribedFile): RenderedFile {
  const texts = text.split('@');
  return {
    name,
    template: {
      digest: sha256(text),
      texts,
      holes: texts.slice(1).map(() => ({ hole: 'site.values.v', filters: [] })),
    },
    retire: claim ? 'keep' : 'withdraw',
    objects: [{ apiVersion: 'v1', kind: claim ? 'PersistentVolumeClaim' : 'ConfigMap', metadata: { name } }],
  };
}
