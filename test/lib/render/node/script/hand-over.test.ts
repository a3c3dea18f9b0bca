import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { CHANGED_SERVER } from './sample-payloads';
import { read, run } from './scratch-node';
import { SHELLS, workshop } from './workshop';

const { running, copyOf, payload, stubs } = workshop('hand-over');

test('the unit that systemd makes has a name that no unit of a tree has, for it would refuse that', async () => {
  const node = copyOf(running);
  expect((await run(node, payload(CHANGED_SERVER), { args: ['--detached'] })).code).toBe(EXIT_CODES.done);
  expect(read(node, 'sim/ran')).toMatch(/ --unit=edgecdk-run /);
});

test.each(SHELLS)('a run goes on where nobody listens any more (%s)', (shell) => {
  const node = copyOf(running);
  const script = payload(CHANGED_SERVER);
  // systemd lets its services ignore the signal that comes of a broken pipe, and a write fails.
  const alone = `trap '' PIPE; { /bin/sleep 0.3; ${shell} '${script}'; echo $? > "$EDGECDK_ROOT/code"; } 2>&1 | /bin/true`;
  const env = { PATH: `${stubs}:/usr/bin:/bin`, EDGECDK_ROOT: node.root, SHARED: node.shared, SELINUX: 'Permissive' };
  spawnSync('sh', ['-c', alone], { env: { ...env, HOME: join(node.root, 'root') } });
  expect(read(node, 'code')).toBe(`${EXIT_CODES.done}\n`);
  expect(read(node, 'etc/rancher/k3s/registries.yaml')).toContain('new.example');
});
