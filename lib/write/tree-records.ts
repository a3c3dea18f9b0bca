import type { AssemblyRecord, SiteRecord, TreeRecord } from '../model/assembly-record';
import { sha256, sorted } from '../model/digest';
import type { NodeFile, RenderedTree } from '../model/node-tree';
import type { NodeTreePlan, Plan } from '../model/plan';
import type { Rendering } from '../model/template';
import { readSlot } from './node-records';

/** What the last run said. */
type Previous = Pick<AssemblyRecord, 'trees' | 'files'>;

/** Paused sites count with the trees that they keep, and so do these where nobody else has them any more. */
export function treeRecords(
  plan: Plan,
  rendering: Rendering,
  sites: readonly SiteRecord[],
  previous: Previous,
): AssemblyRecord['trees'] {
  const counts = new Map([...rendering.trees.keys()].map((name) => [name, 0]));
  for (const { nodes } of sites)
    for (const slot of Object.values(nodes?.slots ?? {})) {
      const { tree } = readSlot(slot);
      counts.set(tree, (counts.get(tree) ?? 0) + 1);
    }
  return Object.fromEntries(
    sorted(counts, ([name]) => name).flatMap(([name, nodes]) => {
      const [rendered, of, kept] = [rendering.trees.get(name), plan.trees.get(name), previous.trees[name]];
      if (rendered && of) return [[name, treeRecord(rendered, of, nodes)]];
      return kept ? [[name, { ...kept, nodes }]] : [];
    }),
  );
}

/** Digests of the files of the fleet as a whole, those of kept trees among them. */
export function fileRecords(
  rendering: Rendering,
  trees: AssemblyRecord['trees'],
  previous: Previous,
): AssemblyRecord['files'] {
  const made = [...rendering.files].map(([path, text]) => [path, sha256(text)] as const);
  const kept = Object.entries(previous.files).filter(([path]) => {
    const [, tree = ''] = path.split('/');
    return path.startsWith('nodes/') && tree in trees && !rendering.trees.has(tree);
  });
  return Object.fromEntries(sorted([...made, ...kept], ([path]) => path));
}

/** What the index says of a tree. */
function treeRecord({ tree, digest, deviceClass }: RenderedTree, plan: NodeTreePlan, nodes: number): TreeRecord {
  const { dials, role, distribution, version, secrets } = tree;
  return {
    blueprint: plan.blueprint,
    role,
    deviceClass,
    distribution,
    version,
    ...(role === 'server' && { datastore: plan.input.cluster.datastore, servers: plan.input.cluster.servers }),
    ...(plan.input.dataMount !== undefined && { dataMount: plan.input.dataMount }),
    digest,
    nodes,
    files: Object.fromEntries(
      sorted(tree.files, ({ path }) => path).map((file) => [
        file.path,
        { effect: file.effect, digest: fileDigest(file) },
      ]),
    ),
    secrets: secrets.map(({ name }) => name).sort(),
    ...(dials && { dials: dials.map(({ address }) => address) }),
  };
}

/** What must never change is compared by what it says: another release of EdgeCDK may word its comments otherwise. */
function fileDigest({ mode, owner, effect, text }: NodeFile): string {
  const said = effect === 'reprovision' ? text.replace(/^#.*\n/gm, '') : text;
  return sha256(`${mode} ${owner}\n${said}`);
}
