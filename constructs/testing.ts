import { parseAllDocuments } from 'yaml';
import { fillTemplate } from '../lib/model/hole-value';
import type { KubeObject } from '../lib/model/kube-object';
import type { Cohort, SitePlan } from '../lib/model/plan';
import { hasErrors, listSome, type Problem, SynthError } from '../lib/model/problem';
import { type RenderedFleet, renderFleet } from '../lib/synth';
import { collect } from './collect';
import type { Fleet } from './fleet';
import { model } from './internal';
import { Match, mismatch } from './match';

export { Match };

/**
 * A fleet synthesized in memory, for assertions in tests. What a test sees was parsed from the text that would be written.
 *
 * @example
 * const assembly = Rendered.from(fleet);
 * assembly.site('store-0001').hasResource('apps/v1/Deployment', { metadata: { name: 'pos' } });
 */
export class Rendered {
  /** Everything but the write; throws `SynthError` as synth does. */
  static from(fleet: Fleet): Rendered {
    const rendered = renderFleet(collect(fleet, fleet[model]));
    if (hasErrors(rendered.problems)) throw new SynthError(rendered.problems);
    return new Rendered(rendered);
  }

  /** Errors and warnings of a fleet, whether or not it synthesizes. */
  static problemsOf(fleet: Fleet): readonly Problem[] {
    return renderFleet(collect(fleet, fleet[model])).problems;
  }

  private readonly sites: ReadonlyMap<string, SitePlan>;

  private constructor(private readonly rendered: RenderedFleet) {
    this.sites = new Map(rendered.plan.sites.map((site) => [site.name, site]));
  }

  /** Throws for a name that no site has. */
  site(name: string): RenderedSite {
    const site = this.sites.get(name);
    if (!site) throw new Error(`no site ${name}; there are ${listSome(this.siteNames)}`);
    return new RenderedSite(site, this.rendered);
  }

  /** A cluster that sites share, by its id. Throws for an id that none has. */
  cluster(id: string): RenderedCluster {
    const ids = this.rendered.plan.model.sharedClusters.map((cluster) => cluster.id).sort();
    if (!ids.includes(id)) throw new Error(`no cluster ${id} that sites share; there are ${listSome(ids) || 'none'}`);
    return new RenderedCluster(id, this.rendered);
  }

  /** Sorted. */
  get siteNames(): readonly string[] {
    return [...this.sites.keys()];
  }

  /** Sorted. */
  get cohortNames(): readonly string[] {
    return this.rendered.plan.cohorts.map((cohort) => cohort.id);
  }

  /** Warnings that are left. */
  get warnings(): readonly Problem[] {
    return this.rendered.problems;
  }
}

/** Objects that a test looks at. */
abstract class RenderedObjects {
  abstract readonly objects: readonly KubeObject[];

  /** `of`: whose objects they are, for messages. */
  protected constructor(private readonly of: string) {}

  /** Objects of a type such as `apps/v1/Deployment` or `v1/Service` that contain a pattern; matchers of `Match` may stand in it. @default - any of the type */
  find(type: string, like: unknown = {}): readonly KubeObject[] {
    return this.ofType(type).filter((object) => mismatch(object, like) === undefined);
  }

  /** Throws unless an object of the type contains the pattern, and says what comes nearest. */
  hasResource(type: string, like: unknown): void {
    const candidates = this.ofType(type);
    const misses = candidates.map((object) => ({ object, miss: mismatch(object, like) }));
    if (misses.some(({ miss }) => miss === undefined)) return;
    if (candidates.length === 0) {
      const types = [...new Set(this.objects.map(typeOf))].sort();
      throw new Error(`the ${this.of} has no ${type}; it has ${listSome(types, 20)}`);
    }
    const lines = misses.map(({ object, miss }) => `  ${object.metadata.name}: ${miss}`);
    throw new Error(`none of ${candidates.length} ${type} is like that:\n${lines.join('\n')}`);
  }

  /** Throws unless there are so many objects of the type. */
  resourceCountIs(type: string, count: number): void {
    const names = this.ofType(type).map((object) => object.metadata.name);
    if (names.length !== count)
      throw new Error(`the ${this.of} has ${names.length} ${type} (${listSome(names)}), not ${count}`);
  }

  private ofType(type: string): readonly KubeObject[] {
    return this.objects.filter((object) => typeOf(object) === type);
  }
}

/**
 * What one site gets.
 *
 * @example
 * const pods = Rendered.from(fleet).site('store-0001').find('apps/v1/DaemonSet');
 */
export class RenderedSite extends RenderedObjects {
  /** Id of its cohort: sites with the same have equal content but for their values. */
  readonly cohort: string;
  /** Hardware profile. */
  readonly profile: string;
  /** Texts of its manifests by file name without `.yaml`. Not those of a cluster that it shares with others: see `Rendered.cluster`. */
  readonly manifests: Readonly<Record<string, string>>;
  /** All objects, in the order of the files; after them those of workloads that its shared cluster has once and that run here too. */
  readonly objects: readonly KubeObject[];

  /** @internal */
  constructor(site: SitePlan, fleet: RenderedFleet) {
    super('site');
    const { plan, rendering } = fleet;
    this.cohort = site.cohort;
    this.profile = site.profile;
    const cohort = plan.cohorts.find(({ id }) => id === site.cohort);
    const units = (cohort?.units ?? []).flatMap((unit) => rendering.units.get(unit) ?? []);
    const files = [
      ...(rendering.clusters.get(site.cohort) ?? []),
      ...units.flatMap((unit) => (unit.isShared ? [] : unit.files)),
    ];
    this.manifests = Object.fromEntries(files.map((file) => [file.name, fillTemplate(file.template, site)]));
    this.objects = [...Object.values(this.manifests).flatMap(objectsOf), ...sharedObjects(cohort, fleet)];
  }
}

/**
 * What stands in a cluster that sites share, once for all of them.
 *
 * @example
 * const groups = Rendered.from(fleet).cluster('vans').find('apps.kubeedge.io/v1alpha1/NodeGroup');
 */
export class RenderedCluster extends RenderedObjects {
  /** Texts by path below its folder, sorted. What each site adds is not in it. */
  readonly files: Readonly<Record<string, string>>;
  /** All objects in its `manifests`, in the order of the files; none of its charts and patches. */
  readonly objects: readonly KubeObject[];

  /** @internal */
  constructor(id: string, { rendering }: RenderedFleet) {
    super('cluster');
    this.files = filesBelow(rendering.files, id);
    const manifests = Object.entries(this.files).filter(([path]) => path.startsWith('manifests/'));
    this.objects = manifests.flatMap(([, text]) => objectsOf(text));
  }
}

function typeOf(object: KubeObject): string {
  return `${object.apiVersion}/${object.kind}`;
}

/** What the workloads of a site have once in a cluster that it shares; of an EdgeApplication what it makes, too. */
function sharedObjects(cohort: Cohort | undefined, { plan, rendering }: RenderedFleet): KubeObject[] {
  const cluster = plan.model.sharedClusters.find(({ path }) => path === cohort?.cluster.shared);
  if (!cluster) return [];
  const files = filesBelow(rendering.files, cluster.id);
  const workloads = plan.units.filter(({ id }) => cohort?.units.includes(id)).map(({ workload }) => workload.id);
  return [...new Set(workloads)]
    .flatMap((id) => objectsOf(files[`manifests/workloads/${id}.yaml`] ?? ''))
    .flatMap((object) => [object, ...madeBy(object)]);
}

function madeBy({ kind, spec }: KubeObject): readonly KubeObject[] {
  if (kind !== 'EdgeApplication') return [];
  const { workloadTemplate } = spec as { readonly workloadTemplate?: { readonly manifests?: readonly KubeObject[] } };
  return workloadTemplate?.manifests ?? [];
}

function filesBelow(files: ReadonlyMap<string, string>, cluster: string): Readonly<Record<string, string>> {
  const folder = `clusters/${cluster}/`;
  const own = [...files].filter(([path]) => path.startsWith(folder));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(folder.length), text]));
}

function objectsOf(text: string): KubeObject[] {
  const documents = parseAllDocuments(text);
  return Array.isArray(documents) ? documents.map((document) => document.toJS() as KubeObject) : [];
}
