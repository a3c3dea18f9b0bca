import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { k3sAgentTree, k3sServerTree } from '../../../../lib/distributions/k3s/node/tree';
import type { NodeSecretSource } from '../../../../lib/model/node-input';
import { secretSourceFiles } from '../../../../lib/render/node/secret-source';
import { FULL, SINGLE } from './sample-input';
import { present, put } from './script-machine';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-secret-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** Calls the script that a source gives, and tells what became of it. */
function get(shell: string, source: NodeSecretSource, name: string, env: Readonly<Record<string, string>> = {}) {
  count += 1;
  const root = join(folder, String(count));
  put(join(root, 'get-secret.sh'), secretSourceFiles({ ...SINGLE, secretsFrom: source })[0]?.text ?? '');
  const [command = 'sh', ...before] = shell.split(' ');
  const file = join(root, 'secrets', name);
  const { status, stdout, stderr } = spawnSync(command, [...before, join(root, 'get-secret.sh'), name, file], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', ...env },
  });
  const left = existsSync(join(root, 'secrets')) ? readdirSync(join(root, 'secrets')) : [];
  return { code: status, log: stdout + stderr, file, left, text: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

const command = (...argv: string[]): NodeSecretSource => ({ kind: 'command', argv, seconds: 1 });

test('a tree whose secrets come on a medium has no script for them; any other has it, on servers and agents', () => {
  const paths = (input: typeof FULL) =>
    [k3sServerTree(input), k3sAgentTree(input)].map(({ files }) => files.some(({ path }) => /get-secret/.test(path)));
  expect(paths(FULL)).toEqual([false, false]);
  expect(paths({ ...FULL, secretsFrom: { kind: 'medium' } })).toEqual([false, false]);
  expect(paths({ ...FULL, secretsFrom: { kind: 'systemd-credentials' } })).toEqual([true, true]);
  expect(paths({ ...FULL, secretsFrom: command('/bin/x') })).toEqual([true, true]);
});

test('shellcheck has nothing to say about it', () => {
  if (!present('shellcheck')) return;
  for (const source of [command('/bin/a b', "it's", '-{name}-{name}', ''), { kind: 'systemd-credentials' } as const]) {
    const text = secretSourceFiles({ ...SINGLE, secretsFrom: source })[0]?.text;
    expect(spawnSync('shellcheck', ['--shell=sh', '-'], { input: text, encoding: 'utf8' }).stdout).toBe('');
  }
});

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const here = present(shell.split(' ')[0] ?? '') ? test : test.skip;

  here('what a command prints is the file, byte for byte, for root alone and shown nowhere', () => {
    const value = 'a b\\n$(x)\n\nlast';
    const { code, log, text, file, left } = get(shell, command('/usr/bin/printf', '%s', value), 'token');
    // Without a place for it, the name comes last.
    expect([code, log, text, left]).toEqual([0, '', `${value}token`, ['token']]);
    expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  here('the name stands wherever it is asked for, and all else is a word as it was written', () => {
    const words = ['%s|', 'it\'s $HOME `x` "y"', 'a/{name}', '', '{name}:{name}', '*'];
    const { text } = get(shell, command('/usr/bin/printf', ...words), 'ca/server-ca.crt');
    const name = 'ca/server-ca.crt';
    expect(text).toBe(`${['it\'s $HOME `x` "y"', `a/${name}`, '', `${name}:${name}`, '*'].join('|')}|`);
  });

  here('a command knows which machine asks', () => {
    const { text } = get(shell, command('/bin/sh', '-c', 'echo "$EDGECDK_NODE"'), 'token', {
      EDGECDK_NODE: 'store-1-a',
    });
    expect(text).toBe('store-1-a\n');
  });

  here.each([
    ['fails', 'echo value-1; echo value-2 >&2; exit 3', 'code 3'],
    ['prints nothing', 'echo value-2 >&2', 'code 0'],
    ['does not end', 'echo value-1; trap "" TERM; sleep 20', 'code 137'],
  ])('a command that %s leaves nothing, and what it said is not repeated', (_, script, says) => {
    const { code, log, left } = get(shell, command('/bin/sh', '-c', script), 'token');
    expect([code, left]).toEqual([75, []]);
    expect(log).toMatch(new RegExp(`^edgecdk: the secret token does not come \\(${says}\\)\n$`));
  });

  here('a credential of systemd becomes the file; one of a folder has dots in its name', () => {
    const source = { kind: 'systemd-credentials' } as const;
    const credentials = join(folder, 'credentials');
    put(join(credentials, 'edgecdk.token'), 'value\n');
    put(join(credentials, 'edgecdk.ca.etcd.peer-ca.crt'), 'peer\n');
    const env = { CREDENTIALS_DIRECTORY: credentials };
    expect(get(shell, source, 'token', env)).toMatchObject({ code: 0, log: '', text: 'value\n' });
    expect(get(shell, source, 'ca/etcd/peer-ca.crt', env)).toMatchObject({ code: 0, text: 'peer\n' });
    expect(get(shell, source, 'other', env)).toMatchObject({ code: 75, left: [] });
    expect(get(shell, source, 'token')).toMatchObject({
      code: 75,
      log: expect.stringContaining('systemctl start edgecdk-apply'),
    });
  });
});
