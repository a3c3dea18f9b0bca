import { readFileSync } from 'node:fs';
import { fixedValues } from '../model/fixed-values';
import type { KubeObject } from '../model/kube-object';
import type { Plan, RenderUnit } from '../model/plan';
import { error, Problems } from '../model/problem';
import type { RenderedFile, RenderedUnit, Rendering } from '../model/template';
import { clusterFiles, distributionFiles } from './cluster-files';
import { renderDeliveries } from './deliveries';
import { localFiles } from './delivery/local';
import { finish } from './finish';
import { imageLists } from './images/image-lists';
import { addressProblems } from './node/address-problems';
import { renderTrees } from './node/render-trees';
import { seedWarnings } from './node/seed-warnings';
import { siteNodes } from './node/site-nodes';
import { placeOf, printFile } from './print-file';
import { ContentError } from './render-context';
import { contentMessage, renderUnit } from './render-unit';
import { secretRecords } from './secret-records';
import { secretsJson } from './secrets-json';
import { renderSharedClusters } from './shared-clusters';
import { readSlots } from './sops/read-slots';
import { withFixedValues } from './yaml-template';

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
    .map((file) => printFile(file, comment, plan, { sites: unit.sites, withdraws: unit.distribution.withdraws }))
    .map((file) => ({ ...file, ...placeOf(unit, plan), template: withFixedValues(file.template, values) }));
}

function readFile(file: string, asWritten: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    throw new ContentError(`names the file ${asWritten}, which cannot be read (${(e as NodeJS.ErrnoException).code})`);
  }
}
