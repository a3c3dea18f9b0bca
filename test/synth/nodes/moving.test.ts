import { join } from 'node:path';
import { ContainerWorkload, Cpu, ManifestWorkload, Placement, Size, SynthError } from 'edgecdk';
import { folderOf } from '../../support/change-fleet';
import { type NodeFleet, nodeFleet, VERSION, withLock } from '../../support/node-fleet';
import { filesOf } from '../../support/with-files';

const NEXT = 'v1.34.9+k3s1';

const moving: NodeFleet = { cluster: { version: { from: VERSION, to: NEXT } } };

function messages(described: NodeFleet, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return withLock((root) => {
    try {
      nodeFleet(root, described).synth({ outDir: join(root, 'dist') });
      return [];
    } catch (e) {
      if (e instanceof SynthError) return e.problems.map(({ message }) => message);
      throw e;
    }
  }, files);
}

test('a cluster that moves has what it has, and Plans to the next release', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, moving).synth({ outDir });
    const files = filesOf(outDir);
    const plans = files[`${folderOf('shop-1')}/manifests/edgecdk-upgrade.yaml`] ?? '';
    expect(plans.match(/^kind: Plan$/gm)).toHaveLength(2);
    expect(plans).toContain(`version: ${NEXT}`);
    // New machines are set up with what the others have, and move with them.
    expect(files['nodes/shop.server.box/settings']).toContain(`K3S_VERSION=${VERSION}\n`);
  });
});

test('content that fails on the release to which a cluster moves is an error now', () => {
  const found = messages({
    ...moving,
    more: ({ fleet, shop }) =>
      new ContainerWorkload(fleet, 'web', {
        image: 'ghcr.io/shops/web:1.0.0',
        platforms: ['linux/amd64', 'linux/arm64'],
        resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
        env: ({ cluster }) => {
          if (cluster.kubernetes === '1.34') throw new Error('never tried on 1.34');
          return {};
        },
        placement: Placement.on(shop),
      }),
  });
  expect(found).toEqual([expect.stringMatching(/never tried on 1\.34.*\(once it has moved to v1\.34\.9\+k3s1\)/)]);
});

test('what is wrong on both releases is said once', () => {
  const more: NodeFleet['more'] = ({ fleet, shop }) =>
    new ManifestWorkload(fleet, 'own', {
      files: ['own.yaml'],
      placement: Placement.on(shop),
    });
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: own\nstringData:\n  a: b\n';
  expect(messages({ ...moving, more }, { 'own.yaml': secret })).toEqual([expect.stringMatching(/Secret/)]);
});
