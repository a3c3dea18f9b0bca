import type { Plan, SitePlan } from '../../model/plan';
import { type Problem, warning } from '../../model/problem';
import type { SiteNodes } from '../../model/template';
import { userDataWarning } from './seed/user-data';

/** User-data that some platforms do not take, seen at one machine of each tree: those of a tree differ by a few names. */
export function seedWarnings(plan: Plan, nodesOf: (site: SitePlan) => SiteNodes | undefined): Problem[] {
  const seen = new Set<string>();
  return plan.sites.flatMap((site) => {
    const nodes = plan.nodes.get(site.name) ?? [];
    if (!nodes.some(({ tree }) => tree !== undefined && !seen.has(tree))) return [];
    const files = nodesOf(site)?.files();
    return nodes.flatMap(({ name, tree }) => {
      if (tree === undefined || seen.has(tree)) return [];
      seen.add(tree);
      const message = userDataWarning(name, files?.get(`${name}/seed/user-data`) ?? '');
      return message === undefined ? [] : [warning(site.path, `has machines whose ${message}`)];
    });
  });
}
