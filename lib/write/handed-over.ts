import type { Plan } from '../model/plan';
import { type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';

/** Sites that another engine takes over. Their files are dropped and nothing is withdrawn; what is left of the old one, people take off. */
export function handedOver(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const found = new Findings(warning);
  const engines = new Map(plan.cohorts.map(({ id, delivery }) => [id, delivery.engine]));
  for (const site of plan.sites) {
    const was = before.get(site.name);
    const now = index.record.cohorts[site.cohort];
    const engine = engines.get(site.cohort);
    if (!was || !now || !engine || site.state === 'paused' || now.shared !== undefined) continue;
    const old = before.cohort(was.cohort);
    if (old.delivery !== now.delivery && old.shared === undefined)
      found.add(
        site.blueprint,
        `has sites that get what they run by ${engine.title} from now on, and by ${old.delivery ?? 'files of their own'} before: what runs there stays, and docs/delivery.md, "Moving a fleet that runs", says in which order the old is taken off`,
        site.name,
      );
  }
  return found.problems;
}
