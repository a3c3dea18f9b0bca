import type { NodeRecord } from '../../model/node-model';
import type { Plan } from '../../model/plan';
import { error, type Problem, warning } from '../../model/problem';
import { withoutCard } from './seed/network-config';

/** Static addresses that no machine would come to have, once per group of sites. */
export function addressProblems({ sites, nodes, trees }: Plan): Problem[] {
  const [withoutCards, byHand] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const site of sites) {
    const own = (nodes.get(site.name) ?? []).filter(({ tree }) => tree !== undefined);
    const add = (to: Map<string, string[]>, found: readonly NodeRecord[]): void => {
      if (found.length === 0) return;
      to.set(site.path, [...(to.get(site.path) ?? []), `${site.name}: ${found.map(({ slot }) => slot).join(' ')}`]);
    };
    const seeded = (node: NodeRecord) => trees.get(node.tree ?? '')?.input.operatingSystem.cloudInit !== false;
    add(withoutCards, withoutCard(own.filter(seeded)));
    add(
      byHand,
      own.filter((node) => node.address.kind === 'static' && !seeded(node)),
    );
  }
  const cards =
    'has machines with a static address and nothing that tells their network card; give each its mac, or where a medium serves one machine its nic';
  const hand =
    'has machines with a static address whose image has no cloud-init, so that nothing configures it; set it up in the image, and write the address without a prefix';
  return [
    ...[...withoutCards].map(([path, named]) => error(path, cards, { sites: named })),
    ...[...byHand].map(([path, named]) => warning(path, hand, { sites: named })),
  ];
}
