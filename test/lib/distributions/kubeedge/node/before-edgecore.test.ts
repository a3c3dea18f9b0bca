import { existsSync, lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kubeEdgeIdentity } from '../../../../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import { present, put, read, run, scriptMachines } from '../../../render/node/script-machine';
import { certificate } from './certificate';
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

const withSecret = { [`${SECRETS}/ca.crt`]: 'ca\n', [`${SECRETS}/node.crt`]: GOOD, [`${SECRETS}/node.key`]: 'key\n' };

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
    put(join(root, `${CERTS}/server.crt`), GOOD);
    const first = run(root, script(VAN), shell);
    expect([first.code, first.log]).toEqual([1, expect.stringContaining('ended on 20270101')]);
    put(join(root, `${SECRETS}/node.crt`), certificate(NODE.name, '20270501', '20280501'));
    expect(run(root, script(VAN), shell)).toEqual({ code: 0, log: '' });
  });

  here.each([
    ['is over', certificate(NODE.name, '20250101', '20261101'), 'ended on 20261101'],
    ['ends today', certificate(NODE.name, '20250101', '20261124'), 'ended on 20261124'],
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
    put(join(root, `${CERTS}/server.crt`), GOOD);
    expect(run(root, script(FULL_VAN), shell)).toEqual({ code: 0, log: '' });
    expect(existsSync(join(root, 'etc/kubeedge/bootstrap-edgecore.conf'))).toBe(false);
    expect(existsSync(join(root, 'run/edgecdk/kubeedge-token'))).toBe(false);
  });

  here('what is over is taken away, so that edgecore asks for another', () => {
    const root = vanMachine(
      FULL_VAN,
      { [`${CERTS}/server.crt`]: certificate(NODE.name, '20240101', '20250101') },
      {
        'edge-token': `echo '${TOKEN}'\n`,
      },
    );
    expect(run(root, script(FULL_VAN), shell).code).toBe(0);
    expect(existsSync(join(root, `${CERTS}/server.crt`))).toBe(false);
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
