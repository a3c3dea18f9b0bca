import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  type K3sVersion,
  OperatingSystem,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { UsageError } from '../../../lib/cli/exit-codes';
import { type LockFlags, lockFleet } from '../../../lib/cli/lock-fleet';
import type { ArtifactLock } from '../../../lib/model/artifact-lock';
import { fleetKey } from '../../../lib/model/fleet-symbol';
import { parseArtifactLock } from '../../../lib/model/lock/parse';
import { resolve } from '../../../lib/resolve/resolve';
import { type Loopback, loopback, releaseFiles, serving } from '../../support/loopback';
import { filesOf } from '../../support/with-files';

const [version, next]: readonly [K3sVersion, K3sVersion] = ['v1.33.5+k3s1', 'v1.34.1+k3s1'];

let folder: string;
let server: Loopback;
let files: Record<string, string>;
let printed: { out: string; err: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edgecdk-lock-'));
  files = { ...releaseFiles(version, 'arm64'), ...releaseFiles(version, 'amd64') };
  server = await loopback((request, response) => serving(files)(request, response));
  jest.spyOn(console, 'log').mockImplementation((text: string) => {
    printed.out += `${text}\n`;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += text;
    return true;
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function fleetOf(release: K3sVersion = version, { sites = 1, root = folder }: { sites?: number; root?: string } = {}) {
  const fleet = new Fleet('grocer', { root: root === '' ? undefined : root });
  const box = new DeviceClass(fleet, 'box', {
    hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }),
    operatingSystem: OperatingSystem.ubuntu2404(),
  });
  const till = new DeviceClass(fleet, 'till', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }),
    operatingSystem: OperatingSystem.raspios({ release: 'trixie' }),
  });
  const blueprint = new SiteBlueprint(fleet, 'store', {
    cluster: new K3sCluster({ version: release, servers: box.count(1), agents: till.count(2) }),
    nodeAddress: ({ site, node }) => `${node.name}.${site.name}.example`,
  });
  const rows = Array.from({ length: sites }, (_, i) => ({ name: `store-${i}` }));
  new SiteGroup(fleet, 'stores', { blueprint, inventory: Inventory.rows(rows) });
  return fleet;
}

/** Runs it, with what it prints, and the messages of its problems. */
async function lock(flags: LockFlags = {}, fleet = fleetOf()) {
  printed = { out: '', err: '' };
  const problems = await lockFleet(fleet[fleetKey](), flags);
  return { ...printed, problems: problems.map(({ path, message }) => `[${path}] ${message}`) };
}

const lockFile = () => join(folder, 'artifacts.lock.json');
const readLock = () => readFileSync(lockFile(), 'utf8');

test('locks what the sites run beside the program, and leaves an equal lock alone', async () => {
  const first = await lock({ source: [{ url: server.url }] });
  expect(first.problems).toEqual([]);
  expect(first.out).toMatch(
    /^release +version +architecture\nK3s +v1\.33\.5\+k3s1 +amd64 +locked\nK3s +v1\.33\.5\+k3s1 +arm64 +locked\n\n.*artifacts\.lock\.json: written; commit it\n$/,
  );
  const text = readLock();
  const { k3s } = parseArtifactLock(text) as ArtifactLock;
  expect(Math.abs(Date.parse(k3s[version]?.lockedOn ?? '') - Date.now())).toBeLessThan(48 * 3600 * 1000);
  const { mtimeMs } = statSync(lockFile());

  const second = await lock();
  expect(second.problems).toEqual([]);
  expect(second.out).toMatch(/amd64 +as before\n.*arm64 +as before\n\n.*artifacts\.lock\.json: unchanged\n$/);
  expect(readLock()).toBe(text);
  expect(statSync(lockFile()).mtimeMs).toBe(mtimeMs);
  expect(server.requests).toHaveLength(2);
});

test('locks what the files of nodes miss, and they miss nothing then', async () => {
  const missing = () =>
    resolve(fleetOf()[fleetKey]()).problems.filter(({ message }) => message.includes('edgecdk lock'));
  expect(missing()).not.toEqual([]);
  await lock({ source: [{ url: server.url }] });
  expect(missing()).toEqual([]);
});

test('tells what is not locked, without network', async () => {
  const missing = (name: string) => `[grocer/store] K3s ${version} is not locked for ${name}; run edgecdk lock`;
  expect((await lock({ check: true })).problems).toEqual([missing('amd64'), missing('arm64')]);
  expect(existsSync(lockFile())).toBe(false);
  await lock({ source: [{ url: server.url }], arch: ['arm64'] });
  expect(server.requests).toHaveLength(1);
  expect((await lock({ check: true })).problems).toEqual([missing('amd64')]);
  expect(await lock({ check: true, arch: ['arm64'] })).toMatchObject({
    problems: [],
    out: expect.stringMatching(/^locked/),
  });
  expect(server.requests).toHaveLength(1);
});

test('downloads what it locked, and only what is missing when it runs again', async () => {
  const first = await lock({ source: [{ url: server.url }], download: true, arch: ['arm64'] });
  expect(first).toMatchObject({
    problems: [],
    err: `fetched k3s-arm64 of ${version}\nfetched k3s-airgap-images-arm64.tar.zst of ${version}\n`,
    out: expect.stringMatching(/\.edgecdk\/artifacts: 2 files fetched, 0 there already, 0 missing\n$/),
  });
  const inCache = (name: string) => join('k3s', version, name);
  expect(filesOf(join(folder, '.edgecdk/artifacts'))).toEqual({
    [inCache('k3s-airgap-images-arm64.tar.zst')]: `images ${version} arm64`,
    [inCache('k3s-arm64')]: `binary ${version}`,
  });

  const artifacts = join(folder, 'elsewhere');
  expect(await lock({ download: true, artifacts, quiet: true })).toEqual({ problems: [], out: '', err: '' });
  expect(Object.keys(filesOf(artifacts))).toHaveLength(4);
  rmSync(join(artifacts, inCache('k3s')));
  server.requests.length = 0;
  expect((await lock({ download: true, artifacts })).out).toMatch(/1 file fetched, 3 there already, 0 missing\n$/);
  expect(server.requests.filter((path) => !path.includes('sha256sum'))).toEqual(['/v1.33.5%2Bk3s1/k3s']);
});

test('keeps a good lock when a download is not what is locked, and fetches the rest', async () => {
  files['/v1.33.5%2Bk3s1/k3s'] = 'evil';
  delete files['/v1.33.5%2Bk3s1/k3s-arm64'];
  const { problems, out } = await lock({ source: [{ url: server.url }], download: true });
  expect(problems).toEqual([
    expect.stringMatching(
      /^\[grocer\/store\] k3s of v1\.33\.5\+k3s1 is not fetched: .*, and the lock has .*: it was changed or/,
    ),
    expect.stringMatching(/^\[grocer\/store\] k3s-arm64 of v1\.33\.5\+k3s1 is not fetched: .* status 404$/),
  ]);
  expect(out).toMatch(/2 files fetched, 0 there already, 2 missing\n$/);
  expect(parseArtifactLock(readLock())).not.toHaveProperty('problems');
  expect(Object.keys(filesOf(join(folder, '.edgecdk')))).toEqual([
    expect.stringMatching(/images-amd64/),
    expect.stringMatching(/images-arm64/),
  ]);
});

test('tells a folder that nothing can be written to from a network that does not work', async () => {
  writeFileSync(join(folder, 'file'), '');
  const flags = {
    source: [{ url: server.url }],
    download: true,
    arch: ['arm64' as const],
    artifacts: join(folder, 'file'),
  };
  expect((await lock(flags)).problems).toEqual([
    expect.stringMatching(/k3s-arm64 of .* is not fetched: ENOTDIR.*; make room, or name another folder/),
    expect.stringMatching(/k3s-airgap-images-arm64\.tar\.zst of .* is not fetched: ENOTDIR/),
  ]);
});

test('refuses a release that changed after it was locked, unless told to take it', async () => {
  await lock({ source: [{ url: server.url }] });
  const text = readLock();
  files = { ...files, ...releaseFiles(version, 'arm64', 'other') };
  expect((await lock()).problems).toEqual([]);
  const refused = await lock({ source: [{ url: server.url }] });
  expect(refused).toMatchObject({
    out: expect.stringMatching(/artifacts\.lock\.json: as it was, since not all can be locked\n$/),
    problems: [
      expect.stringMatching(/^\[grocer\/store\] k3s-arm64 of v1\.33\.5\+k3s1 is locked as [0-9a-f]{64}, and /),
    ],
  });
  expect(readLock()).toBe(text);
  expect((await lock({ update: true })).out).toMatch(/amd64 +as before\n.*arm64 +updated: other checksums\n/);
  expect(readLock()).not.toBe(text);
});

test('keeps what no site runs any more until it is asked to drop it', async () => {
  await lock({ source: [{ url: server.url }] });
  files = { ...files, ...releaseFiles(next, 'arm64'), ...releaseFiles(next, 'amd64') };
  expect((await lock({}, fleetOf(next))).out).toMatch(/v1\.33\.5.*no site runs it; --prune drops it/);
  expect(Object.keys(JSON.parse(readLock()).k3s)).toEqual([version, next]);
  // What `arch` leaves out is in use nevertheless.
  const pruned = await lock({ prune: true, arch: ['arm64'] }, fleetOf(next));
  expect(pruned.out).toMatch(/v1\.33\.5\+k3s1 +amd64 +dropped\n/);
  const { k3s } = parseArtifactLock(readLock()) as ArtifactLock;
  expect(Object.keys(k3s)).toEqual([next]);
  expect(Object.keys(k3s[next] ?? {})).toEqual(['amd64', 'arm64', 'lockedOn']);
});

test.each<[string, () => Fleet, RegExp]>([
  [
    'a release that is not there',
    () => fleetOf('v1.33.99+k3s1'),
    /^\[grocer\/store\] found no release v1\.33\.99\+k3s1/,
  ],
  ['a fleet with errors', () => fleetOf('v9.9.9+k3s1' as K3sVersion), /^\[grocer\/store\].*v9\.9\.9\+k3s1/],
  [
    'a fleet without a root',
    () => fleetOf(version, { root: '' }),
    /^\[grocer\] has no root, where artifacts\.lock\.json/,
  ],
])('writes nothing for %s', async (_what, fleet, message) => {
  const { problems, out } = await lock({ source: [{ url: server.url }] }, fleet());
  expect(problems[0]).toMatch(message);
  expect(out).not.toContain('written;');
  expect(existsSync(lockFile())).toBe(false);
});

test('does not write over a lock that it cannot read', async () => {
  writeFileSync(lockFile(), '{ "format": 1,\n<<<<<<< HEAD\n');
  const { problems } = await lock({ source: [{ url: server.url }] });
  expect(problems).toEqual([expect.stringMatching(/^\[grocer\] artifacts\.lock\.json is no JSON \(/)]);
  expect(readLock()).toBe('{ "format": 1,\n<<<<<<< HEAD\n');
  expect(server.requests).toEqual([]);
});

test('locks nothing where no machine is set up', async () => {
  const { problems, out } = await lock({}, fleetOf(version, { sites: 0 }));
  expect({ problems, out }).toEqual({
    problems: [],
    out: expect.stringMatching(/^no machine is set up by this program.*nothing to lock\n$/),
  });
  expect(existsSync(lockFile())).toBe(false);
});

test('does not understand an architecture that no node has', async () => {
  const refused = lock({ arch: ['arm'] });
  await expect(refused).rejects.toBeInstanceOf(UsageError);
  await expect(refused).rejects.toThrow('no machine of the program that installs files is arm; they are amd64, arm64');
});
