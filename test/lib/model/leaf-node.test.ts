import { nodeOfLeaf } from '../../../lib/model/leaf-node';
import type { NodeRecord } from '../../../lib/model/node-model';
import type { LeafDeviceWorkloadModel } from '../../../lib/model/workload-model';
import { box, till } from '../render/workload/container/fixtures';
import { leafOf } from '../render/workload/leaf/fixtures';

function node(slot: string, deviceClass: string, generation = 0): NodeRecord {
  const name = `line-1-${slot}${generation > 0 ? `-g${generation}` : ''}`;
  return { name, site: 'line-1', slot, deviceClass, role: 'agent', generation, address: { kind: 'dynamic' } };
}

const nodes = [node('box-1', box.path), node('till-1', till.path), node('till-2', till.path, 1)];

interface Change {
  readonly ordinal?: number;
  readonly placement?: LeafDeviceWorkloadModel['placement'];
}

function found({ ordinal, placement }: Change, of: readonly NodeRecord[] = nodes): string {
  const leaf = leafOf({ ordinal });
  const result = nodeOfLeaf({ ...leaf, placement: placement ?? leaf.placement }, 'line-1', of);
  return 'node' in result ? result.node.name : result.problem.message;
}

test('a device hangs on the only node of its class', () => {
  expect(found({}, nodes.slice(0, 2))).toBe('line-1-till-1');
});

test('a device hangs on the node of its ordinal, whatever machine that is now', () => {
  expect(found({ ordinal: 2 })).toBe('line-1-till-2-g1');
});

test.each([
  ['one of several', {}, nodes, /could hang on several nodes \(line-1-till-1, line-1-till-2-g1\); say which one/],
  ['none', {}, nodes.slice(0, 1), /has no node to hang on/],
  ['a third of two', { ordinal: 3 }, nodes, /hangs on node 3 of its class, which a site does not have/],
  ['any node', { placement: { where: [], except: [] } }, nodes, /name their class/],
  [
    'an ordinal among two classes',
    { ordinal: 1, placement: { where: [], except: [], onNodes: [box.path, till.path] } },
    nodes,
    /among nodes of 2 classes/,
  ],
])('%s is a problem that says what to do', (_what, more, of, message) => {
  expect(found(more, of)).toMatch(message);
});
