import { cloudInitSchema } from '../tools/debian';
import { onEachDebian } from '../tools/setup';
import { type AssemblyNode, type NodeAssembly, readNodes, synthesize } from './assembly';
import { complaints } from './complaints';
import { inFiles, scratch } from './machine';
import { boot, bringUp, type Seed } from './seed';

/** More sites than these only repeat what differs by values. */
const SAMPLE = 12;

describe.each(['examples/grocer'])('the assembly of %s', (example) => {
  let assembly: NodeAssembly;
  let nodes: AssemblyNode[];
  /** Of nodes, and for all machines of a site. */
  let seeds: Seed[];

  beforeAll(() => {
    const output = scratch();
    synthesize(example, output);
    assembly = readNodes(output);
    const sites = sampleOf(assembly);
    nodes = sites.flatMap(assembly.nodesOf);
    seeds = [...nodes.flatMap(({ seed }) => seed ?? []), ...sites.flatMap((site) => assembly.seedOf(site) ?? [])];
  });

  test('every tree has a node in the sample', () => {
    expect([...new Set(nodes.map(({ tree }) => tree))].sort()).toEqual([...assembly.trees.keys()]);
  });

  onEachDebian((debian) => {
    test('each file of a node is as its reader wants it', () => {
      const found = nodes.flatMap(({ site, name, machine }) =>
        complaints(debian, machine).map((text) => `${site}, ${name}: ${text}`),
      );
      expect(found).toEqual([]);
    });

    test('cloud-init has nothing to say about any user-data', () => {
      const said = cloudInitSchema(debian, inFiles(seeds.map((seed) => seed['user-data'])));
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((text) => text !== '')).toEqual([]);
    });

    test('cloud-init finds each node’s name in its seed, and no number twice', () => {
      const seeded = nodes.flatMap(({ name, seed }) => (seed ? [{ name, seed }] : []));
      const found = boot(
        debian,
        seeded.map(({ seed }) => seed),
      );
      expect(found.map(({ hostname }) => hostname)).toEqual(seeded.map(({ name }) => name));
      expect(new Set(found.map(({ instanceId }) => instanceId)).size).toBe(seeded.length);
    });

    test('cloud-init and netplan take each network-config', () => {
      const configs = [...new Set(seeds.flatMap((seed) => seed['network-config'] ?? []))];
      if (debian.release !== 'bookworm')
        expect(cloudInitSchema(debian, inFiles(configs), 'network-config')).toEqual(configs.map(() => ''));
      const found = bringUp(debian, 'ubuntu', configs, 'networkd');
      expect(found.map(({ complaints: said }) => said)).toEqual(configs.map(() => ''));
    });
  });
});

/** Sites with a tree that none before them has, and some at even distances. */
function sampleOf({ sites, nodesOf }: NodeAssembly): string[] {
  const step = Math.max(1, Math.floor(sites.length / SAMPLE));
  const seen = new Set<string>();
  return sites.filter((site, index) => {
    const trees = nodesOf(site).map(({ tree }) => tree);
    const brings = trees.some((tree) => !seen.has(tree));
    for (const tree of trees) seen.add(tree);
    return brings || index % step === 0;
  });
}
