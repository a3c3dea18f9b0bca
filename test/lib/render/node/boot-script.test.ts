import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootFiles } from '../../../../lib/render/node/boot';
import { below, identityFolder, treeFolder } from '../../../../lib/render/node/folder';
import { k3sIdentity } from '../../../../lib/render/node/k3s/identity';
import { k3sAgentTree } from '../../../../lib/render/node/k3s/tree';
import { matchTable } from '../../../../lib/render/node/seed/match-table';
import { FULL, node, SERVERS, SINGLE, SITE } from './sample-input';
import { present, read, run, scriptMachines } from './script-machine';

const { machine } = scriptMachines();

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const [command = ''] = shell.split(' ');
  const here = present(command) ? test : test.skip;

  const boot = bootFiles().find(({ path }) => path.endsWith('boot.sh'))?.text ?? '';
  const agent = node(undefined, { serial: '1000', mac: 'dc:a6:32:00:00:09' });
  const identity = identityFolder(k3sIdentity(agent, SERVERS, SITE, SINGLE));
  const recorder = (name: string, code = 0) =>
    `echo "${name} $*" >> "$EDGECDK_ROOT/log"\necho digest > "$EDGECDK_ROOT/var/lib/edgecdk/current"\nexit ${code}\n`;
  const medium = {
    ...below('edgecdk/trees/rpi-agent', { ...treeFolder(k3sAgentTree(FULL)), 'apply.sh': recorder('apply') }),
    ...below(`edgecdk/nodes/${agent.name}/identity`, identity),
    'edgecdk/secrets/agent-token': 'value\n',
    'edgecdk/match.tsv': matchTable([{ node: agent, treeName: 'rpi-agent' }]),
    'artifacts/k3s-arm64': '',
  };

  here.each([
    ['its serial number', { 'proc/device-tree/serial-number': '1000\0' }],
    ['its MAC address', { 'sys/class/net/eth0/address': 'dc:a6:32:00:00:09\n', 'sys/class/net/lo/address': '00:00\n' }],
    ['its name', below('var/lib/edgecdk/payload/identity', identity)],
  ])('a machine is found on the boot partition by %s, and brought to its tree', (_, own) => {
    const root = machine({ ...own, ...below('boot/firmware', medium), 'var/lib/edgecdk/x': '' });
    expect(run(root, boot, shell)).toEqual({ code: 0, log: '' });
    const log = read(root, 'log')
      .split('\n')
      .filter((line) => line.startsWith('apply'));
    expect(log).toEqual([
      `apply --identity ${root}/var/lib/edgecdk/payload/identity --artifacts ${root}/boot/firmware/artifacts`,
    ]);
    expect(read(root, 'etc/edgecdk/secrets/agent-token')).toBe('value\n');
    expect(read(root, 'etc/systemd/timesyncd.conf.d/50-edgecdk.conf')).toContain('ntp1.example');
    expect(readdirSync(join(root, 'var/lib/edgecdk')).sort()).toEqual(['current', 'x']);
  });

  here('a labelled medium is mounted and read', () => {
    const root = machine(
      { 'dev/disk/by-label/CIDATA': '', 'proc/device-tree/serial-number': '1000', ...below('medium', medium) },
      { mount: 'cp -R "$EDGECDK_ROOT/medium/." "$4/"\n' },
    );
    expect(run(root, boot, shell)).toEqual({ code: 0, log: '' });
    expect(read(root, 'log')).toContain(`mount -o ro ${root}/dev/disk/by-label/CIDATA ${root}/run/edgecdk/medium`);
  });

  here('a machine that nobody knows waits, and says what it is', () => {
    const root = machine({ ...below('boot/firmware', medium), 'proc/device-tree/serial-number': '77' });
    const { code, log } = run(root, boot, shell);
    expect([code, log]).toEqual([75, expect.stringContaining("serial '77'")]);
  });

  here('a machine that has a tree goes on with it', () => {
    const root = machine({ 'var/lib/edgecdk/current': 'digest\n', 'var/lib/edgecdk/apply.sh': recorder('kept', 76) });
    expect(run(root, boot, shell).code).toBe(76);
    expect(read(root, 'log')).toBe('kept \n');
  });

  here('a payload that apply.sh has not taken stays, and its code is handed on', () => {
    const own = { ...below('tree', { manifest: '', 'apply.sh': 'exit 75\n' }), ...below('identity', identity) };
    const root = machine(below('var/lib/edgecdk/payload', own));
    expect(run(root, boot, shell).code).toBe(75);
    expect(existsSync(join(root, 'var/lib/edgecdk/payload/tree/apply.sh'))).toBe(true);
  });
});
