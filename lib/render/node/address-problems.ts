import type { NodeRecord } from '../../model/node-model';
import type { Plan } from '../../model/plan';
import { error, type Problem, warning } from '../../model/problem';
import { withoutCard } from './seed/network-config';

/** Machines by the path of their group of sites. */
type Named = Map<string, string[]>;

/** Static addresses that no machine would come to have, and data disks that cloud-init would not find: once per group of sites. */
export function addressProblems({ sites, nodes, trees }: Plan): Problem[] {
  const [withoutCards, byHand, dotted] = [new Map(), new Map(), new Map()] as [Named, Named, Named];
  for (const site of sites) {
    const own = (nodes.get(site.name) ?? []).filter(({ tree }) => tree !== undefined);
    const add = (to: Named, found: readonly NodeRecord[]): void => {
      if (found.length === 0) return;
      to.set(site.path, [...(to.get(site.path) ?? []), `${site.name}: ${found.map(({ slot }) => slot).join(' ')}`]);
    };
    const inputOf = (node: NodeRecord) => trees.get(node.tree ?? '')?.input;
    const seeded = (node: NodeRecord) => inputOf(node)?.operatingSystem.seedMedium !== 'none';
    add(withoutCards, withoutCard(own.filter(seeded)));
    add(
      byHand,
      own.filter((node) => node.address.kind === 'static' && !seeded(node)),
    );
    add(
      dotted,
      own.filter((node) => seeded(node) && inputOf(node)?.dataMount !== undefined && node.disk?.includes('.')),
    );
  }
  const cards =
    'has machines with a static address and nothing that tells their network card; give each its mac, or with a medium for each its nic';
  const hand =
    'has machines with a static address whose image reads no seed, so that nothing configures it; set it up in the image, and write the address without a prefix';
  const dots =
    'has machines with a data disk that has a dot in its name, behind which cloud-init expects the number of a partition; take another name of it from /dev/disk/by-id';
  return [
    ...[...dotted].map(([path, named]) => error(path, dots, { sites: named })),
    ...[...withoutCards].map(([path, named]) => error(path, cards, { sites: named })),
    ...[...byHand].map(([path, named]) => warning(path, hand, { sites: named })),
  ];
}
