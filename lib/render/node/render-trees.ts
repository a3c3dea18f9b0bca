import { sha256 } from '../../model/digest';
import type { NodeTree, RenderedTree } from '../../model/node-tree';
import type { NodeTreePlan, Plan } from '../../model/plan';
import { error, type Problem, Problems, warning } from '../../model/problem';
import { secretRecords } from '../secret-records';
import { below, treeFolder } from './folder';
import { byPath } from './node-file';
import { secretFolderProblem, workloadSecretUses } from './secret-folder';
import { unservedSecrets } from './unserved-secrets';

export interface RenderedTrees {
  readonly trees: ReadonlyMap<string, RenderedTree>;
  /** Text by path in the assembly. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Makes each node tree once, however many machines have it. */
export function renderTrees(plan: Plan): RenderedTrees {
  const trees = new Map<string, RenderedTree>();
  const files = new Map<string, string>();
  const problems = new Problems();
  const told = new Set<string>();
  const { secrets } = plan.model;
  const folder =
    secrets?.kind === 'node-files' && plan.trees.size > 0 ? secretFolderProblem(secrets.location) : undefined;
  if (folder !== undefined) return { trees, files, problems: [error(plan.model.id, folder)] };
  // Of two trees of a cluster that have the same fault, one tells it.
  const tell = (problem: Problem): void => {
    if (!told.has(`${problem.path} ${problem.message}`)) problems.add(problem);
    told.add(`${problem.path} ${problem.message}`);
  };
  for (const planned of plan.trees.values()) {
    const { name, blueprint, role, deviceClass, input } = planned;
    const { machines } = planned.distribution;
    const refusals = machines.refusals(input, role);
    for (const message of refusals) tell(error(blueprint, `cannot set up its machines: ${message}`));
    for (const { message, rule } of machines.warnings?.(input, role) ?? [])
      tell(warning(blueprint, `has machines on which ${message}`, { rule }));
    if (refusals.length > 0) continue;
    const { seedMedium } = input.operatingSystem;
    const made = { ...machines.tree(input, role), seedMedium };
    const tree = role === 'server' ? withWorkloadSecrets(made, planned, plan) : made;
    const clash = sameName(tree);
    if (clash !== undefined) problems.add(error(blueprint, clash));
    const ofTree = Object.entries(below(`nodes/${name}`, treeFolder(tree))).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [path, text] of ofTree) files.set(path, text);
    const id = plan.model.deviceClasses.find((c) => c.path === deviceClass)?.id ?? deviceClass;
    trees.set(name, { tree, deviceClass: id, digest: sha256(JSON.stringify(ofTree)) });
  }
  problems.add(...unservedSecrets(plan));
  return { trees, files, problems: problems.list };
}

/** Where the fleet keeps the secrets of workloads on machines, the servers make Secrets of them. */
function withWorkloadSecrets(tree: NodeTree, { name, distribution }: NodeTreePlan, plan: Plan): NodeTree {
  const { secrets } = plan.model;
  const { workloadSecrets } = distribution.machines;
  if (secrets?.kind !== 'node-files' || !workloadSecrets) return tree;
  const units = new Set(plan.cohorts.filter(({ trees }) => trees.includes(name)).flatMap((cohort) => cohort.units));
  const workloads = new Set(plan.units.filter(({ id }) => units.has(id)).map(({ workload }) => workload.id));
  const records = secretRecords(plan).filter(({ workload }) => workloads.has(workload));
  const files = workloadSecrets({ folder: secrets.location, secrets: records });
  return {
    ...tree,
    files: byPath([...tree.files, ...files]),
    workloadSecrets: workloadSecretUses({ folder: secrets.location, secrets: records }),
  };
}

/** Both lie in one folder: a machine's own as files, and those of workloads as folders. */
function sameName({ secrets, workloadSecrets = [] }: NodeTree): string | undefined {
  const own = new Set(secrets.map(({ name }) => name));
  const both = workloadSecrets.map(({ name }) => name).filter((name) => own.has(name));
  if (both.length === 0) return undefined;
  return `has machines with the secret ${both.join(', ')}, and its workloads have one of that name, in the same folder; give them different names, or another folder: SecretStore.nodeFiles('/etc/edgecdk/workload-secrets')`;
}
