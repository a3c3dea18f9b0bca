import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { k3sApplyScript } from '../../../../../lib/distributions/k3s/node/apply-script';
import { sha256 } from '../../../../../lib/model/digest';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { CHANGED_SERVER, PRELOADED_AGENT, SINGLE_SERVER } from './sample-payloads';
import { BINARY, converge, has, lastingState, put, read, run } from './scratch-node';
import { withSettings, workshop } from './workshop';

const { folder, stubs, fresh, running, copyOf, payload } = workshop('text');

describe('the text', () => {
  test('does nothing where it was cut short, wherever that is', () => {
    const text = k3sApplyScript();
    for (let part = 1; part < 8; part += 1) {
      const node = copyOf(fresh);
      const cut = join(folder, 'cut.sh');
      writeFileSync(cut, text.slice(0, (text.length * part) / 8));
      spawnSync('sh', [cut], { env: { PATH: process.env.PATH, EDGECDK_ROOT: node.root } });
      expect(lastingState(node)).toEqual(lastingState(fresh));
    }
  });
});

describe('values', () => {
  test('are read, and never executed', async () => {
    const node = copyOf(fresh);
    const hostile = `$(touch ${folder}/hostile) \`touch ${folder}/hostile\`; touch ${folder}/hostile "'`;
    const content = withSettings({ baseUrl: hostile, secrets: ['token'] });
    const script = payload({ ...content, identity: { nodeName: `n;touch ${folder}/hostile`, nodeIp: hostile } });
    const { codes, log } = await converge(node, script, { until: [0, EXIT_CODES.later] });
    expect(has({ ...node, root: folder }, 'hostile')).toBe(false);
    // The address is no address, and that is all that is wrong with it.
    expect({ codes, log }).toMatchObject({ codes: [EXIT_CODES.rebooting, EXIT_CODES.done] });
  });

  test('of names that the script does not know are left to other readers of the identity', async () => {
    const node = copyOf(running);
    expect((await run(node, payload({ ...SINGLE_SERVER, more: { CITY: 'Zürich; rm -rf' } }))).code).toBe(
      EXIT_CODES.done,
    );
    expect(read(node, 'etc/edgecdk/identity.env')).toContain('CITY=Zürich; rm -rf\n');
  });

  test.each(['SERVER=3', 'ROLE K3S_VERSION=agent', 'rm -rf /=x'])(
    'are refused in settings where they are unknown: %s',
    async (line) => {
      const script = payload(SINGLE_SERVER);
      const tree = join(script, '..');
      const before = readFileSync(join(tree, 'settings'), 'utf8');
      const after = `${before}${line}\n`;
      writeFileSync(join(tree, 'settings'), after);
      const manifest = readFileSync(join(tree, 'manifest'), 'utf8');
      writeFileSync(join(tree, 'manifest'), manifest.replace(sha256(before), sha256(after)));
      const result = await run(copyOf(running), script);
      expect(result.log).toContain('unknown settings');
      expect(result.code).toBe(EXIT_CODES.refused);
    },
  );

  test('of options are refused where they are unknown', async () => {
    const result = await run(copyOf(running), payload(SINGLE_SERVER), { args: ['--nonsense'] });
    expect(result.log).toContain('unknown option --nonsense');
    expect(result.code).toBe(EXIT_CODES.refused);
  });
});

const busybox = spawnSync('busybox', ['true']).status === 0;

// Where there is no busybox, these are shown as skipped.
(busybox ? describe : describe.skip)('busybox alone', () => {
  /** A folder with the commands of busybox and nothing else, but those that would end more than a test. */
  function busyboxTools(without: readonly string[] = []): string {
    const tools = mkdtempSync(join(folder, 'busybox-'));
    const path = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
    const left = ['reboot', 'halt', 'poweroff', 'init', ...without];
    for (const name of spawnSync('busybox', ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n')) {
      if (!left.includes(name)) symlinkSync(path, join(tools, name));
    }
    return tools;
  }

  test('is enough for shell and tools', async () => {
    const node = copyOf(fresh);
    const tools = busyboxTools();
    const options = { shell: `${tools}/sh`, env: { PATH: `${stubs}:${tools}` } };
    const { codes } = await converge(node, payload(SINGLE_SERVER), options);
    expect(codes).toEqual([EXIT_CODES.rebooting, EXIT_CODES.done]);
    expect(lastingState(node)).toEqual(lastingState(running));
    expect((await run(node, payload(CHANGED_SERVER), options)).code).toBe(EXIT_CODES.done);
  });

  test('does without curl: wget asks for servers, downloads, and looks after the health', async () => {
    const node = copyOf(fresh);
    const tools = busyboxTools(['wget']);
    const rest = mkdtempSync(join(folder, 'wget-'));
    for (const name of readdirSync(stubs)) if (name !== 'curl') symlinkSync(join(stubs, name), join(rest, name));
    // Only `-O file` and the address matter to the stub of curl, which does the work.
    const wget = `#!/bin/sh\nfor url; do :; done\nwhile [ "$1" != -O ]; do shift; done\nexec ${stubs}/curl -o "$2" "$url"\n`;
    writeFileSync(join(rest, 'wget'), wget, { mode: 0o755 });
    const options = { shell: `${tools}/sh`, env: { PATH: `${rest}:${tools}` } };
    put(join(node.root, 'sim/address'), '10.0.0.13\n');
    const script = payload(withSettings({ install: 'mirror', baseUrl: 'https://mirror.example/k3s' }, PRELOADED_AGENT));
    const without = await run(node, script, options);
    expect(without.code).toBe(EXIT_CODES.later);
    expect(without.log).toContain('no server answers');
    put(join(node.shared, 'up/10.0.0.10'), 'cluster\n');
    expect((await run(node, script, options)).code).toBe(EXIT_CODES.done);
    expect(read(node, 'usr/local/bin/k3s')).toBe(BINARY);
  });
});
