import { change, folderOf } from '../../support/change-fleet';
import { boxes, type NodeFleet, shop } from '../../support/node-fleet';

describe('a changed row', () => {
  const rows = (more: Readonly<Record<string, unknown>>): NodeFleet => ({
    nodes: [...boxes(1), ...boxes(2), { site: 'shop-2', slot: 'till-1', serial: 'T1', address: '10.1.2.21', ...more }],
  });
  const nodes = `${folderOf('shop-2')}/nodes`;
  const own = (paths: readonly string[]) =>
    paths.filter((path) => path.startsWith('sites/') && !path.endsWith('index.ndjson'));

  test('of a serial number rewrites what tells the machines apart', () => {
    const { paths, result } = change(rows({}), rows({ serial: 'T2' }));
    expect(own(paths)).toEqual([`${nodes}/README.txt`, `${nodes}/match.tsv`]);
    expect(result.identityChanges).toBe(0);
  });

  test('of an address rewrites that machine', () => {
    const { paths, result } = change(rows({}), rows({ address: '10.1.2.22' }));
    expect(own(paths)).not.toEqual([]);
    expect(own(paths).filter((path) => !path.startsWith(`${nodes}/shop-2-till-1/`))).toEqual([`${nodes}/README.txt`]);
    expect(result).toMatchObject({ identityChanges: 1, nodeChanges: [] });
  });

  test('of a generation gives a new machine its folder, and the old one’s goes', () => {
    const { after, result } = change(rows({}), rows({ generation: 1 }));
    const folders = new Set(
      Object.keys(after)
        .filter((path) => path.startsWith(`${nodes}/shop-2-`))
        .map((path) => path.split('/')[4]),
    );
    expect([...folders].sort()).toEqual(['shop-2-box-1', 'shop-2-till-1-g1']);
    expect(result).toMatchObject({ identityChanges: 0, nodeChanges: [] });
  });

  test('of the first server reaches all that join it', () => {
    const moved: NodeFleet = { nodes: [...boxes(1), ...boxes(2, 1, { address: '10.1.2.99' })] };
    const { paths, result } = change({}, moved);
    const folders = own(paths).map((path) => path.split('/')[4] ?? '');
    expect([...new Set(folders)].filter((name) => name.startsWith('shop-2-'))).toEqual([
      'shop-2-box-1',
      'shop-2-till-1',
    ]);
    expect(result.identityChanges).toBe(2);
  });

  test('of a site that begins anew counts no machine as changed', () => {
    const first = rows({ generation: 1 });
    const again = { ...first, sites: [shop(1), shop(2, { clusterGeneration: 2 })] };
    expect(change(first, again).result.identityChanges).toBe(0);
    const planned = { ...first, sites: [shop(1), shop(2, { state: 'planned' })] };
    expect(change(planned, rows({ generation: 1, address: '10.1.2.22' })).result.identityChanges).toBe(0);
  });
});
