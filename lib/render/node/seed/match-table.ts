import { sorted } from '../../../model/digest';
import type { NodeRecord } from '../../../model/node-model';

/**
 * `match.tsv`: by what a machine finds out which node it is, and which tree is its own. Lines of kind, value, node and tree, with tabs between them.
 * A machine that was given a name is found by it alone.
 */
export function matchTable(nodes: ReadonlyArray<{ readonly node: NodeRecord; readonly treeName: string }>): string {
  const lines = sorted(nodes, ({ node }) => node.name).flatMap(({ node, treeName }) => {
    const keys: Array<readonly [string, string | undefined]> = [
      ['name', node.name],
      ['serial', node.serial],
      ['mac', node.mac],
    ];
    return keys.flatMap(([kind, value]) => (value === undefined ? [] : [[kind, value, node.name, treeName]]));
  });
  return lines.map((fields) => `${fields.map(plain).join('\t')}\n`).join('');
}

function plain(field: string): string {
  if (!/[\t\n\r]/.test(field)) return field;
  throw new Error(`${JSON.stringify(field)} cannot stand in match.tsv; it must be one line without tabs`);
}
