import { readFileSync } from 'node:fs';
import { OWN_NAMESPACES } from '../catalog/kubernetes';
import { sorted } from '../model/digest';
import type { FileContent } from '../model/file-content';
import { applyFilters } from '../model/filter';
import { fixedValues } from '../model/fixed-values';
import { siteValue } from '../model/hole-value';
import type { KubeObject } from '../model/kube-object';
import type { RenderedTree } from '../model/node-tree';
import type { Cohort, Plan, RenderUnit, SitePlan } from '../model/plan';
import { error, Problems } from '../model/problem';
import type { RenderedFile, RenderedUnit, Rendering } from '../model/template';
import { localFiles, namespaceFile } from './delivery/local';
import { finish } from './finish';
import { addressProblems } from './node/address-problems';
import { renderTrees } from './node/render-trees';
import { seedWarnings } from './node/seed-warnings';
import { siteNodes } from './node/site-nodes';
import { ContentError } from './render-context';
import { contentMessage, renderUnit } from './render-unit';
import { secretRecords } from './secret-records';
import { secretsJson } from './secrets-json';
import { renderSharedClusters } from './shared-clusters';
import { type FitsOnLine, printTemplate, printYaml, withFixedValues } from './yaml-template';

/** Turns each unit's content into templates, once however many sites use it. Pure but for the files that the program names. */
export function render(plan: Plan): Rendering {
  const problems = new Problems();
  const objects = new Map<string, readonly KubeObject[]>();
  for (const unit of plan.units) {
    const result = renderUnit(unit, plan, {
      secrets: plan.model.secrets,
      root: plan.model.root,
      readFile,
    });
    if ('problems' in result) {
      problems.add(...result.problems);
      continue;
    }
    try {
      objects.set(unit.id, finish(result.objects, plan.tokens));
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
      const own = shared.perSite.get(unit.id) ?? objects.get(unit.id);
      const isShared = unit.shared !== undefined && !shared.perSite.has(unit.id);
      const files = own && unitFiles(unit, own, plan);
      return files ? [[unit.id, { unit: unit.id, isShared, files }]] : [];
    }),
  );
  const clusters = new Map(plan.cohorts.map((cohort) => [cohort.id, clusterFiles(cohort, units, trees, plan)]));
  const fleetFiles = new Map([...files, ...shared.files]);
  if (trees.size > 0) fleetFiles.set('secrets.json', secretsJson(trees, secretRecords(plan)));
  const nodesOf = siteNodes(plan, trees);
  problems.add(...seedWarnings(plan, nodesOf));
  const { podKinds } = shared;
  return { units, clusters, trees, siteNodes: nodesOf, files: fleetFiles, podKinds, problems: problems.list };
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
    .map((file) => ({ ...file, template: withFixedValues(file.template, values) }));
}

/** Files that a cluster needs whatever runs in it: its distribution's own, and the namespaces of its workloads. */
function clusterFiles(
  cohort: Cohort,
  units: ReadonlyMap<string, RenderedUnit>,
  trees: ReadonlyMap<string, RenderedTree>,
  plan: Plan,
): RenderedFile[] {
  const { blueprint, cluster } = cohort;
  // What it holds stands in its own folder, once.
  if (cluster.shared !== undefined) return [];
  const workloads = plan.units.filter((unit) => cohort.units.includes(unit.id));
  const files = cohort.units.flatMap((id) => units.get(id)?.files ?? []);
  const made = new Set(
    files.flatMap((file) => file.objects.filter((o) => o.kind === 'Namespace').map((o) => o.metadata.name)),
  );
  const wanted = new Set(
    workloads.map((unit) => unit.workload.namespace).filter((name) => !OWN_NAMESPACES.has(name) && !made.has(name)),
  );
  const comment = `# Made by EdgeCDK from [${blueprint.path}]. Changes belong there.\n`;
  const contents = [
    ...sorted(wanted, (name) => name).map(
      (name): FileContent => ({ name: namespaceFile(name), retire: 'keep', objects: [namespaceObject(name)] }),
    ),
    ...cluster.distribution.clusterFiles({
      cluster,
      blueprint: blueprint.path,
      link: blueprint.link,
      trees: new Map([...trees].filter(([name]) => cohort.trees.includes(name))),
      tokens: plan.tokens,
      printValues: (values) => printYaml(values, plan.tokens, () => false),
    }),
  ];
  return contents.map((file) =>
    print(file, comment, plan, { sites: cohort.sites, withdraws: cluster.distribution.withdraws }),
  );
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
