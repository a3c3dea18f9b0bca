import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { k3sWorkloadSecrets } from '../../../../../lib/distributions/k3s/node/workload-secrets';
import type { SecretRecord } from '../../../../../lib/model/secret-record';
import { secretFolderProblem } from '../../../../../lib/render/node/secret-folder';
import { secretSourceFiles } from '../../../../../lib/render/node/secret-source';
import { SINGLE } from '../../../render/node/sample-input';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-workload-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secrets: readonly SecretRecord[] = [
  { workload: 'pos', secret: 'db', keys: ['password', 'ca.crt'], namespace: 'shop', object: 'pos-db' },
  { workload: 'media', secret: 'feed', keys: ['token'], namespace: 'media', object: 'media-feed' },
];
const files = k3sWorkloadSecrets({ folder: '/etc/edgecdk/secrets', secrets });
const text = (end: string): string => files.find(({ path }) => path.endsWith(end))?.text ?? '';

/** Answers as a cluster of some namespaces and controllers would, and keeps what it was called with and what was applied. */
const K3S = `#!/bin/sh
sim=$EDGECDK_ROOT/sim
echo "$*" >> "$sim/calls"
[ ! -f "$sim/down" ] || exit 1
case $* in
  'kubectl get namespaces'*) cat "$sim/namespaces" ;;
  'kubectl get deployments'*) cat "$sim/controllers" ;;
  'kubectl apply'*) cat > "$sim/applied"; echo secret/applied; [ ! -f "$sim/refuses" ] ;;
  *) exit 64 ;;
esac
`;

/** With all that a shell or YAML might make something of. */
const value = ['p$(x) "$', '{HOME}"\n  two\n'].join('');

let count = 0;
function machine(more: Readonly<Record<string, string>> = {}): string {
  count += 1;
  const root = join(folder, `root-${count}`);
  const all = {
    'sim/namespaces': 'namespace/default\nnamespace/shop\n',
    'sim/controllers': 'deployment.apps/pos\n',
    'etc/edgecdk/secrets/db/password': value,
    'etc/edgecdk/secrets/db/ca.crt': 'c'.repeat(5000),
    'etc/edgecdk/secrets/token': 'of the node\n',
    'etc/edgecdk/identity.env': 'NODE_NAME=store-1-a\nRANK=0\n',
    ...Object.fromEntries(files.map((file) => [file.path, file.text])),
    ...more,
  };
  for (const [path, content] of Object.entries(all)) put(join(root, path), content);
  put(join(root, 'usr/local/bin/k3s'), K3S, 0o755);
  return root;
}

function put(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
}

function run(root: string, shell = 'sh', path = process.env.PATH) {
  const [command = 'sh', ...before] = shell.split(' ');
  const script = join(root, 'etc/edgecdk/scripts/workload-secrets.sh');
  const { status, stdout, stderr } = spawnSync(command, [...before, script], {
    encoding: 'utf8',
    env: { PATH: path, EDGECDK_ROOT: root },
  });
  return { code: status, log: stdout + stderr };
}

const read = (root: string, path: string): string =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
const calls = (root: string): string[] => read(root, 'sim/calls').trim().split('\n');

const busybox = spawnSync('busybox', ['true']).status === 0;
const dash = spawnSync('dash', ['-c', ':']).status === 0;
const shells = ['sh', ...(dash ? ['dash'] : []), ...(busybox ? ['busybox sh'] : [])];

test.each(shells)('each Secret holds what its files hold, byte for byte (%s)', (shell) => {
  const root = machine();
  expect(run(root, shell)).toEqual({ code: 0, log: '' });
  const documents = parseAllDocuments(read(root, 'sim/applied')).map((d) => d.toJS());
  expect(documents).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: {
        name: 'pos-db',
        namespace: 'shop',
        labels: { 'app.kubernetes.io/managed-by': 'edgecdk', 'app.kubernetes.io/name': 'pos' },
      },
      data: {
        'ca.crt': Buffer.from('c'.repeat(5000)).toString('base64'),
        password: Buffer.from(value).toString('base64'),
      },
    },
  ]);
});

test.each(shells)('what is missing is got as the machine gets its own secrets (%s)', (shell) => {
  const argv = ['/bin/sh', '-c', 'echo "$0" >> "$EDGECDK_ROOT/asked"; echo "of $EDGECDK_NODE"', '{name}'];
  const [script] = secretSourceFiles({ ...SINGLE, secretsFrom: { kind: 'command', argv, seconds: 5 } });
  const root = machine({
    [script?.path ?? '']: script?.text ?? '',
    'etc/edgecdk/identity.env': 'NODE_NAME=store-1-a\n',
  });
  rmSync(join(root, 'etc/edgecdk/secrets/db/password'));
  expect(run(root, shell)).toEqual({ code: 0, log: '' });
  // One that is there is not asked for, nor is one of a workload that the cluster has not.
  expect(read(root, 'asked')).toBe('db/password\n');
  expect(read(root, 'sim/applied')).toContain(Buffer.from('of store-1-a\n').toString('base64'));
});

(busybox ? test : test.skip)('busybox alone is enough', () => {
  const root = machine();
  const tools = mkdtempSync(join(folder, 'busybox-'));
  const path = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  for (const name of ['sh', 'base64', 'cat', 'find', 'mkdir', 'printf', 'rm', 'sha256sum', 'tr'])
    symlinkSync(path, join(tools, name));
  put(join(root, 'usr/local/bin/k3s'), K3S, 0o755);
  expect(run(root, `${tools}/sh`, tools)).toEqual({ code: 0, log: '' });
  expect(run(root, `${tools}/sh`, tools)).toEqual({ code: 0, log: '' });
  expect(calls(root).filter((call) => call.includes('apply'))).toHaveLength(1);
});

test('no value is in an argument, in a message or in a file of its own', () => {
  const root = machine();
  const { log } = run(root);
  rmSync(join(root, 'sim/applied'));
  rmSync(join(root, 'etc/edgecdk/secrets'), { recursive: true });
  const left = (readdirSync(root, { recursive: true }) as string[])
    .map((path) => join(root, path))
    .filter((path) => !['workload-secrets.sh'].some((name) => path.endsWith(name)))
    .map((path) => spawnSync('cat', [path], { encoding: 'utf8' }).stdout);
  for (const found of [log, ...left]) {
    expect(found).not.toContain('two');
    expect(found).not.toContain('ccccc');
    expect(found).not.toContain(Buffer.from('p$(x)').toString('base64').slice(0, 6));
  }
});

test('what was sent not long ago is not sent again, but for a value that changed', () => {
  const root = machine();
  const applies = () => calls(root).filter((call) => call.includes('apply')).length;
  run(root);
  run(root);
  expect(applies()).toBe(1);
  put(join(root, 'etc/edgecdk/secrets/db/password'), 'another\n');
  run(root);
  expect(applies()).toBe(2);
  expect(read(root, 'sim/applied')).toContain(Buffer.from('another\n').toString('base64'));
  const old = new Date(Date.now() - 2 * 3600 * 1000);
  utimesSync(join(root, 'run/edgecdk/workload-secrets/sent'), old, old);
  run(root);
  expect(applies()).toBe(3);
});

test('a namespace that comes later gets its Secret then', () => {
  const root = machine({ 'etc/edgecdk/secrets/feed/token': 'feed\n' });
  run(root);
  expect(read(root, 'sim/applied')).not.toContain('media-feed');
  put(join(root, 'sim/namespaces'), 'namespace/shop\nnamespace/media\n');
  expect(run(root).code).toBe(0);
  expect(read(root, 'sim/applied')).toContain('name: "media-feed"');
});

test('a Secret of which a file is missing stays as it is, and its workload says which one', () => {
  const root = machine();
  rmSync(join(root, 'etc/edgecdk/secrets/db/ca.crt'));
  const { code, log } = run(root);
  expect(code).toBe(75);
  expect(log).toBe(
    'edgecdk: the workload pos waits for its Secret shop/pos-db; missing, or empty: /etc/edgecdk/secrets/db/ca.crt\n',
  );
  expect(calls(root).filter((call) => call.includes('apply'))).toEqual([]);
});

test.each(shells)('of several servers only the first makes them, and another says so (%s)', (shell) => {
  const root = machine({ 'etc/edgecdk/identity.env': 'NODE_NAME=store-1-b\nRANK=1\n' });
  expect(run(root, shell)).toEqual({ code: 0, log: expect.stringContaining('the server of rank 0 makes the Secrets') });
  expect(existsSync(join(root, 'sim/calls'))).toBe(false);
});

test('one Secret that cannot be made holds up no other', () => {
  const root = machine({
    'sim/namespaces': 'namespace/shop\nnamespace/media\n',
    'sim/controllers': 'deployment.apps/media\n',
  });
  expect(run(root).code).toBe(75);
  expect(read(root, 'sim/applied')).toContain('name: "pos-db"');
});

test('a site without the workload is not told of its missing files', () => {
  const root = machine({ 'sim/controllers': 'deployment.apps/other-pos\n' });
  rmSync(join(root, 'etc/edgecdk/secrets/db'), { recursive: true });
  expect(run(root)).toEqual({ code: 0, log: '' });
});

test.each([
  ['down', 'K3s does not answer'],
  ['refuses', 'not all Secrets could be made'],
])('where K3s is %s, the next look tries again', (what, words) => {
  const root = machine({ [`sim/${what}`]: '' });
  const { code, log } = run(root);
  expect([code, log]).toEqual([75, expect.stringContaining(words)]);
  rmSync(join(root, `sim/${what}`));
  expect(run(root).code).toBe(0);
  expect(calls(root).at(-1)).toContain('apply');
});

test('without a secret the files are there all the same, and make nothing', () => {
  const none = k3sWorkloadSecrets({ folder: '/srv/secrets', secrets: [] });
  expect(none.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  expect(none.every(({ effect }) => effect === 'live')).toBe(true);
  const root = machine(Object.fromEntries(none.map((file) => [file.path, file.text])));
  expect(run(root)).toEqual({ code: 0, log: '' });
  expect(calls(root)).toHaveLength(1);
});

test('the list is by namespace and name, whatever the order of the records', () => {
  const turned = k3sWorkloadSecrets({ folder: '/etc/edgecdk/secrets/', secrets: [...secrets].reverse() });
  expect(turned).toEqual(files);
  expect(text('.tsv').split('\n').slice(2)).toEqual([
    'media\tmedia-feed\tmedia\t/etc/edgecdk/secrets/feed\ttoken',
    'shop\tpos-db\tpos\t/etc/edgecdk/secrets/db\tca.crt password',
    '',
  ]);
});

test.each([
  ['/etc/edgecdk/secrets', undefined],
  ['/srv/s/', undefined],
  ['secrets', 'absolute path'],
  ['/srv/my secrets', 'absolute path'],
  ['/srv/../etc', 'absolute path'],
])('the folder %s', (path, problem) => {
  if (problem === undefined) expect(secretFolderProblem(path)).toBeUndefined();
  else expect(secretFolderProblem(path)).toContain(problem);
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;

(shellcheck ? test : test.skip)('shellcheck has nothing to say of the script', () => {
  const { stdout } = spawnSync('shellcheck', ['-s', 'sh', '-'], { input: text('.sh'), encoding: 'utf8' });
  expect(stdout).toBe('');
});

const systemd = spawnSync('systemd-analyze', ['--version']).status === 0;

(systemd ? test : test.skip)('systemd knows every line of its units', () => {
  const root = machine();
  for (const path of ['bin/sh', 'usr/local/bin/k3s']) put(join(root, path), '', 0o755);
  for (const name of ['sysinit', 'basic', 'shutdown', 'timers', 'time-set'])
    put(join(root, `usr/lib/systemd/system/${name}.target`), '[Unit]\nDescription=x\n');
  const units = ['edgecdk-workload-secrets.service', 'edgecdk-workload-secrets.timer'];
  const options = ['verify', `--root=${root}`, '--man=no', '--recursive-errors=no', ...units];
  const { stdout, stderr } = spawnSync('systemd-analyze', options, { encoding: 'utf8' });
  // Known from 254 on; older ones pass over it.
  const lines = (stdout + stderr).split('\n').filter((line) => !line.includes('ImportCredential'));
  expect(lines.join('')).toBe('');
});
