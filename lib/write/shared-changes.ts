import type { Plan } from '../model/plan';
import { type Problem, warning } from '../model/problem';
import { groupOf } from '../model/site-texts';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';
import { livesOn, readSlot } from './node-records';
import { leftovers } from './shared-leftovers';
import { type SharedSiteChange, sharedOf, sharedSiteChanges } from './shared-sites';

/**
 * What people must do about clusters that sites share, beside applying what is written: nothing withdraws what leaves a folder, and nodes keep what they
 * registered with.
 */
export function sharedChanges(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const changes = sharedSiteChanges(plan, index, before);
  if (changes.length === 0) return [];
  const found = new Findings(warning);
  movedSites(plan, changes, found);
  goneSites(plan, changes, before, found);
  otherGroups(plan, changes, before, found);
  otherAddresses(index, changes, before, found);
  leftovers(plan, index, changes, before, found);
  return found.problems;
}

/** `edgecdk.dev/site=van-7`, or for several as far as they can be listed. */
export function siteSelector(sites: readonly string[]): string {
  const [first = '', ...others] = [...sites].sort();
  if (others.length === 0) return `edgecdk.dev/site=${first}`;
  return others.length < 20 ? `'edgecdk.dev/site in (${[first, ...others].join(',')})'` : 'edgecdk.dev/site=<site>';
}

function movedSites({ model }: Plan, changes: readonly SharedSiteChange[], found: Findings): void {
  for (const { name, from, to } of changes) {
    if (to === undefined || to.id === from) continue;
    const stays = model.sharedClusters.some(({ id }) => id === from);
    found.add(
      to.path,
      stays
        ? `takes sites from the cluster ${from}, in which their nodes and objects stay until they are deleted there`
        : `stands in clusters/${to.id} from now on, and clusters/${from} is removed: nothing in the cluster is by that. Where it is the same cluster, let what delivers clusters/${from} deliver clusters/${to.id} first, or its pruning deletes everything; where it is another, nodes must join it anew`,
      name,
    );
  }
}

function goneSites(
  { model }: Plan,
  changes: readonly SharedSiteChange[],
  before: PreviousSites,
  found: Findings,
): void {
  const gone = groupBy(
    changes.filter(({ from, to }) => to?.id !== from && model.sharedClusters.some(({ id }) => id === from)),
    ({ from }) => from,
  );
  const closes = groupBy(
    changes.filter(
      ({ from, to, site, was }) => to?.id === from && site?.state === 'closing' && was.state !== 'closing',
    ),
    ({ from }) => from,
  );
  for (const { id, path, distribution } of model.sharedClusters) {
    const kinds = distribution.sharedChanges?.workloadKinds ?? '';
    const own = (sites: readonly SharedSiteChange[]) =>
      sites.some(({ was }) => Object.keys(before.cohort(was.cohort).files).length > 0)
        ? `\`kubectl delete ${kinds} --all-namespaces --selector ${siteSelector(namesOf(sites))}\``
        : undefined;
    const left = gone.get(id);
    if (left) {
      const objects = own(left);
      found.add(
        path,
        `has sites no longer whose nodes are still in it, and count among those that shared workloads have pods for: an open site may be without one. Delete the nodes first: \`kubectl delete nodes --selector ${siteSelector(namesOf(left))}\`${objects ? `, and what each had for itself: ${objects}` : ''}`,
        ...namesOf(left),
      );
    }
    const closing = closes.get(id);
    const objects = closing && own(closing);
    if (closing && objects)
      found.add(
        path,
        `has sites that close, and nothing deletes what they have for themselves but ${objects}; what they share with others they keep until their nodes are deleted`,
        ...namesOf(closing),
      );
  }
}

function otherGroups(plan: Plan, changes: readonly SharedSiteChange[], before: PreviousSites, found: Findings): void {
  const clusters = sharedOf(plan);
  const moved = changes.filter(
    ({ was, site, to }) => to && site && was.group !== undefined && was.group !== groupOf(site),
  );
  for (const sites of groupBy(
    moved,
    ({ was, site, to }) => `${to?.id} ${was.group} ${site && groupOf(site)}`,
  ).values()) {
    const [first] = sites;
    const [old, to] = [first?.was.group, first?.to];
    if (!first?.site || old === undefined || to === undefined) continue;
    const group = groupOf(first.site);
    const others = moved.some(({ was, site, to: cluster }) => {
      return cluster === to && was.group === old && site && groupOf(site) !== group;
    });
    const stay = plan.sites.some((site) => clusters.get(site.cohort) === to && groupOf(site) === old);
    const selector = others || stay ? siteSelector(namesOf(sites)) : `edgecdk.dev/site-group=${old}`;
    const classes = [...new Set(sites.flatMap(({ was }) => before.cohort(was.cohort).deviceClasses))].sort();
    const rest = to.distribution.sharedChanges?.deleteGroups(old, classes);
    found.add(
      to.path,
      `has sites of the group '${old}' that are of '${group}' from now on, and their nodes bear the label that they registered with: without the new one they lose their workloads, and no changed node tree reaches them. Before anything is applied: \`kubectl label nodes --selector ${selector} edgecdk.dev/site-group=${group} --overwrite\`${stay || rest === undefined ? '' : `; afterwards \`${rest}\``}`,
      ...namesOf(sites),
    );
  }
}

/** Of machines that run: they are told by the way that changes. */
function otherAddresses(
  { record }: AssemblyIndex,
  changes: readonly SharedSiteChange[],
  before: PreviousSites,
  found: Findings,
): void {
  for (const { name, was, site, now, to } of changes) {
    const say = to?.distribution.sharedChanges?.otherAddresses;
    if (!to || !say || !site || site.state === 'paused' || !now?.nodes || !livesOn(was, site)) continue;
    for (const [slot, text] of Object.entries(now.nodes.slots)) {
      const [old, own] = [readSlot(was.nodes?.slots[slot] ?? ''), readSlot(text)];
      const [had, has] = [before.trees[old.tree]?.dials, record.trees[own.tree]?.dials];
      if (!had || !has || old.generation !== own.generation || had.join() === has.join()) continue;
      found.add(
        to.path,
        `has machines that dial ${has.join(', ')} from now on, and ${had.join(', ')} until they are told; ${say(had, has)}`,
        name,
      );
    }
  }
}

function namesOf(changes: readonly SharedSiteChange[]): string[] {
  return changes.map(({ name }) => name);
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const of = groups.get(keyOf(one)) ?? [];
    of.push(one);
    groups.set(keyOf(one), of);
  }
  return groups;
}
