import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { k3sIdentity } from '../../../../lib/distributions/k3s/node/identity';
import { k3sAgentTree } from '../../../../lib/distributions/k3s/node/tree';
import { bootFiles } from '../../../../lib/render/node/boot';
import { below, identityFolder, treeFolder } from '../../../../lib/render/node/folder';
import { matchTable } from '../../../../lib/render/node/seed/match-table';
import { filesOf } from '../../../support/with-files';
import { FULL, node, SERVERS, SINGLE, SITE } from './sample-input';
import { present, read, run, scriptMachines } from './script-machine';

const { machine } = scriptMachines();

const secretsOf = (root: string) => filesOf(join(root, 'etc/edgecdk/secrets'));

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
    'edgecdk/secrets/._agent-token': 'of a system that leaves files',
    'edgecdk/secrets/own-ca/etcd/peer-ca.key': 'of all\n',
    [`edgecdk/nodes/${agent.name}/secrets/own-ca/etcd/peer-ca.key`]: 'own\n',
    [`edgecdk/nodes/${agent.name}/secrets/db/pass word`]: 'value\n',
    'edgecdk/nodes/another/secrets/token': 'of another\n',
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
    expect(secretsOf(root)).toEqual({
      'agent-token': 'value\n',
      'db/pass word': 'value\n',
      'own-ca/etcd/peer-ca.key': 'own\n',
    });
    for (const path of ['agent-token', 'own-ca/etcd/peer-ca.key'])
      expect(statSync(join(root, 'etc/edgecdk/secrets', path)).mode & 0o777).toBe(0o600);
    for (const path of ['.', 'own-ca', 'own-ca/etcd'])
      expect(statSync(join(root, 'etc/edgecdk/secrets', path)).mode & 0o777).toBe(0o700);
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

  here('secrets that the machine has stay, and one that cannot be copied hinders nothing', () => {
    const own = { 'etc/edgecdk/secrets/agent-token': 'newer\n', 'etc/edgecdk/secrets/db': 'no folder\n' };
    const root = machine({
      ...below('boot/firmware', medium),
      ...own,
      'proc/device-tree/serial-number': '1000',
      'var/lib/edgecdk/x': '',
    });
    const { code, log } = run(root, boot, shell);
    expect([code, log]).toEqual([
      0,
      expect.stringContaining('the secret db/pass word of the medium could not be copied'),
    ]);
    expect(read(root, 'etc/edgecdk/secrets/agent-token')).toBe('newer\n');
    expect(read(root, 'etc/edgecdk/secrets/own-ca/etcd/peer-ca.key')).toBe('own\n');
  });

  describe('from a medium that an image does not look for', () => {
    function begin(root: string, ...args: readonly string[]) {
      const [file = 'sh', ...before] = shell.split(' ');
      const script = join(root, 'media/usb/edgecdk/begin.sh');
      const { status, stderr } = spawnSync(file, [...before, script, ...args], {
        encoding: 'utf8',
        env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, EDGECDK_ROOT: root },
      });
      return { code: status, log: stderr };
    }
    const onMedium = below('media/usb', { ...medium, 'edgecdk/begin.sh': boot });

    here.each([
      ['that it is told', [agent.name], {}],
      ['of its serial number', [], { 'proc/device-tree/serial-number': '1000' }],
    ])('a machine becomes the one %s, with its secrets and the unit that does the rest', (_, args, more) => {
      const root = machine({ ...onMedium, ...more, 'var/lib/edgecdk/payload/tree/manifest': 'of another medium' });
      expect(begin(root, ...args)).toMatchObject({
        code: 0,
        log: expect.stringContaining(`is ${agent.name} from now on`),
      });
      expect(secretsOf(root)).toMatchObject({ 'own-ca/etcd/peer-ca.key': 'own\n', 'agent-token': 'value\n' });
      expect(read(root, 'etc/edgecdk/scripts/boot.sh')).toBe(boot);
      expect(read(root, 'etc/systemd/system/multi-user.target.d/50-edgecdk.conf')).toContain(
        'Wants=edgecdk-apply.service',
      );
      expect(read(root, 'log')).toContain(
        'systemctl daemon-reload\nsystemctl restart --no-block edgecdk-apply.service\n',
      );
      // What the unit runs.
      expect(run(root, read(root, 'etc/edgecdk/scripts/boot.sh'), shell).code).toBe(0);
      expect(read(root, 'log')).toContain(`apply --identity ${root}/var/lib/edgecdk/payload/identity`);
    });

    here.each([[['nobody']], [[]]])('a machine that is not on it is refused, and stays as it is (%j)', (args) => {
      const root = machine(onMedium);
      expect(begin(root, ...args)).toMatchObject({
        code: 65,
        log: expect.stringContaining('does not know this machine'),
      });
      expect(existsSync(join(root, 'etc'))).toBe(false);
    });
  });

  here.each([1, 65, 76])('a command that fails in the middle, with the code %i, means another try', (code) => {
    const root = machine(
      { ...below('boot/firmware', medium), 'proc/device-tree/serial-number': '1000', 'var/lib/edgecdk/x': '' },
      { cp: `exit ${code}\n` },
    );
    expect(run(root, boot, shell)).toEqual({ code: 75, log: expect.stringContaining('cut short') });
  });

  here('a payload that apply.sh has not taken stays, and its code is handed on', () => {
    const own = { ...below('tree', { manifest: '', 'apply.sh': 'exit 75\n' }), ...below('identity', identity) };
    const root = machine(below('var/lib/edgecdk/payload', own));
    expect(run(root, boot, shell).code).toBe(75);
    expect(existsSync(join(root, 'var/lib/edgecdk/payload/tree/apply.sh'))).toBe(true);
  });
});
