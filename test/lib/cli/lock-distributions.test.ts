import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  OperatingSystem,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import type { Cluster } from '../../../constructs/cluster';
import { Install } from '../../../constructs/install';
import { KubeEdgeCluster } from '../../../constructs/kubeedge-cluster';
import { MicroK8sCluster } from '../../../constructs/microk8s-cluster';
import { UsageError } from '../../../lib/cli/exit-codes';
import { type LockFlags, lockFleet } from '../../../lib/cli/lock-fleet';
import { fleetKey } from '../../../lib/model/fleet-symbol';
import type { Platform } from '../../../lib/model/platform';
import {
  cniPluginsFiles,
  kubeEdgeFiles,
  type Loopback,
  lockedFile,
  loopback,
  releaseFiles,
  serving,
  sha256,
} from '../../support/loopback';

let folder: string;
let server: Loopback;
let printed: { out: string; err: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edgecdk-lock-'));
  server = await loopback(
    serving({
      ...releaseFiles('v1.33.5+k3s1', 'amd64'),
      ...kubeEdgeFiles('v1.23.1', 'arm64'),
      ...cniPluginsFiles('v1.9.1', 'arm64'),
    }),
  );
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

/** Stores on K3s, depots on MicroK8s, vans on KubeEdge. */
function grocer(depot: Install = Install.online()) {
  const fleet = new Fleet('grocer', { root: folder });
  const box = new DeviceClass(fleet, 'box', {
    hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }),
    operatingSystem: OperatingSystem.ubuntu2404(),
  });
  const gateway = new DeviceClass(fleet, 'gateway', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }),
    operatingSystem: OperatingSystem.raspios({ release: 'trixie' }),
  });
  const vans = new KubeEdgeCluster(fleet, 'fleet-cloud', {
    version: 'v1.23.1',
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.10'],
  });
  const add = <P extends Platform>(name: string, cluster: Cluster<P>) => {
    const blueprint = new SiteBlueprint(fleet, name, { cluster });
    new SiteGroup(fleet, `${name}s`, { blueprint, inventory: Inventory.rows([{ name: `${name}-1` }]) });
  };
  add('store', new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1) }));
  add('depot', new MicroK8sCluster({ channel: '1.33/stable', controlPlane: box.count(1), install: depot }));
  add('van', vans.join(gateway.count(1)));
  return fleet;
}

async function lock(flags: LockFlags = {}, fleet = grocer()) {
  printed = { out: '', err: '' };
  const problems = await lockFleet(fleet[fleetKey](), flags);
  return { ...printed, problems: problems.map(({ path, message }) => `[${path}] ${message}`) };
}

const sources = () => (['cniPlugins', 'k3s', 'kubeedge'] as const).map((member) => ({ member, url: server.url }));
const read = () => JSON.parse(readFileSync(join(folder, 'artifacts.lock.json'), 'utf8'));

test('all that the machines of three distributions install is locked in one file, and checked without a network', async () => {
  expect((await lock({ check: true })).problems).toEqual([
    '[grocer/van] CNI plug-ins v1.9.1 is not locked for arm64; run edgecdk lock',
    '[grocer/store] K3s v1.33.5+k3s1 is not locked for amd64; run edgecdk lock',
    '[grocer/van] KubeEdge v1.23.1 is not locked for arm64; run edgecdk lock',
    '[grocer/depot] MicroK8s 1.33/stable is not locked; run edgecdk lock',
  ]);
  const { out, problems } = await lock({ source: sources() });
  expect(problems).toEqual([]);
  expect(out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
    'release | version | architecture',
    'CNI plug-ins | v1.9.1 | arm64 | locked',
    'K3s | v1.33.5+k3s1 | amd64 | locked',
    'KubeEdge | v1.23.1 | arm64 | locked',
    'MicroK8s | 1.33/stable | - | locked',
    '',
    expect.stringMatching(/artifacts\.lock\.json: written; commit it$/),
    '',
  ]);
  expect(Object.keys(read())).toEqual(['format', 'cniPlugins', 'k3s', 'kubeedge', 'microk8s']);
  server.requests.length = 0;
  expect((await lock({ check: true })).out).toBe(
    'locked: all of 4 releases of CNI plug-ins, K3s, KubeEdge, MicroK8s\n',
  );
  expect(server.requests).toEqual([]);
});

test('what was fetched to be locked is not fetched again for media', async () => {
  const { problems, out } = await lock({ source: sources(), download: true, arch: ['arm64'] });
  expect(problems).toEqual([]);
  expect(out).toMatch(/1 file fetched, 2 there already, 0 missing\n$/);
  expect(server.requests.filter((path) => path.endsWith('kubeedge-v1.23.1-linux-arm64.tar.gz'))).toHaveLength(1);
});

test('a source without a name is refused where it may be of several releases, before anything is asked', async () => {
  const refused = lock({ source: [{ url: server.url }] });
  await expect(refused).rejects.toBeInstanceOf(UsageError);
  await expect(refused).rejects.toThrow(/may be of cni-plugins, k3s, kubeedge; say of which/);
  expect(server.requests).toEqual([]);
});

describe('depots that get files', () => {
  const depots = () => grocer(Install.preloaded());
  const snaps = () => join(folder, '.edgecdk/artifacts/microk8s/1.33-stable/amd64');
  /** What somebody locked elsewhere, and committed. */
  function locked(): void {
    const copy = (file: string) => ({ file, sha256: sha256(file) });
    const names = ['core20_1', 'microk8s_2', 'snapd_3'];
    const parts = names.flatMap((stem) =>
      ['snap', 'assert'].map((ending) => [`${stem.replace(/_.*/, '')}.${ending}`, copy(`${stem}.${ending}`)]),
    );
    const base = `${server.url}/v1.33.5%2Bk3s1`;
    const k3s = {
      binary: lockedFile(base, 'k3s', 'binary v1.33.5+k3s1'),
      images: lockedFile(base, 'k3s-airgap-images-amd64.tar.zst', 'images v1.33.5+k3s1 amd64'),
    };
    const lockedOn = '2026-11-01';
    const text = JSON.stringify({
      format: 1,
      k3s: { 'v1.33.5+k3s1': { lockedOn, amd64: k3s } },
      microk8s: { '1.33/stable': { lockedOn, amd64: Object.fromEntries(parts) } },
    });
    writeFileSync(join(folder, 'artifacts.lock.json'), text);
  }

  test('are told which commands bring them, and nothing is written', async () => {
    const { problems } = await lock({ source: sources() }, depots());
    expect(problems).toEqual([
      expect.stringMatching(
        /^\[grocer\/depot\] needs snapd, core20, microk8s of 1\.33\/stable for amd64 as files, .* UBUNTU_STORE_ARCH=amd64 snap download microk8s --channel=1\.33\/stable --target-directory=/,
      ),
    ]);
    expect(() => read()).toThrow(/ENOENT/);
  });

  test('keep what is locked where nobody has the files, and are missed for media', async () => {
    locked();
    const { problems, out } = await lock({ source: sources(), download: true, arch: ['amd64'] }, depots());
    expect(out).toMatch(/MicroK8s +1\.33\/stable +amd64 +as before/);
    expect(problems).toHaveLength(6);
    expect(problems[0]).toMatch(
      /^\[grocer\/depot\] core20_1\.snap of 1\.33\/stable is not there as it was locked \(.*it cannot be fetched; copy it there/,
    );
    mkdirSync(snaps(), { recursive: true });
    for (const { file } of Object.values<{ file: string }>(read().microk8s['1.33/stable'].amd64))
      writeFileSync(join(snaps(), file), file);
    // These are no snaps, and what vouches for them says nothing of them.
    expect((await lock({ arch: ['amd64'] }, depots())).problems).toEqual([
      expect.stringMatching(/core20_1\.assert in .* is not of core20_1\.snap/),
    ]);
  });
});
