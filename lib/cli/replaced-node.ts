import type { SiteSourceModel } from '../model/fleet-model';
import { didYouMean } from '../model/nearest';
import type { NodeRecord } from '../model/node-model';
import type { Plan, SitePlan } from '../model/plan';
import { listSome } from '../model/problem';
import { readNodeFacts } from '../resolve/nodes/node-facts';
import { ProgramError } from './exit-codes';

/** The node that is to be replaced, by site and slot, or by site and name. */
export function chooseNode(
  plan: Plan,
  siteName: string,
  slot: string,
): { readonly site: SitePlan; readonly node: NodeRecord } {
  const names = plan.sites.map(({ name }) => name);
  const site = plan.sites.find(({ name }) => name === siteName);
  if (!site)
    throw new ProgramError(
      `there is no site ${siteName} (there is ${listSome(names)})${didYouMean(siteName, names) || '; name one of them'}`,
    );
  const nodes = plan.nodes.get(site.name) ?? [];
  const node = nodes.find((one) => one.slot === slot) ?? nodes.find((one) => one.name === slot);
  if (node) return { site, node };
  const slots = nodes.map((one) => one.slot);
  throw new ProgramError(
    `${siteName} has no slot ${slot} (it has ${listSome(slots, 20)})${didYouMean(slot, slots) || '; name one of them'}`,
  );
}

/** Why there is no inventory to be edited, and what to do about it. */
export function whyNoInventory(
  source: SiteSourceModel | undefined,
  { site, node }: { readonly site: SitePlan; readonly node: NodeRecord },
): string {
  const inventory = source?.nodes;
  const row = `the slot ${node.slot} of ${site.name} the generation ${node.generation + 1}`;
  if (source?.inventory.kind === 'site')
    return `[${site.path}] is written in the program; give ${row} there, with the serial and mac of the new machine: nodes: [{ slot: '${node.slot}', generation: ${node.generation + 1}, serial: '...' }]`;
  if (inventory === undefined)
    return [
      `[${site.path}] has no node inventory, and the new machine's generation has to stand somewhere. Give the group one,`,
      "    nodes: Inventory.csv('nodes.csv')",
      'with this file beside the program, and run this again:',
      '    site,slot,generation,serial,mac',
    ].join('\n  ');
  if (inventory.kind === 'rows')
    return `the nodes of [${site.path}] are written in the program; give ${row} there, with the serial and mac of the new machine`;
  return `${inventory.file} is ${inventory.kind.toUpperCase()}, of which this command edits no file; give ${row} there, with the serial and mac of the new machine`;
}

/** What is wrong with what is said of the new machine. */
export function machineProblems(
  plan: Plan,
  replaced: NodeRecord,
  said: { readonly serial?: string; readonly mac?: string },
): string[] {
  const problems: string[] = [];
  const facts = readNodeFacts({ serial: said.serial, mac: said.mac }, (_column, message) => problems.push(message));
  for (const column of ['serial', 'mac'] as const) {
    const value = facts[column]?.toLowerCase();
    if (value === undefined) continue;
    for (const nodes of plan.nodes.values())
      for (const node of nodes)
        if (node[column]?.toLowerCase() === value && node.name !== replaced.name)
          problems.push(`${column} ${said[column]} is that of ${node.name} too; one machine is one node`);
  }
  return problems;
}
