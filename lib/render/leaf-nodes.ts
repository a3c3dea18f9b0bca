import { nodeOfLeaf } from '../model/leaf-node';
import type { Plan, RenderUnit } from '../model/plan';
import type { Problem } from '../model/problem';

/**
 * Why some site of a leaf device has no one node that it hangs on; undefined where all have. Asked for by content that needs to know: what Akri finds may
 * hang anywhere.
 */
export function leafNodeProblem({ workload, sites }: RenderUnit, plan: Pick<Plan, 'nodes'>): Problem | undefined {
  if (workload.kind !== 'leaf-device') return undefined;
  for (const { name, leafNodes } of sites) {
    if (leafNodes?.[workload.id] !== undefined) continue;
    const found = nodeOfLeaf(workload, name, plan.nodes.get(name) ?? []);
    if ('problem' in found) return found.problem;
  }
  return undefined;
}
