import type { NodeRecord } from '../../../lib/model/node-model';
import type { LeafDeviceWorkloadModel } from '../../../lib/model/workload-model';
import { leafNodesOf } from '../../../lib/resolve/leaf-nodes';
import { till } from '../render/workload/container/fixtures';
import { leafOf } from '../render/workload/leaf/fixtures';

const site = {
  name: 'line-1',
  path: 'p/line-1',
  blueprint: 'p/line',
  values: {},
  nodes: [],
  distribution: 'k3s',
} as const;

function node(slot: string): NodeRecord {
  const name = `line-1-${slot}`;
  return {
    name,
    site: 'line-1',
    slot,
    deviceClass: till.path,
    role: 'agent',
    generation: 0,
    address: { kind: 'dynamic' },
  };
}

function device(id: string, on: string, ordinal?: number): LeafDeviceWorkloadModel {
  const leaf = leafOf({ ordinal });
  return { ...leaf, id, placement: { ...leaf.placement, on: [on] } };
}

test('a site has the nodes of the devices that it has, and of no others', () => {
  const devices = [device('press', 'p/line', 2), device('pump', 'p/well', 1)];
  expect(leafNodesOf(devices, site, [node('till-1'), node('till-2')])).toEqual({ press: 'line-1-till-2' });
});

test('a device that could hang on several nodes has none', () => {
  expect(leafNodesOf([device('press', 'p/line')], site, [node('till-1'), node('till-2')])).toBeUndefined();
});
