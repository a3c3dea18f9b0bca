import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kubeEdgeIdentity } from '../../../../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import { present, put, read, run, scriptMachines } from '../../../render/node/script-machine';
import { certificate, privateKey } from './certificate';
import { FULL_VAN, NODE, SITE, VAN } from './sample-input';

const { machine } = scriptMachines();
const GOOD = certificate(NODE.name, '20260101', '20270101');
const TOKEN = `${'0123456789abcdef'.repeat(4)}.eyJh.eyJi.c-_d`;
const SECRETS = 'etc/edgecdk/secrets/kubeedge-certificate';
const CERTS = 'etc/kubeedge/certs';

const STUBS = {
  date: 'echo 20261124\n',
  modprobe: 'exit 0\n',
  timeout: 'shift 3; exec "$@"\n',
};

function vanMachine(
  input: KubeEdgeNodeInput,
  files: Readonly<Record<string, string>>,
  stubs: Readonly<Record<string, string>> = {},
  node = NODE,
): string {
  const tree = kubeEdgeTree(input).files;
  const own = kubeEdgeIdentity(node, SITE, input).files;
  const text = Object.fromEntries(
    [...tree, ...own].filter(({ path }) => !path.endsWith('/')).map(({ path, text }) => [path.slice(1), text]),
  );
  const root = machine(
    { ...text, 'run/containerd/containerd.sock': '', 'var/lib/containerd/.edgecdk-data-disk': '', ...files },
    { ...STUBS, ...stubs },
  );
  put(join(root, 'usr/local/bin/edgecore'), '#!/bin/sh\necho "KubeEdge v1.23.4"\n', 0o755);
  return root;
}

const OVER = certificate(NODE.name, '20250101', '20261101');
const ENDED = 'var/lib/edgecdk/kubeedge-ended';
const ASK = 'echo asked >> "$EDGECDK_ROOT/asked"\n';

const withSecret = {
  [`${SECRETS}/ca.crt`]: 'ca\n',
  [`${SECRETS}/node.crt`]: GOOD,
  [`${SECRETS}/node.key`]: privateKey(),
};
const inPlace = (text: string, key = privateKey()): Record<string, string> => ({
  'etc/kubeedge/ca/rootCA.crt': 'ca\n',
  [`${CERTS}/server.crt`]: text,
  [`${CERTS}/server.key`]: key,
});
/** Where edgecore has run. */
const hasRun = { 'var/lib/kubeedge/edgecore.db': 'database\n' };
const pairOf = (root: string): string[] => ['server.crt', 'server.key'].map((name) => read(root, `${CERTS}/${name}`));

function script(input: KubeEdgeNodeInput): string {
  const file = kubeEdgeTree(input).files.find(({ path }) => path.endsWith('/before-edgecore.sh'));
  if (file === undefined) throw new Error('no before-edgecore.sh');
  // An argument that is an absolute path stands in the machine's folder in tests.
  return file.text.replaceAll("'/usr/local/bin/edge-token'", '"$root/bin/edge-token"');
}

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const [command = ''] = shell.split(' ');
  const here = present(command) ? test : test.skip;

  here('the holes of the configuration are filled with what the node is', () => {
    const root = vanMachine(VAN, withSecret);
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
    const config = parse(read(root, 'etc/kubeedge/config/edgecore.yaml'));
    expect(config.edgecoreVersion).toBe('v1.23.4');
    expect(config.modules.edged).toMatchObject({
      hostnameOverride: 'van-001-gateway-1',
      nodeLabels: { 'edgecdk.dev/site': 'van-001', 'edgecdk.dev/site-group': 'vans' },
    });
    expect('nodeIP' in config.modules.edged).toBe(false);
    expect(read(root, 'etc/kubeedge/config/edgecore.yaml')).not.toContain('@');
    expect(statSync(join(root, 'etc/kubeedge/config/edgecore.yaml')).mode & 0o777).toBe(0o600);
  });

  here('a node with an address says it', () => {
    const root = vanMachine(VAN, withSecret, {}, { ...NODE, address: { kind: 'reserved', ip: '10.1.2.3' } });
    expect(run(root, script(VAN), shell).code).toBe(0);
    expect(parse(read(root, 'etc/kubeedge/config/edgecore.yaml')).modules.edged.nodeIP).toBe('10.1.2.3');
  });

  here('what a job changed stays until the tree changes', () => {
    const root = vanMachine(VAN, withSecret);
    run(root, script(VAN), shell);
    put(join(root, 'etc/kubeedge/config/edgecore.yaml'), 'changed: by a job\n');
    run(root, script(VAN), shell);
    expect(read(root, 'etc/kubeedge/config/edgecore.yaml')).toBe('changed: by a job\n');
    put(join(root, 'etc/edgecdk/kubeedge/edgecore.yaml'), 'name: "@NODE_NAME@"\n');
    run(root, script(VAN), shell);
    expect(read(root, 'etc/kubeedge/config/edgecore.yaml')).toBe('name: "van-001-gateway-1"\n');
  });

  here('a preissued certificate is placed once, and one that edgecore renewed stays', () => {
    const root = vanMachine(VAN, withSecret);
    run(root, script(VAN), shell);
    expect(read(root, `${CERTS}/server.crt`)).toBe(GOOD);
    expect(read(root, 'etc/kubeedge/ca/rootCA.crt')).toBe('ca\n');
    expect(statSync(join(root, `${CERTS}/server.key`)).mode & 0o777).toBe(0o600);
    const renewed = certificate(NODE.name, '20261001', '20271001');
    put(join(root, `${CERTS}/server.crt`), renewed);
    run(root, script(VAN), shell);
    expect(read(root, `${CERTS}/server.crt`)).toBe(renewed);
  });

  here('a new certificate takes the place of one that is over', () => {
    const root = vanMachine(VAN, withSecret, { date: 'echo 20270601\n' });
    for (const [path, text] of Object.entries(inPlace(GOOD))) put(join(root, path), text);
    const first = run(root, script(VAN), shell);
    expect([first.code, first.log]).toEqual([1, expect.stringContaining('ended on 20270101')]);
    put(join(root, `${SECRETS}/node.crt`), certificate(NODE.name, '20270501', '20280501'));
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
  });

  here.each([
    ['is over, and which never ran', OVER, 'ended on 20261101'],
    [
      'is of another node',
      certificate('van-001-gateway-11', '20260101', '20270101'),
      'is not for system:node:van-001-gateway-1',
    ],
    [
      'is of a node whose name is the begin of it',
      certificate('van-001-gateway', '20260101', '20270101'),
      'is not for',
    ],
    ['is none', 'not a certificate\n', 'is not for'],
    ['goes with another key', certificate(NODE.name, '20260101', '20270101', 2), 'does not go with its key'],
    ['is cut off', GOOD.slice(0, -40), 'does not go with its key'],
  ])('edgecore does not start where the certificate %s', (_, text, message) => {
    const root = vanMachine(VAN, { ...withSecret, [`${SECRETS}/node.crt`]: text });
    const { code, log } = run(root, script(VAN), shell);
    expect([code, log]).toEqual([1, expect.stringContaining(message)]);
    expect(existsSync(join(root, `${CERTS}/server.crt`))).toBe(false);
  });

  here('a certificate that ends after 2050 is read, too', () => {
    const root = vanMachine(VAN, {
      ...withSecret,
      [`${SECRETS}/node.crt`]: certificate(NODE.name, '20260101', '20560101'),
    });
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
  });

  here('a token is asked for, checked, and kept in memory alone', () => {
    const asked = 'echo "$EDGECDK_NODE $*" >> "$EDGECDK_ROOT/asked"\n';
    const root = vanMachine(FULL_VAN, {}, { 'edge-token': `${asked}echo '${TOKEN}'\n` });
    const { code, log } = run(root, script(FULL_VAN), shell);
    expect([code, log]).toEqual([0, expect.stringContaining('asking for a token')]);
    expect(log).not.toContain(TOKEN);
    expect(read(root, 'asked')).toBe("van-001-gateway-1 --cluster va'ns\n");
    expect(lstatSync(join(root, 'etc/kubeedge/bootstrap-edgecore.conf')).isSymbolicLink()).toBe(true);
    expect(read(root, 'run/edgecdk/kubeedge-token')).toBe(`${TOKEN}\n`);
    for (const [path, text] of Object.entries(inPlace(GOOD))) put(join(root, path), text);
    expect(run(root, script(FULL_VAN), shell)).toEqual({ code: 0, log: '' });
    expect(existsSync(join(root, 'etc/kubeedge/bootstrap-edgecore.conf'))).toBe(false);
    expect(existsSync(join(root, 'run/edgecdk/kubeedge-token'))).toBe(false);
  });

  here('what is over is taken away once there is a token, so that edgecore asks for another', () => {
    const root = vanMachine(FULL_VAN, { ...hasRun, ...inPlace(OVER) }, { 'edge-token': `${ASK}echo '${TOKEN}'\n` });
    expect(run(root, script(FULL_VAN), shell).code).toBe(0);
    expect(existsSync(join(root, `${CERTS}/server.crt`))).toBe(false);
    expect(existsSync(join(root, `${CERTS}/server.key`))).toBe(false);
    // The cloud gave none, and edgecore ended: it starts with what it had, and asks again next time.
    const second = run(root, script(FULL_VAN), shell);
    expect([second.code, second.log]).toEqual([0, expect.stringContaining('WARNING')]);
    expect(pairOf(root)).toEqual([OVER, privateKey()]);
    expect(existsSync(join(root, 'run/edgecdk/kubeedge-token'))).toBe(false);
    expect(run(root, script(FULL_VAN), shell).code).toBe(0);
    expect(read(root, 'asked')).toBe('asked\nasked\n');
  });

  here('without a token, a node that ran starts with a certificate that is over, and one that did not does not', () => {
    const root = vanMachine(FULL_VAN, inPlace(OVER), { 'edge-token': 'exit 7\n' });
    const { code, log } = run(root, script(FULL_VAN), shell);
    expect([code, log]).toEqual([1, expect.stringContaining('gave none (code 7)')]);
    for (const [path, text] of Object.entries(hasRun)) put(join(root, path), text);
    expect(run(root, script(FULL_VAN), shell).code).toBe(0);
    expect(pairOf(root)).toEqual([OVER, privateKey()]);
    expect(read(root, ENDED)).toContain('ended on 20261101');
  });

  here('a certificate that somebody took away is asked for anew', () => {
    const root = vanMachine(FULL_VAN, { ...hasRun, ...inPlace(GOOD) }, { 'edge-token': `${ASK}echo '${TOKEN}'\n` });
    run(root, script(FULL_VAN), shell);
    rmSync(join(root, CERTS), { recursive: true });
    expect(run(root, script(FULL_VAN), shell).log).toContain('asking for a token');
    expect(read(root, 'asked')).toBe('asked\n');
  });

  here('a node that ran starts with a certificate that is over, and says so until it has another', () => {
    const root = vanMachine(VAN, { ...withSecret, ...hasRun });
    run(root, script(VAN), shell);
    put(join(root, 'bin/date'), '#!/bin/sh\necho 20281124\n', 0o755);
    const { code, log } = run(root, script(VAN), shell);
    expect([code, log]).toEqual([
      0,
      expect.stringContaining('WARNING: the certificate of this node ended on 20270101'),
    ]);
    expect(read(root, ENDED)).toContain('put a new one into');
    expect(existsSync(join(root, 'etc/kubeedge/config/edgecore.yaml'))).toBe(true);
    put(join(root, 'bin/date'), '#!/bin/sh\necho 20261124\n', 0o755);
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
    expect(existsSync(join(root, ENDED))).toBe(false);
  });

  here('the last day of a certificate is one of its days', () => {
    const text = certificate(NODE.name, '20250101', '20261124');
    const root = vanMachine(VAN, { ...withSecret, [`${SECRETS}/node.crt`]: text });
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
  });

  const renewed = certificate(NODE.name, '20261001', '20271001', 2);

  here.each([
    ['a new certificate with the old key', `${CERTS}/server.crt`, certificate(NODE.name, '20261101', '20271101', 3)],
    ['an empty certificate', `${CERTS}/server.crt`, ''],
    ['an empty key', `${CERTS}/server.key`, ''],
    ['half a key', `${CERTS}/server.key`, privateKey(2).slice(0, 80)],
    ['no authority', 'etc/kubeedge/ca/rootCA.crt', ''],
  ])('a power cut that leaves %s gives the pair before it back', (_, path, text) => {
    const root = vanMachine(VAN, withSecret);
    run(root, script(VAN), shell);
    for (const [at, own] of Object.entries(inPlace(renewed, privateKey(2)))) put(join(root, at), own);
    run(root, script(VAN), shell);
    put(join(root, path), text);
    const { code, log } = run(root, script(VAN), shell);
    expect([code, log]).toEqual([0, expect.stringContaining('going back to the one before')]);
    expect(pairOf(root)).toEqual([renewed, privateKey(2)]);
    expect(read(root, 'etc/kubeedge/ca/rootCA.crt')).toBe('ca\n');
    expect(statSync(join(root, 'etc/kubeedge/kept-by-edgecdk.tar')).mode & 0o777).toBe(0o600);
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
  });

  here('half a pair without a copy gives way to the one that was brought', () => {
    const root = vanMachine(VAN, withSecret);
    run(root, script(VAN), shell);
    rmSync(join(root, 'etc/kubeedge/kept-by-edgecdk.tar'));
    put(join(root, `${CERTS}/server.key`), '');
    expect(run(root, script(VAN), shell).code).toBe(0);
    expect(pairOf(root)).toEqual([GOOD, privateKey()]);
  });

  here('a pair of another kind is told by openssl, and believed where there is none', () => {
    if (!present('openssl')) return;
    const root = vanMachine(VAN, withSecret);
    const subject = ['-subj', `/O=system:nodes/CN=system:node:${NODE.name}`, '-days', '900', '-nodes'];
    const files = ['-keyout', join(root, SECRETS, 'node.key'), '-out', join(root, SECRETS, 'node.crt')];
    spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files]);
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
    const other = spawnSync('openssl', ['genrsa', '2048'], { encoding: 'utf8' }).stdout;
    put(join(root, `${CERTS}/server.key`), other);
    expect(run(root, script(VAN), shell).log).toContain('does not go with its key');
    put(join(root, `${CERTS}/server.key`), other);
    const without = script(VAN).replace('has openssl', 'has no-openssl');
    expect(run(root, without, shell)).toEqual({ code: 0, log: '' });
  });

  here('a pair that openssl made as the runbook has it is one without openssl, too', () => {
    if (!present('openssl')) return;
    const root = vanMachine(VAN, withSecret);
    const [key, text] = [join(root, SECRETS, 'node.key'), join(root, SECRETS, 'node.crt')];
    spawnSync('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key]);
    const subject = `/O=system:nodes/CN=system:node:${NODE.name}`;
    spawnSync('openssl', ['req', '-x509', '-new', '-key', key, '-subj', subject, '-days', '900', '-out', text]);
    const without = script(VAN).replace('has openssl', 'has no-openssl');
    expect(run(root, without, shell)).toEqual({ code: 0, log: '' });
    put(join(root, `${CERTS}/server.key`), privateKey());
    expect(run(root, without, shell).log).toContain('does not go with its key');
  });

  here('a disk without room for a copy keeps no node from its start', () => {
    const root = vanMachine(VAN, withSecret);
    // Busybox has its own tar within itself.
    const full = script(VAN).replace('if tar -cf', 'if false');
    const { code, log } = run(root, full, shell);
    expect([code, log]).toEqual([0, expect.stringContaining('no room for a copy')]);
  });

  here.each([
    ['that is still base64', Buffer.from(TOKEN).toString('base64'), 0],
    ['of nothing', '', 0],
    ['of a command that failed', TOKEN, 1],
  ])('a token %s is refused, and not shown', (_, token, code) => {
    const root = vanMachine(FULL_VAN, {}, { 'edge-token': `echo '${token}'\nexit ${code}\n` });
    const result = run(root, script(FULL_VAN), shell);
    expect([result.code, result.log]).toEqual([1, expect.stringContaining('gave none')]);
    if (token !== '') expect(result.log).not.toContain(token);
    expect(existsSync(join(root, 'run/edgecdk/kubeedge-token'))).toBe(false);
  });

  here.each([
    ['a plausible clock', VAN, { date: 'echo 19700101\n' }, 'the clock says 19700101'],
    ['a clock that is not decades ahead', VAN, { date: 'echo 20991231\n' }, 'the clock says 20991231'],
  ])('edgecore does not start without %s', (_, input, stubs, message) => {
    const { code, log } = run(vanMachine(input, withSecret, stubs), script(input), shell);
    expect([code, log]).toEqual([1, expect.stringContaining(message)]);
  });

  here('edgecore does not start without a container runtime', () => {
    const input: KubeEdgeNodeInput = { ...VAN, runtime: 'cri-o' };
    const { code, log } = run(vanMachine(input, withSecret), script(input), shell);
    expect([code, log]).toEqual([1, expect.stringContaining('/var/run/crio/crio.sock')]);
  });
});

// Busybox is not tried: it has these commands within itself.
test.each(['cp', 'mv', 'tar', 'sync'])(
  'a start that is killed at any %s leaves what the next one makes good',
  (command) => {
    if (!present('dash')) return;
    const renewed = certificate(NODE.name, '20261001', '20271001', 2);
    for (let at = 1, calls = at; calls >= at; at += 1) {
      expect(at).toBeLessThan(12);
      const root = vanMachine(VAN, { ...withSecret, ...hasRun, ...inPlace(renewed, privateKey(2)) });
      const own = read(root, 'bin/sync');
      const kill = `echo x >> "$EDGECDK_ROOT/calls"
if [ "$(wc -l < "$EDGECDK_ROOT/calls")" = ${at} ]; then kill -9 "$PPID"; exit 1; fi
exec /usr/bin/${command} "$@"`;
      put(join(root, 'bin', command), `#!/bin/sh\n${kill}\n`, 0o755);
      run(root, script(VAN), 'dash');
      calls = read(root, 'calls').trim().split('\n').length;
      if (command === 'sync') put(join(root, 'bin/sync'), own, 0o755);
      else rmSync(join(root, 'bin', command));
      expect(run(root, script(VAN), 'dash').code).toBe(0);
      expect(pairOf(root)).toEqual([GOOD, privateKey()]);
    }
  },
);
