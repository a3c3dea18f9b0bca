import type { FileContent } from '../model/file-content';
import type { KubeObject } from '../model/kube-object';
import type { RenderedTree } from '../model/node-tree';
import type { Cohort, Plan } from '../model/plan';
import type { RenderedFile } from '../model/template';
import type { RenderedDeliveries } from './deliveries';
import { namespaceFile } from './delivery/local';
import { namespacesOf } from './layers';
import { placeOf, printFile } from './print-file';
import { printYaml } from './yaml-template';

/** What a cluster needs whatever runs in it, as its distribution says. What a shared cluster holds stands in its own folder, once. */
export function distributionFiles(
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
export function clusterFiles(
  cohort: Cohort,
  own: readonly FileContent[],
  objects: ReadonlyMap<string, readonly KubeObject[]>,
  { records, bootstrap }: RenderedDeliveries,
  plan: Plan,
): RenderedFile[] {
  const { blueprint, cluster, sites } = cohort;
  if (cluster.shared !== undefined) return [];
  const printed = (file: FileContent, from = blueprint.path) =>
    printFile(file, `# Made by EdgeCDK from [${from}]. Changes belong there.\n`, plan, {
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

function namespaceObject(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
