import type { DeliveryCohort, DeliveryContent, DeliveryFiles, DeliveryModel, RecordFile } from '../model/delivery';
import { shardOf, sorted } from '../model/digest';
import type { FileContent } from '../model/file-content';
import type { FleetModel } from '../model/fleet-model';
import { clusterFolder, deliveryFolder } from '../model/folders';
import type { KubeObject } from '../model/kube-object';
import type { Cohort, Plan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import { commonHoles } from '../model/site-view';
import type { VariableNames } from '../model/template';
import type { HoleUse } from '../model/token';
import { variablesOf } from '../model/variable';
import { layersOf, namespacesOf } from './layers';
import { printYaml } from './yaml-template';

/** What engines make of a fleet. */
export interface RenderedDeliveries {
  /** Text by path in the assembly. */
  readonly files: ReadonlyMap<string, string>;
  /** By id of the cohort. */
  readonly records: DeliveryFiles['records'];
  /** Names of variables by id of the cohort. */
  readonly variables: ReadonlyMap<string, VariableNames>;
  /** By id of the cohort. */
  readonly bootstrap: ReadonlyMap<string, readonly FileContent[]>;
  readonly problems: readonly Problem[];
}

/** Cohorts whose sites pull what they run. What the nodes of a cluster elsewhere run is delivered to that. */
export function pullingCohorts({ cohorts }: Plan): Cohort[] {
  return cohorts.filter(({ cluster, delivery }) => delivery.engine.pulls && cluster.shared === undefined);
}

/** What is rendered of a fleet, whoever delivers it. */
export interface Deliverable {
  /** Objects by id of the unit. */
  readonly objects: ReadonlyMap<string, readonly KubeObject[]>;
  /** What clusters have whatever their workloads, by id of the cohort. */
  readonly clusterFiles: ReadonlyMap<string, readonly FileContent[]>;
  /** Units of shared clusters of which each site adds objects, by id. */
  readonly perSite: { has(unit: string): boolean };
}

/** Lets each engine make what its sites pull. */
export function renderDeliveries(plan: Plan, rendered: Deliverable): RenderedDeliveries {
  const files = new Map<string, string>();
  const records = new Map<string, readonly RecordFile[]>();
  const bootstrap = new Map<string, readonly FileContent[]>();
  const variables = new Map<string, VariableNames>();
  const problems: Problem[] = [];
  for (const [name, delivery] of deliveriesOf(plan)) {
    const content = contentOf(plan, delivery, rendered);
    const made = delivery.engine.render?.(content);
    if (!made) continue;
    for (const [path, text] of made.files) files.set(`${deliveryFolder(name)}/${path}`, text);
    for (const [path, text] of made.layers) files.set(`${content.workloadsFolder}/${path}`, text);
    for (const own of content.cohorts) variables.set(own.cohort.id, namesOf(own, content));
    for (const [cohort, record] of made.records) records.set(cohort, record);
    for (const [cohort, first] of made.bootstrap ?? []) bootstrap.set(cohort, first);
    problems.push(...delivery.engine.problems(delivery).map((what) => error(plan.model.id, what)), ...made.problems);
  }
  return { files: new Map(sorted(files, ([path]) => path)), records, variables, bootstrap, problems };
}

function namesOf({ layers: own, variables }: DeliveryCohort, { layers }: DeliveryContent): VariableNames {
  const variants = layers.flatMap(({ name, variants: all }) => all.filter((variant) => own.get(name) === variant.name));
  const asked = variants.flatMap((variant) => variant.variables.map(({ name }) => name));
  return { asks: sorted(new Set(asked), (name) => name), offers: variables.map(({ name }) => name) };
}

/** Deliveries in use by the name of their engine; resolve has seen to it that there is one of each. */
function deliveriesOf(plan: Plan): ReadonlyMap<string, DeliveryModel> {
  const pulling = plan.cohorts.map(({ delivery }) => delivery).filter(({ engine }) => engine.pulls);
  return new Map(sorted(pulling, ({ engine }) => engine.name).map((delivery) => [delivery.engine.name, delivery]));
}

/** Shards of the sites that add objects to a cluster that they share. */
function siteShards(cluster: string, { cohorts }: Plan, perSite: Deliverable['perSite']): string[] {
  const adding = cohorts.filter(
    (cohort) => cohort.cluster.shared === cluster && cohort.units.some((id) => perSite.has(id)),
  );
  return [...new Set(adding.flatMap(({ sites }) => sites.map(({ name }) => shardOf(name))))].sort();
}

/** How values are mostly written: as text, in JSON that is text, and where the kubelet expands `$(NAME)`. */
const usualWays: readonly HoleUse['filters'][] = [['j'], ['j', 'j'], ['d', 'j']];

/**
 * All that a site says of itself, whether its content asks for it or not. Where there are waves, in all usual ways: content that sites of a later wave still
 * have, or go back to, may ask for what today's does not.
 */
function ownHoles({ sites }: Cohort, hasWaves: boolean): HoleUse[] {
  const holes = [...commonHoles(sites).keys(), 'site.profile'].filter((hole) => !hole.startsWith('site.json.'));
  const ways = hasWaves ? usualWays : usualWays.slice(0, 1);
  return holes.flatMap((hole) => ways.map((filters) => ({ hole, filters })));
}

/** Of two engines in one fleet, each has its content in its own form: the fleet's own, or the first that a blueprint names, has the usual folder. */
function firstEngine({ delivery, blueprints }: FleetModel): string | undefined {
  const all = [delivery, ...blueprints.map((blueprint) => blueprint.delivery)];
  return all.find((one) => one?.engine.pulls)?.engine.name;
}

function contentOf(
  plan: Plan,
  delivery: DeliveryModel,
  { objects, clusterFiles, perSite }: Deliverable,
): DeliveryContent {
  const { model, tokens, waves } = plan;
  const { name } = delivery.engine;
  const cohorts = pullingCohorts(plan).filter((cohort) => cohort.delivery.engine.name === name);
  const { layers, ofCohort } = layersOf(plan, cohorts, objects, clusterFiles);
  const variants = new Map(
    layers.flatMap((layer) => layer.variants.map((v) => [`${layer.name}/${v.name}`, v] as const)),
  );
  return {
    fleet: model.id,
    delivery,
    layers,
    cohorts: cohorts.map((cohort): DeliveryCohort => {
      const own = ofCohort.get(cohort.id) ?? new Map<string, string>();
      const uses = [...own].flatMap(([layer, variant]) => variants.get(`${layer}/${variant}`)?.variables ?? []);
      return {
        cohort,
        layers: new Map(sorted(own, ([layer]) => layer)),
        namespaces: namespacesOf(cohort, plan, objects),
        variables: variablesOf([...uses.map(({ use }) => use), ...ownHoles(cohort, waves.length > 0)]),
      };
    }),
    sharedClusters: sorted(
      model.sharedClusters.filter((cluster) => (cluster.delivery ?? model.delivery).engine.name === name),
      ({ id }) => id,
    ).map(({ id, path }) => ({ id, path, folder: clusterFolder(id), siteShards: siteShards(path, plan, perSite) })),
    waves,
    tokens,
    workloadsFolder: firstEngine(model) === name ? 'workloads' : `${deliveryFolder(name)}/shared`,
    print: (documents) => documents.map((one) => printYaml(one, tokens, () => false)).join('---\n'),
  };
}
