import { OWN_NAMESPACES } from '../catalog/kubernetes';
import { sha256, sorted } from '../model/digest';
import type { FileContent } from '../model/file-content';
import { applyFilters } from '../model/filter';
import { fixedValues } from '../model/fixed-values';
import { holeValue } from '../model/hole-value';
import { type KubeObject, mapScalars } from '../model/kube-object';
import { clusterLayer, type Layer, type LayerVariant } from '../model/layer';
import type { Cohort, Plan, RenderUnit } from '../model/plan';
import { type HoleUse, numberHole, splitTokens, type TokenTable, withHoleNames } from '../model/token';
import { holeToken, variablesOf } from '../model/variable';
import type { WorkloadModel } from '../model/workload-model';
import { layerNames, type NamedContent } from './layer-names';
import { printTemplate } from './yaml-template';

/** What sites that pull have, as content that they share. */
export interface Layering {
  /** Sorted by name. */
  readonly layers: readonly Layer[];
  /** Name of the variant by name of the layer, sorted, by id of the cohort. */
  readonly ofCohort: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Content on its way to a layer. */
interface Content extends NamedContent {
  readonly layer: string;
  readonly workload?: WorkloadModel;
  readonly objects: readonly KubeObject[];
  /** Ids of the cohorts that have it. */
  readonly cohorts: readonly string[];
}

/** Gathers content of cohorts by what it is, so that sites of many cohorts share it. `objects`: of units; `clusterFiles`: of cohorts. */
export function layersOf(
  plan: Plan,
  cohorts: readonly Cohort[],
  objects: ReadonlyMap<string, readonly KubeObject[]>,
  clusterFiles: ReadonlyMap<string, readonly FileContent[]>,
): Layering {
  const contents = [
    ...plan.units.flatMap((unit) => unitContent(unit, cohorts, objects.get(unit.id), plan.tokens)),
    ...cohorts.flatMap((cohort) => clusterContent(cohort, clusterFiles.get(cohort.id) ?? [], plan)),
  ];
  const byLayer = new Map<string, Content[]>();
  for (const content of contents) byLayer.set(content.layer, [...(byLayer.get(content.layer) ?? []), content]);
  const ofCohort = new Map(cohorts.map(({ id }) => [id, new Map<string, string>()]));
  const layers = sorted(byLayer, ([name]) => name).map(([name, own]): Layer => {
    const names = layerNames(own);
    const variants = new Map<string, LayerVariant>();
    for (const content of own) {
      const variant = names.get(content) ?? '';
      for (const cohort of content.cohorts) ofCohort.get(cohort)?.set(name, variant);
      if (!variants.has(variant)) variants.set(variant, layerVariant(variant, content.objects, plan.tokens));
    }
    return layerOf(
      name,
      own,
      sorted(variants.values(), (variant) => variant.name),
    );
  });
  return { layers, ofCohort };
}

function layerOf(name: string, [first]: readonly Content[], variants: readonly LayerVariant[]): Layer {
  const workload = first?.workload;
  if (!workload) return { name, namespace: 'kube-system', isStateful: false, variants };
  const { namespace, owner, kind } = workload;
  const isStateful = kind === 'helm' || variants.some((variant) => variant.objects.some(holdsData));
  return { name, workload, namespace, ...(owner !== undefined && { owner }), isStateful, variants };
}

function holdsData({ kind }: KubeObject): boolean {
  return kind === 'PersistentVolumeClaim' || kind === 'StatefulSet';
}

function layerVariant(name: string, objects: readonly KubeObject[], tokens: TokenTable): LayerVariant {
  return { name, objects, variables: variablesOf(printTemplate('', objects, tokens, () => false).holes) };
}

function unitContent(
  unit: RenderUnit,
  cohorts: readonly Cohort[],
  rendered: readonly KubeObject[] | undefined,
  tokens: TokenTable,
): Content[] {
  const own = cohorts.filter(({ units }) => units.includes(unit.id)).map(({ id }) => id);
  if (!rendered || own.length === 0) return [];
  const { workload, variant, distribution, kubernetes, deviceClasses, overrides } = unit;
  const objects = withFixedObjects(rendered, fixedValues(overrides), tokens);
  return [
    {
      layer: workload.id,
      workload,
      variant,
      digest: digestOf(objects, tokens),
      facts: [distribution.name, kubernetes, classNames(deviceClasses)],
      objects,
      cohorts: own,
    },
  ];
}

/** What a cluster has whatever its workloads, but for namespaces: these are made with each site, or by its engine. */
function clusterContent(
  { id, blueprint, cluster, kubernetes, deviceClasses }: Cohort,
  files: readonly FileContent[],
  { tokens }: Plan,
): Content[] {
  const objects = files.flatMap((file) => file.objects);
  if (objects.length === 0) return [];
  return [
    {
      layer: clusterLayer,
      variant: blueprint.id,
      digest: digestOf(objects, tokens),
      facts: [cluster.distribution.name, kubernetes, classNames(deviceClasses), id.slice(-8)],
      objects,
      cohorts: [id],
    },
  ];
}

/** Namespaces that workloads of a cohort need and do not bring along, sorted. */
export function namespacesOf(
  cohort: Cohort,
  plan: Plan,
  objects: ReadonlyMap<string, readonly KubeObject[]>,
): readonly string[] {
  const units = plan.units.filter(({ id }) => cohort.units.includes(id));
  const made = new Set(
    units
      .flatMap(({ id }) => objects.get(id) ?? [])
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => metadata.name),
  );
  const wanted = new Set(units.map(({ workload }) => workload.namespace));
  return sorted(wanted, (name) => name).filter((name) => !OWN_NAMESPACES.has(name) && !made.has(name));
}

/** Names of holes and not their numbers, which another column of an inventory would change. */
function digestOf(objects: readonly KubeObject[], tokens: TokenTable): string {
  return sha256(withHoleNames(JSON.stringify(objects), tokens));
}

function classNames(paths: readonly string[]): string {
  return paths.map((path) => path.slice(path.lastIndexOf('/') + 1)).join('_');
}

/** The same objects where some values are the same for all sites, which an override sets: no hole, but the value. */
function withFixedObjects(
  objects: readonly KubeObject[],
  values: Readonly<Record<string, unknown>>,
  tokens: TokenTable,
): readonly KubeObject[] {
  if (Object.keys(values).length === 0) return objects;
  const fixedValue = ({ hole }: HoleUse): string | number | undefined =>
    hole.startsWith('site.values.') || hole.startsWith('site.json.')
      ? holeValue({ name: '', profile: '', values }, hole)
      : undefined;
  return mapScalars(objects, (scalar) => {
    if (typeof scalar === 'number') {
      const use = numberHole(scalar, tokens);
      return (use && fixedValue(use)) ?? scalar;
    }
    return splitTokens(scalar, tokens)
      .map((part) => {
        if (typeof part === 'string') return part;
        const value = fixedValue(part);
        return value === undefined ? holeToken(part, tokens) : applyFilters(value, part.filters);
      })
      .join('');
  }) as KubeObject[];
}
