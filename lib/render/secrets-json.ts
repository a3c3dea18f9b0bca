import { sorted } from '../model/digest';
import type { NodeSecretUse, RenderedTree } from '../model/node-tree';
import type { SecretRecord } from '../model/secret-record';

/** `secrets.json`: which secrets somebody must bring, to which machines and in which form. Names, never values. */
export function secretsJson(trees: ReadonlyMap<string, RenderedTree>, workloads: readonly SecretRecord[]): string {
  const uses = new Map<string, { use: NodeSecretUse; trees: string[] }>();
  for (const [name, { tree }] of trees)
    for (const use of tree.secrets) {
      const entry = uses.get(use.name) ?? { use, trees: [] };
      entry.trees.push(name);
      uses.set(use.name, entry);
    }
  const record = {
    format: 1,
    folder: '/etc/edgecdk/secrets',
    machines: sorted(uses.values(), ({ use }) => use.name).map(({ use, trees: names }) => ({
      ...use,
      required: true,
      trees: names,
    })),
    workloads,
  };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
