import { join } from 'node:path';
import { ContainerWorkload, Cpu, Link, Placement, Size } from 'edgecdk';
import { type NodeFleet, nodeFleet, VERSION, withLock } from '../../support/node-fleet';

const web: NodeFleet['more'] = ({ fleet, shop }) =>
  new ContainerWorkload(fleet, 'web', {
    image: 'ghcr.io/shops/web:1.0.0',
    platforms: ['linux/amd64', 'linux/arm64'],
    resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
    placement: Placement.on(shop),
  });

function told(described: NodeFleet) {
  const { warnings } = withLock((root) => nodeFleet(root, described).synth({ outDir: join(root, 'dist') }));
  return warnings.filter(({ rule }) => rule === 'edgecdk-offline-images');
}

test('sites without a link are told which images nobody brings them, and that of the carrier is in the archive', () => {
  expect(told({ blueprint: { link: Link.offline() }, more: web })).toMatchObject([
    {
      path: 'shops/shop',
      message: expect.stringMatching(/not in the archive of K3s: ghcr\.io\/shops\/web:1\.0\.0; put archives of them/),
      sites: ['shop-1', 'shop-2'],
    },
  ]);
  expect(told({ blueprint: { link: Link.offline() } })).toEqual([]);
});

test('an upgrade runs from images that somebody must bring', () => {
  const cluster = { version: { from: VERSION, to: 'v1.34.3+k3s1' } } as const;
  expect(told({ blueprint: { link: Link.offline() }, cluster })).toMatchObject([
    {
      message: expect.stringMatching(
        /rancher\/k3s-upgrade:v1\.34\.3-k3s1, docker\.io\/rancher\/system-upgrade-controller:/,
      ),
    },
  ]);
});

test('what comes with K3s does not come to machines with a runtime of their own', () => {
  const pause: NodeFleet['more'] = ({ fleet, shop }) =>
    new ContainerWorkload(fleet, 'idle', {
      image: 'rancher/mirrored-pause:3.6',
      platforms: ['linux/amd64', 'linux/arm64'],
      resources: { cpu: Cpu.millis(1), memory: Size.mebibytes(4) },
      placement: Placement.on(shop),
    });
  const cluster = { registries: { 'docker.io': { endpoints: ['https://mirror.example'] } } } as const;
  const offline = { blueprint: { link: Link.offline() }, cluster, more: pause };
  expect(told(offline)).toEqual([]);
  expect(told({ ...offline, till: { runtime: 'docker' } })).toMatchObject([
    { message: expect.stringContaining('mirrored-pause:3.6') },
  ]);
});

test('sites with a link pull their images', () => {
  expect(told({ more: web })).toEqual([]);
});
