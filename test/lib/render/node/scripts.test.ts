import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { k3sAgentTree, k3sServerTree } from '../../../../lib/distributions/k3s/node/tree';
import type { K3sNodeInput } from '../../../../lib/model/k3s-node-input';
import { FULL, SINGLE } from './sample-input';
import { present, put, read, run, scriptMachines } from './script-machine';

const { machine } = scriptMachines();

const onDisk: K3sNodeInput = {
  ...SINGLE,
  cluster: { ...SINGLE.cluster, backup: { kind: 'disk', path: '/mnt/copies', keep: 2 } },
};
const offline: K3sNodeInput = { ...FULL, link: { kind: 'offline' }, install: { mode: 'preloaded' } };
const etcdOnDisk: K3sNodeInput = { ...onDisk, cluster: { ...onDisk.cluster, datastore: 'etcd' } };
const trees = [
  k3sServerTree(onDisk),
  k3sServerTree(etcdOnDisk),
  k3sServerTree(FULL),
  k3sServerTree(offline),
  k3sAgentTree(FULL),
];
const scripts = new Map(
  trees.flatMap(({ files }) => files.filter(({ path }) => path.endsWith('.sh'))).map(({ path, text }) => [text, path]),
);

const SERVER = 'var/lib/rancher/k3s/server';
const DROP_INS = 'etc/rancher/k3s/config.yaml.d';

function scriptOf(tree: (typeof trees)[number], name: string): string {
  const file = tree.files.find(({ path }) => path === `/etc/edgecdk/scripts/${name}`);
  if (file === undefined) throw new Error(`no ${name}`);
  return file.text;
}

test('shellcheck has nothing to say about any script', () => {
  if (!present('shellcheck')) return;
  for (const text of scripts.keys()) {
    const { stdout } = spawnSync('shellcheck', ['--shell=sh', '-'], { input: text, encoding: 'utf8' });
    expect(stdout).toBe('');
  }
});

test('systemd knows every line of every unit', () => {
  if (!present('systemd-analyze')) return;
  for (const tree of trees) {
    const units = tree.files.filter(({ path }) => path.startsWith('/etc/systemd/system/'));
    const root = machine(Object.fromEntries(units.map(({ path, text }) => [path, text])));
    // It looks for what is to be run, and for units that every machine has.
    for (const path of ['usr/local/bin/k3s', 'bin/sh', 'sbin/modprobe']) put(join(root, path), '', 0o755);
    const names = ['sysinit.target', 'network-online.target', 'time-sync.target', 'multi-user.target', 'basic.target'];
    for (const name of [...names, 'shutdown.target', 'timers.target', 'sockets.target'])
      put(join(root, 'usr/lib/systemd/system', name), '[Unit]\nDescription=x\n');
    const own = units
      .filter(({ path }) => /\.(service|timer)$/.test(path))
      .map(({ path }) => path.split('/').pop() ?? '');
    const { stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', `--root=${root}`, '--man=no', '--recursive-errors=no', ...own],
      {
        encoding: 'utf8',
      },
    );
    // Known from 254 on; older ones pass over them.
    const lines = `${stdout}${stderr}`
      .split('\n')
      .filter((line) => !/Restart(Steps|MaxDelaySec)|ImportCredential/.test(line));
    expect(lines.filter((line) => line !== '')).toEqual([]);
  }
});

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const [command = ''] = shell.split(' ');
  const available = present(command);
  const here = available ? test : test.skip;

  here('credentials end in the composed file alone, whatever is in them', () => {
    const value = 'user:pa"ss\\ \'$(reboot) @edgecdk-credentials@x';
    const registries = trees[2]?.files.find(({ path }) => path.endsWith('/registries.yaml'));
    const root = machine({
      'etc/rancher/k3s/registries.yaml': registries?.text ?? '',
      'etc/edgecdk/secrets/mirror-login': `${value}\n`,
      'var/lib/rancher/.edgecdk-data-disk': '',
    });
    expect(run(root, scriptOf(k3sServerTree(FULL), 'before-k3s.sh'), shell)).toEqual({ code: 0, log: '' });
    const composed = read(root, 'run/edgecdk/registries.yaml');
    expect(composed).toBe(
      registries?.text.replaceAll('@edgecdk-credentials@mirror-login', Buffer.from(value).toString('base64')),
    );
    expect(statSync(join(root, 'run/edgecdk/registries.yaml')).mode & 0o777).toBe(0o600);
  });

  here.each([
    ['its data disk', { 'etc/edgecdk/secrets/mirror-login': 'a:b\n' }, {}, 'is not the one with the data'],
    ['a credential', { 'var/lib/rancher/.edgecdk-data-disk': '' }, {}, 'mirror-login is not there'],
    [
      'a plausible clock',
      { 'var/lib/rancher/.edgecdk-data-disk': '' },
      { date: 'echo 19700101\n' },
      'the clock says 19700101, which cannot be',
    ],
    [
      'a clock that is not decades ahead',
      { 'var/lib/rancher/.edgecdk-data-disk': '' },
      { date: 'echo 20991231\n' },
      'the clock says 20991231, which cannot be',
    ],
  ])('K3s does not start without %s', (_, files, commands, message) => {
    const registries = trees[2]?.files.find(({ path }) => path.endsWith('/registries.yaml'));
    const root = machine({ ...files, 'etc/rancher/k3s/registries.yaml': registries?.text ?? '' }, commands);
    const { code, log } = run(root, scriptOf(k3sServerTree(FULL), 'before-k3s.sh'), shell);
    expect([code, log]).toEqual([1, expect.stringContaining(message)]);
  });

  here.each<[string, number, Record<string, string>]>([
    ['does not start where its database is gone', 1, { 'var/lib/edgecdk/applied': 'digest\n' }],
    ['starts where it has SQLite', 0, { 'var/lib/edgecdk/applied': 'digest\n', [`${SERVER}/db/state.db`]: '' }],
    ['starts where it has etcd', 0, { 'var/lib/edgecdk/applied': 'digest\n', [`${SERVER}/db/etcd/member/wal/0`]: '' }],
    [
      'starts where it joins',
      0,
      { 'var/lib/edgecdk/applied': 'digest\n', [`${DROP_INS}/60-join.yaml`]: 'server: x\n' },
    ],
    ['starts for a restore', 0, { 'var/lib/edgecdk/applied': 'digest\n', 'var/lib/edgecdk/restore': 'x\n' }],
    ['starts for the first time', 0, {}],
  ])('a server %s', (_, code, files) => {
    expect(run(machine(files), scriptOf(k3sServerTree(SINGLE), 'before-k3s.sh'), shell).code).toBe(code);
  });

  here('an offline machine gets a way out that leads nowhere', () => {
    const root = machine({
      'var/lib/rancher/.edgecdk-data-disk': '',
      'etc/edgecdk/secrets/mirror-login': 'a:b\n',
      'etc/rancher/k3s/registries.yaml': '',
    });
    expect(run(root, scriptOf(k3sServerTree(offline), 'before-k3s.sh'), shell).code).toBe(0);
    expect(read(root, 'log')).toContain('ip route add default via 203.0.113.255 dev dummy0 metric 1000');
  });

  const ROUTES = `case $1 in
  -4) echo '198.51.100.0/24 dev eth0 proto kernel scope link src 198.51.100.7' ;;
  -6) printf '%s\\n' '2001:db8:1::/64 dev eth0 proto kernel metric 256' 'fe80::/64 dev eth0 proto kernel metric 256' ;;
esac
`;
  const ufw = 'case $1 in status) echo "Status: active" ;; *) echo "ufw $*" >> "$EDGECDK_ROOT/log" ;; esac\n';
  const opens = (root: string, command: string): string[] =>
    read(root, 'log')
      .split('\n')
      .filter((line) => line.startsWith(command));

  here(
    'ufw opens what is between nodes for private networks, for the machine’s own and for pods, and for nobody else',
    () => {
      const root = machine({}, { ip: ROUTES, ufw });
      const tree = k3sServerTree(SINGLE);
      expect(run(root, scriptOf(tree, 'before-k3s.sh'), shell)).toEqual({ code: 0, log: '' });
      const networks = [
        '10.0.0.0/8',
        '172.16.0.0/12',
        '192.168.0.0/16',
        'fc00::/7',
        '198.51.100.0/24',
        '2001:db8:1::/64',
      ];
      expect(opens(root, 'ufw allow')).toEqual([
        'ufw allow edgecdk-k3s',
        ...networks.map((network) => `ufw allow from ${network} to any app edgecdk-k3s-nodes`),
        'ufw allow from 10.42.0.0/16',
        'ufw allow from 10.43.0.0/16',
      ]);
      const profiles = tree.files.find(({ path }) => path === '/etc/ufw/applications.d/edgecdk-k3s')?.text ?? '';
      expect(profiles.match(/^(\[.*|ports=.*)$/gm)).toEqual([
        '[edgecdk-k3s]',
        'ports=6443/tcp',
        '[edgecdk-k3s-nodes]',
        'ports=10250/tcp|8472/udp',
      ]);
    },
  );

  here('ufw on an agent without ingress has nothing to open for everybody', () => {
    const root = machine({}, { ip: ROUTES, ufw });
    expect(run(root, scriptOf(k3sAgentTree(SINGLE), 'before-k3s.sh'), shell)).toEqual({ code: 0, log: '' });
    expect(opens(root, 'ufw').filter((line) => line.endsWith('edgecdk-k3s'))).toEqual([]);
  });

  here('firewalld, too', () => {
    const root = machine(
      {
        'var/lib/rancher/.edgecdk-data-disk': '',
        'etc/rancher/k3s/registries.yaml': '',
        'etc/edgecdk/secrets/mirror-login': 'a:b\n',
      },
      { ip: ROUTES, 'firewall-cmd': 'echo "firewall-cmd $*" >> "$EDGECDK_ROOT/log"\n' },
    );
    const tree = k3sServerTree(FULL);
    expect(run(root, scriptOf(tree, 'before-k3s.sh'), shell)).toEqual({ code: 0, log: '' });
    const rules = opens(root, 'firewall-cmd').filter((line) => line.includes('edgecdk-k3s-nodes'));
    expect(rules).toHaveLength(6);
    for (const rule of rules) expect(rule).toMatch(/rule family="ipv[46]" source address="[0-9a-f:./]+" service name=/);
    expect(rules.filter((rule) => rule.includes('ipv6'))).toHaveLength(2);
    const everybody = tree.files.find(({ path }) => path.endsWith('/edgecdk-k3s.xml'))?.text ?? '';
    expect(everybody).not.toMatch(/2379|10250|8472/);
  });

  const data = {
    [`${SERVER}/db/state.db`]: 'data',
    [`${SERVER}/token`]: 'K10',
    'etc/rancher/node/password': 'password',
  };
  const otherDisk = { stat: 'case $3 in */copies) echo 2 ;; *) echo 1 ;; esac\n' };

  here('a copy is made while K3s stands still, and the oldest go', () => {
    const commands = { ...otherDisk, date: 'echo 20261124T013000Z\n' };
    const old = ['20261121T013000Z', '20261122T013000Z', '20261123T013000Z'];
    const root = machine(
      { ...data, ...Object.fromEntries(old.map((name) => [`mnt/copies/${name}/token`, ''])) },
      commands,
    );
    expect(run(root, scriptOf(k3sServerTree(onDisk), 'backup.sh'), shell)).toEqual({ code: 0, log: '' });
    expect(readdirSync(join(root, 'mnt/copies')).sort()).toEqual(['20261123T013000Z', '20261124T013000Z']);
    expect(read(root, 'mnt/copies/20261124T013000Z/db/state.db')).toBe('data');
    expect(read(root, 'mnt/copies/20261124T013000Z/token')).toBe('K10');
    expect(read(root, 'mnt/copies/20261124T013000Z/node-password')).toBe('password');
    expect(
      read(root, 'log')
        .split('\n')
        .filter((line) => line.startsWith('systemctl')),
    ).toEqual(['systemctl is-active --quiet k3s', 'systemctl stop k3s', 'systemctl start --no-block k3s']);
    expect(readdirSync(join(root, 'run'))).toEqual([]);
  });

  here('K3s starts again where the copy fails', () => {
    const root = machine(data, { ...otherDisk, cp: 'exit 1\n' });
    expect(run(root, scriptOf(k3sServerTree(onDisk), 'backup.sh'), shell).code).toBe(1);
    expect(read(root, 'log')).toContain('systemctl start --no-block k3s');
    expect(readdirSync(join(root, 'run'))).toEqual([]);
  });

  here('K3s starts again where the copy is killed, and not where somebody else stopped it', () => {
    const backup = scriptOf(k3sServerTree(onDisk), 'backup.sh');
    const root = machine(data, { ...otherDisk, cp: 'kill -9 $PPID\n' });
    run(root, backup, shell);
    expect(read(root, 'log')).not.toContain('start --no-block');
    const unit = k3sServerTree(onDisk).files.find(({ path }) => path.endsWith('/edgecdk-backup.service'));
    expect(unit?.text).toContain('ExecStopPost=/bin/sh /etc/edgecdk/scripts/backup.sh --start-k3s\n');
    for (const _ of [1, 2]) expect(run(root, backup, shell, ['--start-k3s'])).toEqual({ code: 0, log: '' });
    expect(read(root, 'log').match(/start --no-block k3s/g)).toHaveLength(1);
  });

  here('no copy is made on the disk that holds the data, nor while apply.sh is at work', () => {
    const same = machine(data);
    expect(run(same, scriptOf(k3sServerTree(onDisk), 'backup.sh'), shell).code).toBe(1);
    expect(existsSync(join(same, 'log'))).toBe(false);
    const busy = machine({ ...data, 'run/edgecdk.lock': `${process.pid} 1\n` }, otherDisk);
    expect(run(busy, scriptOf(k3sServerTree(onDisk), 'backup.sh'), shell).log).toContain('another run is at work');
    expect(existsSync(join(busy, 'log'))).toBe(false);
  });

  const snapshots = k3sServerTree(etcdOnDisk);

  here('etcd takes no snapshots while their disk is not there, and takes them again with it', () => {
    const off = `${DROP_INS}/90-no-snapshots.yaml`;
    const root = machine({ [`${SERVER}/token`]: 'K10' }, { sleep: 'echo sleep >> "$EDGECDK_ROOT/log"\n' });
    const without = run(root, scriptOf(snapshots, 'before-k3s.sh'), shell);
    expect(without).toEqual({ code: 0, log: expect.stringContaining('takes no snapshots until') });
    expect(read(root, off)).toBe('etcd-disable-snapshots: true\n');
    expect(read(root, 'log').match(/^sleep$/gm)).toHaveLength(12);
    put(join(root, 'bin/stat'), `#!/bin/sh\n${otherDisk.stat}`, 0o755);
    const late = run(root, scriptOf(snapshots, 'backup.sh'), shell);
    expect(late).toEqual({ code: 1, log: expect.stringContaining('systemctl restart k3s') });
    expect(run(root, scriptOf(snapshots, 'before-k3s.sh'), shell)).toEqual({ code: 0, log: '' });
    expect(existsSync(join(root, off))).toBe(false);
    expect(run(root, scriptOf(snapshots, 'backup.sh'), shell)).toEqual({ code: 0, log: '' });
    expect(read(root, 'mnt/copies/token')).toBe('K10');
  });

  here.each([
    ['281 days', true],
    ['279 days', false],
  ])('a certificate that is %s old: a restart is %s', (age, expected) => {
    const certificate = 'var/lib/rancher/k3s/server/tls/client-admin.crt';
    const root = machine({ [certificate]: '' });
    spawnSync('touch', ['-d', `-${age} -1 hour`, join(root, certificate)]);
    expect(run(root, scriptOf(k3sServerTree(SINGLE), 'quiet-hour.sh'), shell).code).toBe(0);
    expect(existsSync(join(root, 'log'))).toBe(expected);
  });

  here('a restart of the machine that is owed comes first, and apply.sh does it', () => {
    const files = {
      'var/lib/edgecdk/pending/reboot': 'boot\n',
      'var/lib/edgecdk/apply.sh': 'echo "apply $*" >> "$EDGECDK_ROOT/log"\n',
      [`${SERVER}/tls/client-admin.crt`]: '',
    };
    const root = machine(files);
    spawnSync('touch', ['-d', '-300 days', join(root, SERVER, 'tls/client-admin.crt')]);
    expect(run(root, scriptOf(k3sServerTree(SINGLE), 'quiet-hour.sh'), shell).code).toBe(0);
    expect(read(root, 'log')).toBe('apply --reboot\n');
  });
});
