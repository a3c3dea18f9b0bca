import { join } from 'node:path';
import { gatherKit } from '../../../lib/export/kit';
import { openAssembly } from '../../../lib/export/open-assembly';
import { folderOf } from '../../support/change-fleet';
import { boxes, nodeFleet, shop, withLock } from '../../support/node-fleet';
import { filesOf } from '../../support/with-files';

const MAC = 'dc:a6:32:01:02:0';
const server = boxes(1, 1, { address: '10.1.1.11/24', gateway: '10.1.1.1', mac: `${MAC}1` });

function synthesized(till: Readonly<Record<string, unknown>>) {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    const nodes = [...server, { site: 'shop-1', slot: 'till-1', serial: 'T1', ...till }];
    nodeFleet(root, { sites: [shop(1)], nodes }).synth({ outDir });
    const files = filesOf(outDir);
    const { problems } = gatherKit(openAssembly(outDir), { site: 'shop-1', cache: join(root, 'none') });
    return { files, problems: problems.map(({ message }) => message) };
  });
}

const nodes = `${folderOf('shop-1')}/nodes`;

test('one medium for all where a machine has a static address asks DHCP for the others by their MAC', () => {
  const { files, problems } = synthesized({ mac: `${MAC}2` });
  expect(files[`${nodes}/seed/network-config`]).toMatch(/macaddress: "?dc:a6:32:01:02:02"?\n +dhcp4: true/);
  expect(problems).toEqual([]);
});

test('a machine that such a medium would leave without a network gets one of its own', () => {
  const { files, problems } = synthesized({});
  expect(Object.keys(files).filter((path) => path.startsWith(`${nodes}/seed/`))).toEqual([]);
  expect(files[`${nodes}/shop-1-box-1/seed/network-config`]).toContain('10.1.1.11/24');
  expect(files).not.toHaveProperty([`${nodes}/shop-1-till-1/seed/network-config`]);
  expect(files).toHaveProperty([`${nodes}/shop-1-till-1/seed/user-data`]);
  expect(problems).toEqual([
    expect.stringMatching(/^has no medium that serves all .* a static address .* with --node$/),
  ]);
});
