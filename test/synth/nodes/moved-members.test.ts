import { join } from 'node:path';
import {
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  MicroK8sCluster,
  OperatingSystem,
  SiteBlueprint,
  SiteGroup,
  Size,
  SynthError,
} from 'edgecdk';
import { withFiles } from '../../support/with-files';

const LOCK = JSON.stringify({ format: 1, k3s: {}, microk8s: { '1.32/stable': { lockedOn: '2026-11-24' } } });

function depots(root: string, first: string): Fleet {
  const fleet = new Fleet('depots', { root });
  const box = new DeviceClass(fleet, 'box', {
    hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }),
    operatingSystem: OperatingSystem.ubuntu2404(),
    storage: 'nvme',
  });
  const blueprint = new SiteBlueprint(fleet, 'depot', {
    cluster: new MicroK8sCluster({ channel: '1.32/stable', controlPlane: box.count(3) }),
  });
  const addresses = [first, '10.0.0.2', '10.0.0.3'];
  new SiteGroup(fleet, 'all', {
    blueprint,
    inventory: Inventory.rows([{ name: 'depot-1' }]),
    nodes: Inventory.rows(
      addresses.map((address, i) => ({ site: 'depot-1', slot: `box-${i + 1}`, serial: `S${i}`, address })),
    ),
  });
  return fleet;
}

test('a server of several keeps its address, whatever its distribution keeps its state in', () => {
  withFiles({ 'artifacts.lock.json': LOCK }, (root) => {
    const outDir = join(root, 'dist');
    depots(root, '10.0.0.1').synth({ outDir });
    const again = () => depots(root, '10.0.0.9').synth({ outDir });
    expect(again).toThrow(SynthError);
    expect(again).toThrow(
      /^\[depots\/all\] changes addresses of running servers, and dqlite takes a server with another address for a stranger; .* \(depot-1: box-1 10\.0\.0\.1 -> 10\.0\.0\.9\)$/m,
    );
  });
});
