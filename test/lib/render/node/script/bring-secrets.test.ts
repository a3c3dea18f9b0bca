import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeSecretSource } from '../../../../../lib/model/node-input';
import { secretSourceFiles } from '../../../../../lib/render/node/secret-source';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { SINGLE } from '../sample-input';
import { SINGLE_SERVER } from './sample-payloads';
import { converge, has, lastingState, type Payload, put, read, run } from './scratch-node';
import { SHELLS, withSettings, workshop } from './workshop';

const { fresh, running, copyOf, payload } = workshop('bring-secrets');

/** A tree that says how its secrets come, and needs some. */
function from(source: NodeSecretSource, secrets: readonly string[] = ['token']): Payload {
  const [file] = secretSourceFiles({ ...SINGLE, secretsFrom: source });
  const files = { ...SINGLE_SERVER.files, [file?.path ?? '']: [file?.text ?? '', 'live', '0755'] as const };
  return { ...withSettings({ secrets }), files };
}

const byScript = (script: string): NodeSecretSource => ({
  kind: 'command',
  argv: ['/bin/sh', '-c', script, '{name}'],
  seconds: 5,
});

describe.each(SHELLS)('in %s', (shell) => {
  test('a machine gets what nobody brought, before it is changed, and is then as any other', async () => {
    const node = copyOf(fresh);
    rmSync(join(node.root, 'etc/edgecdk/secrets'), { recursive: true });
    // A credential on the image, and a server that is not there yet.
    const script = payload(
      from(byScript(`cat "$EDGECDK_ROOT/server/$EDGECDK_NODE/$0"`), ['token', 'ca/etcd/peer.crt']),
    );
    const early = await run(node, script, { shell });
    expect([early.code, early.log]).toEqual([
      EXIT_CODES.later,
      expect.stringContaining('the secret /etc/edgecdk/secrets/token is not there yet'),
    ]);
    expect(has(node, 'var/lib/edgecdk/current')).toBe(false);
    put(join(node.root, 'server/store-0412-a/token'), 'canary\n');
    put(join(node.root, 'server/store-0412-a/ca/etcd/peer.crt'), 'peer\n');
    const { codes, log } = await converge(node, script, { shell });
    expect(codes.at(-1)).toBe(EXIT_CODES.done);
    expect(log).not.toContain('canary');
    expect(read(node, 'etc/edgecdk/secrets/token')).toBe('canary\n');
    expect(readdirSync(join(node.root, 'etc/edgecdk/secrets/ca/etcd'))).toEqual(['peer.crt']);
    for (const path of ['token', 'ca/etcd/peer.crt'])
      expect(statSync(join(node.root, 'etc/edgecdk/secrets', path)).mode & 0o777).toBe(0o600);
    expect(statSync(join(node.root, 'etc/edgecdk/secrets')).mode & 0o777).toBe(0o700);
    // Its own copy goes on, where the place that secrets came from is gone.
    rmSync(join(node.root, 'server'), { recursive: true });
    expect((await run(node, join(node.root, 'var/lib/edgecdk/apply.sh'), { shell })).code).toBe(EXIT_CODES.done);
  });
});

test('what the machine has is not asked for', async () => {
  const node = copyOf(running);
  const { code } = await run(node, payload(from(byScript('echo called >> "$EDGECDK_ROOT/called"; echo other'))));
  expect([code, has(node, 'called')]).toEqual([EXIT_CODES.done, false]);
  expect(read(node, 'etc/edgecdk/secrets/token')).toBe(read(running, 'etc/edgecdk/secrets/token'));
});

test('without secrets to be had, the machine that runs stays as it is', async () => {
  const node = copyOf(running);
  const before = lastingState(node);
  const { code } = await run(node, payload(from(byScript('exit 1'), ['token', 'new'])));
  expect(code).toBe(EXIT_CODES.later);
  expect(lastingState(node)).toEqual(before);
});
