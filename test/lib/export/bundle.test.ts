import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatherBundles } from '../../../lib/export/bundle';
import { openAssembly } from '../../../lib/export/open-assembly';
import { writeSummedTar } from '../../../lib/export/summed-tar';
import { sha256 } from '../../../lib/model/digest';
import { BINARY, IMAGES, VERSION } from '../render/node/script/scratch-node';
import { machine, makeCache, writeFolder } from './make-assembly';
import { COHORTS, cohortOf, made, makeStickAssembly, WITHDRAWN } from './make-sticks';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-bundle-'));
const dist = join(folder, 'dist');
const cache = join(folder, 'cache');
beforeAll(() => {
  makeCache(cache);
  makeStickAssembly(dist, [
    {
      name: 'store-2',
      nodes: [machine('store-2', 'box-1', 0), machine('store-2', 'till-1')],
      manifests: { 'pos.yaml': made('pos'), 'old.yaml': WITHDRAWN },
    },
    { name: 'store-1', nodes: [], manifests: { 'pos.yaml': made('pos') } },
    { name: 'depot-1', nodes: [], cohort: 'depot', profile: 'big', manifests: { 'pos.yaml': made('pos') } },
    { name: 'van-1', nodes: [], cohort: 'van', profile: 'pi', manifests: {} },
  ]);
  writeFolder(dist, {
    'images/box.linux-arm64.txt': 'nginx:1\n',
    'images/boxes.linux-amd64.txt': 'no\n',
    'images/box.charts.txt': 'vault 1\n',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gather = (request: Parameters<typeof gatherBundles>[1] = {}) => gatherBundles(openAssembly(dist), request);

function textsOf(profile: string, request: Parameters<typeof gatherBundles>[1] = {}): Record<string, string> {
  const bundle = gather(request).bundles.find((one) => one.profile === profile);
  return Object.fromEntries(
    (bundle?.files ?? []).map((file) => [file.path, 'content' in file ? file.content().toString('utf8') : file.from]),
  );
}

const messages = (request: Parameters<typeof gatherBundles>[1], outDir = dist) =>
  gatherBundles(openAssembly(outDir), request).problems.map(({ message, path }) => `${path} ${message}`);

test('each profile has a bundle of all its sites with a cluster of their own', () => {
  const { bundles, leftOut, problems } = gather();
  expect(bundles.map(({ name, sites }) => [name, sites.map((site) => site.name)])).toEqual([
    ['grocer-big.tar', ['depot-1']],
    ['grocer-box.tar', ['store-1', 'store-2']],
  ]);
  expect(problems).toEqual([]);
  expect(leftOut).toEqual([expect.stringMatching(/^no stick serves van-1, for their cluster, cloud, is elsewhere/)]);
});

test('manifests are as the assembly has them, withdrawn ones too', () => {
  const texts = textsOf('box');
  expect(Object.keys(texts).sort()).toEqual([
    'README.txt',
    'artifacts.json',
    'images/archives.tsv',
    'images/charts.txt',
    'images/linux-arm64.txt',
    'install.sh',
    'manifests/store-1/pos.yaml',
    'manifests/store-2/old.yaml',
    'manifests/store-2/pos.yaml',
    'sites.txt',
  ]);
  expect(texts['manifests/store-2/old.yaml']).toBe(WITHDRAWN);
  expect(texts['images/linux-arm64.txt']).toBe('nginx:1\n');
  expect(texts['sites.txt']).toBe(
    '# site\tcluster\tfiles\tmachines\nstore-1\tk3s\t1\t\nstore-2\tk3s\t2\tstore-2-box-1 store-2-till-1\n',
  );
});

test('the script knows the distributions of its sites, and no other', () => {
  expect(textsOf('box')['install.sh']).toMatch(/^find_k3s\(\)/m);
  expect(textsOf('box')['install.sh']).not.toContain('microk8s');
  expect(textsOf('big')['install.sh']).toMatch(/^find_microk8s\(\)/m);
});

test('artifacts are told by name, address and checksum, and carried if they are asked for', () => {
  const place = `artifacts/k3s/${VERSION}/k3s-arm64`;
  const named = JSON.parse(textsOf('box')['artifacts.json'] ?? '');
  expect(named).toContainEqual(
    expect.objectContaining({
      file: 'k3s-arm64',
      architecture: 'arm64',
      sha256: sha256(BINARY),
      path: place,
      onStick: false,
    }),
  );
  const carried = textsOf('box', { artifacts: cache });
  expect(carried[place]).toBe(join(cache, 'k3s', VERSION, 'k3s-arm64'));
  expect(JSON.parse(carried['artifacts.json'] ?? '')).toHaveLength(named.length);
  expect(carried['README.txt']).toContain(`K3s ${VERSION}: in artifacts`);
});

test('an artifact that is missing, or another than was locked, is an error', () => {
  const other = makeCache(join(folder, 'other'), { 'k3s-arm64': 'tampered with' });
  expect(messages({ artifacts: other })).toEqual([
    expect.stringMatching(/^box needs k3s-arm64 .* has another checksum/),
  ]);
  expect(messages({ artifacts: join(folder, 'none') })).toHaveLength(2);
});

test.each<[string, Parameters<typeof gatherBundles>[1], RegExp]>([
  ['an unknown profile', { profiles: ['bix'] }, /^bix is no hardware profile of grocer \(it has big, box, pi\)/],
  ['an unknown site', { sites: ['store-9'] }, /^store-9 is no site of grocer/],
  ['a site of another profile', { profiles: ['big'], sites: ['store-1'] }, /^store-1 is of the profile box/],
  ['a profile that no stick serves', { profiles: ['pi'] }, /^grocer no stick serves van-1/],
  ['such a profile beside another', { profiles: ['pi', 'box'] }, /^pi has no site that a stick serves/],
  ['a site that none serves', { sites: ['van-1', 'store-1'] }, /^grocer no stick serves van-1/],
])('%s is refused', (_what, request, message) => {
  expect(messages(request)).toEqual([expect.stringMatching(message)]);
});

test('some sites alone', () => {
  expect(gather({ sites: ['store-2'] }).bundles.map(({ sites }) => sites.map(({ name }) => name))).toEqual([
    ['store-2'],
  ]);
});

test('what is wrong with an assembly is said', () => {
  const site = { name: 'store-1', nodes: [], manifests: { 'pos.yaml': made('pos') } };
  const file = { template: '', retire: 'withdraw', holes: [], kinds: [] } as const;
  const lacking = { store: cohortOf('k3s', { files: { pos: file, gone: file } }) };
  expect(messages({}, makeStickAssembly(join(folder, 'lacking'), [site], lacking))).toEqual([
    expect.stringMatching(/gone\.yaml is missing; run edgecdk synth --verify/),
  ]);
  const unknown = makeStickAssembly(join(folder, 'unknown'), [{ ...site, cohort: 'shed' }], COHORTS);
  expect(messages({}, unknown)).toEqual([expect.stringMatching(/no way to bring fakeos manifests/)]);
});

test('sites that pull are left out, and refused by name: what they run is in no file of theirs', () => {
  const begin = { 'edgecdk-courier.yaml': made('courier') };
  const sites = [
    { name: 'store-1', nodes: [], manifests: { 'pos.yaml': made('pos') } },
    { name: 'kiosk-1', nodes: [], cohort: 'kiosk', manifests: begin },
  ];
  const outDir = makeStickAssembly(join(folder, 'pulling'), sites, COHORTS);
  const { bundles, leftOut, problems } = gatherBundles(openAssembly(outDir), {});
  expect(bundles.map((bundle) => bundle.sites.map(({ name }) => name))).toEqual([['store-1']]);
  const why =
    /^no stick serves kiosk-1, for they pull what they run \(delivery courier\).* give their blueprint Delivery\.local\(\)/;
  expect([leftOut, problems]).toEqual([[expect.stringMatching(why)], []]);
  expect(messages({ sites: ['kiosk-1', 'store-1'] }, outDir)).toEqual([
    expect.stringMatching(/^grocer no stick serves kiosk-1/),
  ]);
});

test('a profile with letters that no file has gets another name for its file', () => {
  const site = { name: 'store-1', nodes: [], profile: '../up', manifests: { 'pos.yaml': made('pos') } };
  const [bundle] = gatherBundles(openAssembly(makeStickAssembly(join(folder, 'odd'), [site])), {}).bundles;
  expect(bundle?.name).toMatch(/^grocer-\.\._up-[0-9a-f]{8}\.tar$/);
  expect(bundle?.profile).toBe('../up');
});

test('equal assemblies give equal bytes, wherever and by whomever', () => {
  const write = (name: string) => {
    const [bundle] = gather({ profiles: ['box'], artifacts: cache }).bundles;
    return writeSummedTar(join(folder, name), bundle?.files ?? []);
  };
  const here = write('here.tar');
  const [zone, umask] = [process.env.TZ, process.umask(0o077)];
  process.env.TZ = 'Asia/Tokyo';
  try {
    expect(write('there.tar')).toEqual(here);
  } finally {
    process.umask(umask);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  const bytes = readFileSync(join(folder, 'here.tar'));
  expect(readFileSync(join(folder, 'there.tar')).equals(bytes)).toBe(true);
  expect(here).toEqual({
    bytes: statSync(join(folder, 'here.tar')).size,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const { stdout } = spawnSync('tar', ['-tvf', join(folder, 'here.tar'), '--full-time'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TZ: 'UTC' },
  });
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/^-rw[x-]r-[x-]r-[x-] 0\/0 .* 1970-01-01 00:00:00 /);
  expect(lines.filter((line) => line.startsWith('-rwx')).map((line) => line.replace(/.* /, ''))).toEqual([
    'install.sh',
  ]);
  expect(readFileSync(join(folder, 'here.tar')).includes(IMAGES)).toBe(true);
});
