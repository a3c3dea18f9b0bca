import { readFileSync } from 'node:fs';
import type { FileContent } from '../model/file-content';
import { applyFilters } from '../model/filter';
import { fixedValues } from '../model/fixed-values';
import { siteValue } from '../model/hole-value';
import type { KubeObject } from '../model/kube-object';
import type { RenderedTree } from '../model/node-tree';
import type { Cohort, Plan, RenderUnit, SitePlan } from '../model/plan';
import { error, Problems } from '../model/problem';
import type { FilePlace, RenderedFile, RenderedUnit, Rendering } from '../model/template';
import { type RenderedDeliveries, renderDeliveries } from './deliveries';
import { localFiles, namespaceFile } from './delivery/local';
import { finish } from './finish';
import { imageLists } from './images/image-lists';
import { namespacesOf } from './layers';
import { addressProblems } from './node/address-problems';
import { renderTrees } from './node/render-trees';
import { seedWarnings } from './node/seed-warnings';
import { siteNodes } from './node/site-nodes';
import { ContentError } from './render-context';
import { contentMessage, renderUnit } from './render-unit';
import { secretRecords } from './secret-records';
import { secretsJson } from './secrets-json';
import { renderSharedClusters } from './shared-clusters';
import { readSlots } from './sops/read-slots';
import { type FitsOnLine, printTemplate, printYaml, withFixedValues } from './yaml-template';

/** Turns each unit's content into templates, once however many sites use it. Pure but for the files that the program names. */
export function render(plan: Plan): Rendering {
  const problems = new Problems();
  const objects = new Map<string, readonly KubeObject[]>();
  const slots = readSlots(plan, readFile);
  problems.add(...slots.problems);
  for (const unit of plan.units) {
    const result = renderUnit(unit, plan, {
      secrets: plan.model.secrets,
      encrypted: slots.secrets,
      root: plan.model.root,
      readFile,
    });
    if ('problems' in result) {
      problems.add(...result.problems);
      continue;
    }
    try {
      objects.set(unit.id, finish(result.objects, plan.tokens, unit.delivery.engine));
    } catch (e) {
      problems.add(error(unit.workload.path, contentMessage(e)));
    }
  }
  const { trees, files, problems: treeProblems } = renderTrees(plan);
  problems.add(...treeProblems, ...addressProblems(plan));
  const shared = renderSharedClusters(plan, objects, trees);
  problems.add(...shared.problems);
  const units = new Map(
    plan.units.flatMap((unit): [string, RenderedUnit][] => {
      const content = shared.perSite.get(unit.id) ?? objects.get(unit.id);
      const isShared = unit.shared !== undefined && !shared.perSite.has(unit.id);
      const files = content && unitFiles(unit, content, plan);
      return files ? [[unit.id, { unit: unit.id, isShared, files }]] : [];
    }),
  );
  const own = new Map(plan.cohorts.map((cohort) => [cohort.id, distributionFiles(cohort, trees, plan)]));
  const deliveries = renderDeliveries(plan, { objects, clusterFiles: own, perSite: shared.perSite });
  problems.add(...deliveries.problems);
  const clusters = new Map(
    plan.cohorts.map((cohort) => [
      cohort.id,
      clusterFiles(cohort, own.get(cohort.id) ?? [], objects, deliveries, plan),
    ]),
  );
  const fleetFiles = new Map([
    ...files,
    ...slots.files,
    ...shared.files,
    ...deliveries.files,
    ...imageLists(plan, { units, clusters }),
  ]);
  if (trees.size > 0) fleetFiles.set('secrets.json', secretsJson(trees, secretRecords(plan)));
  const nodesOf = siteNodes(plan, trees);
  problems.add(...seedWarnings(plan, nodesOf));
  const { podKinds } = shared;
  return {
    units,
    clusters,
    trees,
    siteNodes: nodesOf,
    files: fleetFiles,
    podKinds,
    variables: deliveries.variables,
    problems: problems.list,
  };
}

function unitFiles(unit: RenderUnit, objects: readonly KubeObject[], plan: Plan): RenderedFile[] {
  const variant = unit.variant === 'default' ? '' : `, variant ${unit.variant}`;
  const comment = `# Made by EdgeCDK from [${unit.workload.path}]${variant}. Changes belong there.\n`;
  const values = fixedValues(unit.overrides);
  const ownName = `-${plan.tokens.text('site.name')}`;
  // In a cluster that they share, names of objects end with the site's, and those of files are the same for all sites.
  const nameOf = ({ metadata: { name } }: KubeObject) =>
    name.endsWith(ownName) ? name.slice(0, -ownName.length) : name;
  return localFiles(unit.workload, objects, nameOf)
    .map((file) => print(file, comment, plan, { sites: unit.sites, withdraws: unit.distribution.withdraws }))
    .map((file) => ({ ...file, ...placeOf(unit, plan), template: withFixedValues(file.template, values) }));
}

/** What a cluster needs whatever runs in it, as its distribution says. What a shared cluster holds stands in its own folder, once. */
function distributionFiles(
  { blueprint, cluster, trees: names }: Cohort,
  trees: ReadonlyMap<string, RenderedTree>,
  plan: Plan,
): readonly FileContent[] {
  if (cluster.shared !== undefined) return [];
  return cluster.distribution.clusterFiles({
    cluster,
    blueprint: blueprint.path,
    link: blueprint.link,
    trees: new Map([...trees].filter(([name]) => names.includes(name))),
    tokens: plan.tokens,
    printValues: (values) => printYaml(values, plan.tokens, () => false),
  });
}

/** Files of a site that are no workload's: those of its distribution, the namespaces of its workloads, and what its engine pulls or begins with. */
function clusterFiles(
  cohort: Cohort,
  own: readonly FileContent[],
  objects: ReadonlyMap<string, readonly KubeObject[]>,
  { records, bootstrap }: RenderedDeliveries,
  plan: Plan,
): RenderedFile[] {
  const { blueprint, cluster, sites } = cohort;
  if (cluster.shared !== undefined) return [];
  const printed = (file: FileContent, from = blueprint.path) =>
    print(file, `# Made by EdgeCDK from [${from}]. Changes belong there.\n`, plan, {
      sites,
      withdraws: cluster.distribution.withdraws,
    });
  const namespaces = namespacesOf(cohort, plan, objects).map(
    (name): FileContent => ({ name: namespaceFile(name), retire: 'keep', objects: [namespaceObject(name)] }),
  );
  return [
    ...[...namespaces, ...own].map((file) => ({ ...printed(file), ...placeOf(cohort, plan) })),
    // It never changes, whatever blueprint a site has by then.
    ...(bootstrap.get(cohort.id) ?? []).map((file) => printed(file, plan.model.id)),
    ...(records.get(cohort.id) ?? []).map((file) => ({
      ...printed({ ...file, name: `record/${file.name}`, retire: 'keep' }),
      place: 'record' as const,
    })),
  ];
}

/** Where what sites share is, if at all, among the files of a site. */
function placeOf(
  { delivery, ...of }: Pick<Cohort, 'delivery' | 'cluster'> | Pick<RenderUnit, 'delivery' | 'shared'>,
  { model }: Plan,
): { readonly place?: FilePlace } {
  const shared = 'cluster' in of ? of.cluster.shared : of.shared;
  if (!delivery.engine.pulls || shared !== undefined) return {};
  return { place: model.writesExpanded ? 'expanded' : 'layer' };
}

function namespaceObject(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function print(
  file: FileContent,
  comment: string,
  plan: Plan,
  { sites, withdraws }: { readonly sites: readonly SitePlan[]; readonly withdraws: boolean },
): RenderedFile {
  const template = printTemplate(comment, file.objects, plan.tokens, fitsOnLine(sites));
  return { ...file, retire: withdraws ? file.retire : 'keep', template };
}

/** One printable line without a space at its end, for every site. */
function fitsOnLine(sites: readonly SitePlan[]): FitsOnLine {
  const known = new Map<string, boolean>();
  return (use) => {
    const key = JSON.stringify(use);
    const fits =
      known.get(key) ??
      sites.every((site) =>
        /^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]*(?<! )$/.test(applyFilters(siteValue(site, use.hole), use.filters)),
      );
    known.set(key, fits);
    return fits;
  };
}

function readFile(file: string, asWritten: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    throw new ContentError(`names the file ${asWritten}, which cannot be read (${(e as NodeJS.ErrnoException).code})`);
  }
}
