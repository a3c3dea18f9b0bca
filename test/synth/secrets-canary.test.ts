import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addExportCommand } from '../../lib/cli/export-command';
import { AUTHORITY_FILES } from '../../lib/distributions/k3s/node/authority';
import { runCommand } from '../lib/cli/run-command';
import { writeFolder } from '../lib/export/make-assembly';
import { CANARY, canaries, filesWithCanaries } from '../support/canary';
import { lockText, VERSION } from '../support/node-fleet';

const sources = resolve(__dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'edgecdk-canary-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every option that names a secret, of clusters and of workloads. */
const program = `
import { ContainerWorkload, Cpu, DeviceClass, Fleet, Hardware, Inventory, K3sBackup, K3sCluster, K3sDatastore, NodeSecrets, OperatingSystem, Placement, SecretRef,
  SecretStore, SiteBlueprint, SiteGroup, Size } from 'edgecdk';

const fleet = new Fleet('shops', { root: __dirname, secrets: SecretStore.nodeFiles() });
const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }), operatingSystem: OperatingSystem.ubuntu2404(), storage: 'nvme' });
const version = '${VERSION}';
const registries = { 'docker.io': { endpoints: ['https://mirror.example'], secret: 'mirror-login' } };
const certificateAuthority = { secret: 'own-ca' };
const clusters = {
  kiosk: { servers: box.count(1), certificateAuthority, secrets: NodeSecrets.systemdCredentials() },
  market: { servers: box.count(3), agents: box.count(1), certificateAuthority, registries, secrets: NodeSecrets.command(['/usr/local/bin/fetch-secret', '{name}']),
    backup: K3sBackup.toS3({ endpoint: 's3.example', bucket: 'b', region: 'eu-1', secret: 's3-login' }) },
  shop: { servers: box.count(1), agents: box.count(1), registries, secrets: NodeSecrets.medium(), tokens: { server: 'server-token', agent: 'agent-token' },
    datastore: K3sDatastore.external({ secret: 'database' }) },
};
for (const [id, cluster] of Object.entries(clusters)) {
  const blueprint = new SiteBlueprint(fleet, id, { cluster: new K3sCluster({ version, ...cluster }) });
  const nodes = [1, 2, 3, 4].map((n) => ({ site: id + '-1', slot: 'box-' + n, serial: id + n, address: '10.0.0.' + n }));
  const count = { kiosk: 1, market: 4, shop: 2 }[id];
  new SiteGroup(fleet, id + 's', { blueprint, inventory: Inventory.rows([{ name: id + '-1' }]), nodes: Inventory.rows(nodes.slice(0, count)) });
  new ContainerWorkload(fleet, 'pos-' + id, { image: 'ghcr.io/shops/pos:1.0.0', platforms: ['linux/amd64'], resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
    env: { DB: SecretRef.of('pos-db', 'password') }, files: { '/etc/pos/key.pem': SecretRef.of('pos-key', 'key.pem') }, placement: Placement.on(blueprint) });
}
export default fleet;
`;

/** As an operator keeps them, beside the program. */
const values: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    ...Object.fromEntries(['k3s-token', 'k3s-agent-token', 'server-token', 'agent-token'].map((name) => [name, '%\n'])),
    'mirror-login': 'user:%\n',
    's3-login': 'AWS_ACCESS_KEY_ID=%\nAWS_SECRET_ACCESS_KEY=%\n',
    database: 'K3S_DATASTORE_ENDPOINT=postgres://user:%@db.example/k3s\n',
    ...Object.fromEntries(AUTHORITY_FILES.map((name) => [`own-ca/${name}`, '-----BEGIN %-----\n'])),
    // The root of it stays where it is.
    'own-ca/root-ca.key': '%\n',
    'pos-db/password': '%',
    'pos-key/key.pem': '%\n',
  }).map(([name, text]) => [`secrets/${name}`, text.replaceAll('%', `${CANARY}-${name.replace(/\W/g, '')}`)]),
);

const sites = ['kiosk-1', 'market-1', 'shop-1'];
const dist = join(root, 'dist');
let synth: { readonly status: number | null; readonly stdout: string; readonly stderr: string };

beforeAll(() => {
  const paths = { edgecdk: [join(sources, 'constructs/index.ts')] };
  const tsconfig = { extends: join(sources, 'tsconfig.json'), compilerOptions: { paths } };
  writeFolder(root, {
    ...values,
    'fleet.ts': program,
    'tsconfig.json': JSON.stringify(tsconfig),
    'artifacts.lock.json': lockText(VERSION),
  });
  symlinkSync(join(sources, 'node_modules'), join(root, 'node_modules'));
  const script = join(sources, 'lib/cli/main.ts');
  const args = ['--import', 'tsx', script, 'synth', join(root, 'fleet.ts'), '--no-type-check', '-o', dist];
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), K3S_TOKEN: CANARY };
  synth = spawnSync(process.execPath, args, { cwd: sources, encoding: 'utf8', env });
}, 60_000);

test('it is found in every disguise', () => {
  for (const encoding of ['utf8', 'hex', 'base64'] as const)
    for (const before of ['', 'a', 'ab'])
      expect(canaries(Buffer.from(`${before}${CANARY} and more`).toString(encoding))).not.toEqual([]);
  expect(filesWithCanaries(join(root, 'secrets'))).toHaveLength(Object.keys(values).length);
});

test('no value of a secret is in an assembly, nor in what synth says', () => {
  expect(synth).toMatchObject({ status: 0 });
  expect(canaries(synth.stdout + synth.stderr)).toEqual([]);
  expect(filesWithCanaries(dist)).toEqual([]);
  // All of them are asked for by name.
  const asked = readFileSync(join(dist, 'secrets.json'), 'utf8');
  for (const name of Object.keys(values)) {
    const [, secret = '', ...key] = name.split('/');
    if (key[0] !== 'root-ca.key') expect(asked).toContain(`"${[secret, ...key].length > 1 ? key.join('/') : secret}"`);
  }
});

const edgecdk = (to: string, ...args: string[]) =>
  runCommand(addExportCommand, 'export', '--assembly', dist, '--to', to, ...args);

test('nor in inventory and playbook', async () => {
  const to = join(root, 'ansible');
  const { code, stdout, stderr } = await edgecdk(to, '--ansible');
  expect([code, canaries(stdout + stderr), filesWithCanaries(to)]).toEqual([0, [], []]);
});

describe.each(sites)('of %s', (site) => {
  test('a kit without secrets has none', async () => {
    const to = join(root, `kit-${site}`);
    const { code, stdout, stderr } = await edgecdk(to, site);
    expect([code, canaries(stdout + stderr), filesWithCanaries(to)]).toEqual([0, [], []]);
  });

  test('a kit with secrets has them in the folders of machines that need them, and nowhere else', async () => {
    const to = join(root, `kit-with-${site}`);
    const { code, stdout, stderr } = await edgecdk(to, site, '--secrets', join(root, 'secrets'), '--strict');
    expect([code, canaries(stdout + stderr)]).toEqual([0, []]);
    const found = filesWithCanaries(to);
    const folders = /^edgecdk\/nodes\/([^/]+)\/secrets\/(.*)$/;
    expect(found.filter((path) => !folders.test(path))).toEqual([]);
    const byNode: Record<string, string[]> = {};
    for (const path of found) {
      const [, node = '', name = ''] = folders.exec(path) ?? [];
      byNode[node] = [...(byNode[node] ?? []), name];
      expect(statSync(join(to, path)).mode & 0o777).toBe(0o600);
    }
    const authority = AUTHORITY_FILES.map((name) => `own-ca/${name}`);
    const workloads = ['pos-db/password', 'pos-key/key.pem'];
    const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
      'kiosk-1': { 'kiosk-1-box-1': [...authority, ...workloads] },
      'market-1': {
        ...Object.fromEntries(
          [1, 2, 3].map((n) => [
            `market-1-box-${n}`,
            ['k3s-agent-token', 'k3s-token', 'mirror-login', ...authority, ...workloads, 's3-login'],
          ]),
        ),
        'market-1-box-4': ['k3s-agent-token', 'mirror-login'],
      },
      'shop-1': {
        'shop-1-box-1': ['agent-token', 'database', 'mirror-login', ...workloads, 'server-token'],
        'shop-1-box-2': ['agent-token', 'mirror-login'],
      },
    };
    expect(byNode).toEqual(expected[site]);
    expect(existsSync(join(to, 'user-data'))).toBe(true);
  });
});
