import type { SiteNodesRecord } from '../../../lib/model/assembly-record';
import { shardOf } from '../../../lib/model/digest';
import { nodesFolder } from '../../../lib/model/folders';
import type { NodeRecord } from '../../../lib/model/node-model';
import type { SitePlan } from '../../../lib/model/plan';
import type { SiteNodes } from '../../../lib/model/template';
import { livesOn, NodeFileLists, readSlot, recordedNodeFiles } from '../../../lib/write/node-records';

const site = (name: string, clusterGeneration = 0) => ({ name, clusterGeneration }) as SitePlan;

function machine(of: string, slot: string, more: Partial<NodeRecord> = {}): NodeRecord {
  const { generation = 0 } = more;
  const name = `${of}-${slot}${generation > 0 ? `-g${generation}` : ''}`;
  return {
    name,
    site: of,
    slot,
    deviceClass: 'f/box',
    role: 'server',
    generation,
    address: { kind: 'dynamic' },
    tree: 'shop.server.box',
    ...more,
  };
}

function made(
  digest: string,
  nodes: readonly NodeRecord[],
  names = ['match.tsv', ...nodes.map(({ name }) => `${name}/identity/manifest`)],
): SiteNodes {
  return { digest, nodes, names: () => names, files: () => new Map() };
}

describe('the lists of files', () => {
  test('are one for all sites with as many machines, whatever their names', () => {
    const lists = new NodeFileLists();
    const records = ['a', 'b'].map((name) =>
      lists.recordOf(site(name), made(name, [machine(name, 'box-1')]), undefined),
    );
    expect(records[0]?.files).toBe(records[1]?.files);
    expect(lists.record).toEqual({ [records[0]?.files ?? '']: ['match.tsv', 'box-1/identity/manifest'] });
  });

  test('are others for other machines, and sorted by id', () => {
    const lists = new NodeFileLists();
    for (const count of [1, 2, 3, 4])
      lists.recordOf(
        site('a'),
        made(
          `${count}`,
          Array.from({ length: count }, (_, i) => machine('a', `box-${i + 1}`)),
        ),
        undefined,
      );
    const ids = Object.keys(lists.record);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual([...ids].sort());
  });

  test.each<[string, NodeRecord[]]>([
    ['plain names', [machine('a', 'box-1'), machine('a', 'till-1', { tree: 'shop.agent.till' })]],
    ['names with generations', [machine('a', 'box-1', { generation: 2 })]],
    ['a site that is named like a slot', [machine('box', 'box-1')]],
    ['slots that begin alike', [machine('a', 'box-1'), machine('a', 'box-10')]],
  ])('give the paths back: %s', (_what, nodes) => {
    const name = nodes[0]?.site ?? '';
    const lists = new NodeFileLists();
    const files = made('d', nodes);
    const record = lists.recordOf(site(name), files, undefined);
    expect(recordedNodeFiles({ name, nodes: record }, lists.record)).toEqual(
      files.names().map((path) => `${nodesFolder(name)}/${path}`),
    );
  });

  test('of a site that is as it was are taken from the last run, and no file is named anew', () => {
    const before: SiteNodesRecord = { digest: 'same', files: 'known', slots: { 'box-1': 'shop.server.box' } };
    const names = jest.fn(() => []);
    const lists = new NodeFileLists({ known: ['match.tsv'], unused: ['x'] });
    expect(lists.recordOf(site('a'), { ...made('same', []), names }, before)).toBe(before);
    expect(names).not.toHaveBeenCalled();
    expect(lists.record).toEqual({ known: ['match.tsv'] });
    expect(new NodeFileLists().recordOf(site('a'), made('same', [machine('a', 'box-1')]), before)).not.toBe(before);
  });
});

test('a site’s line says tree and generation of each slot, and its own', () => {
  const nodes = [machine('a', 'box-1', { generation: 3 }), machine('a', 'till-1', { tree: undefined })];
  const record = new NodeFileLists().recordOf(site('a', 2), made('d', nodes), undefined);
  expect(record).toMatchObject({ digest: 'd', clusterGeneration: 2, slots: { 'box-1': 'shop.server.box@3' } });
  expect(record.slots).not.toHaveProperty('till-1');
});

test.each([
  ['shop.server.box', { tree: 'shop.server.box', generation: 0 }],
  ['shop.server.box@12', { tree: 'shop.server.box', generation: 12 }],
])('the slot %s is taken apart', (text, expected) => {
  expect(readSlot(text)).toEqual(expected);
});

test('a site without machines has no files of them', () => {
  expect(recordedNodeFiles({ name: 'a' }, {})).toEqual([]);
  expect(nodesFolder('a')).toBe(`sites/${shardOf('a')}/a/nodes`);
});

test.each<[string, 'active' | 'planned', number, number, boolean]>([
  ['run on', 'active', 1, 1, true],
  ['that were only planned run nowhere', 'planned', 0, 0, false],
  ['of an earlier cluster do not', 'active', 0, 1, false],
])('machines %s', (_what, state, was, now, expected) => {
  const nodes: SiteNodesRecord = { digest: '', files: '', slots: {}, ...(was > 0 && { clusterGeneration: was }) };
  expect(livesOn({ state, nodes }, { clusterGeneration: now })).toBe(expected);
});
