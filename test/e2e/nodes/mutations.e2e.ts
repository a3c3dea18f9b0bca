import { join } from 'node:path';
import { k3sIdentity } from '../../../lib/distributions/k3s/node/identity';
import { metaData } from '../../../lib/render/node/seed/meta-data';
import { networkConfig } from '../../../lib/render/node/seed/network-config';
import { userData } from '../../../lib/render/node/seed/user-data';
import { cloudInitSchema, type Debian, type SchemaType } from '../tools/debian';
import { onEachDebian } from '../tools/setup';
import { complaints } from './complaints';
import { layOut, type Machine, mutated, scratch } from './machine';
import { type Case, cases, machineOf } from './node-table';
import { boot, bringUp } from './seed';

// Each reader must notice a file that is not as it wants it: else its silence about ours proves nothing.

function caseOf(name: string): Case {
  const found = cases().find((one) => one.name === name);
  if (found === undefined) throw new Error(`the table has no ${name}`);
  return found;
}

const ubuntu = caseOf('ubuntu-24.04, sqlite, preloaded, with everything, server');
const suse = caseOf('sle-micro-6, etcd, mirror, with everything, server');
const pi = caseOf('raspios-bookworm, sqlite, mirror, with everything, agent');

const SCRIPTS = '/etc/edgecdk/scripts';
const UNITS = '/etc/systemd/system';

type Mutation = readonly [what: string, of: Case, path: string, change: (text: string) => string, said: RegExp];

const swap = (from: string, to: string) => (text: string) => text.replace(from, to);
const add = (line: string) => (text: string) => `${text}${line}\n`;

const MUTATIONS: readonly Mutation[] = [
  ['an unquoted variable', ubuntu, `${SCRIPTS}/before-k3s.sh`, add('rm -rf $root/x'), /SC2086/],
  ['a word that only bash has', ubuntu, '/var/lib/edgecdk/apply.sh', add('[[ -n "$root" ]]'), /SC3010/],
  [
    'a script that was cut short',
    ubuntu,
    `${SCRIPTS}/boot.sh`,
    (text) => text.slice(0, text.length / 2),
    /yntax error|SC1/,
  ],
  ['another shell', ubuntu, `${SCRIPTS}/backup.sh`, swap('#!/bin/sh', '#!/bin/bash'), /begins with "#!\/bin\/bash"/],
  ['an unknown setting', ubuntu, `${UNITS}/k3s.service`, swap('KillMode=', 'KilMode='), /Unknown key.*KilMode/],
  ['a value that is none', ubuntu, `${UNITS}/k3s.service`, swap('Restart=always', 'Restart=allways'), /allways/],
  [
    'a program that is not there',
    ubuntu,
    `${UNITS}/edgecdk-backup.service`,
    swap('/bin/sh', '/bin/zsh'),
    /zsh.*not executable/,
  ],
  [
    'an unknown section in a drop-in',
    ubuntu,
    `${UNITS}/k3s.service.d/50-edgecdk.conf`,
    swap('[Service]', '[Servise]'),
    /Servise/,
  ],
  [
    'hours that are none',
    ubuntu,
    `${UNITS}/edgecdk-backup.timer.d/50-site.conf`,
    (text) => text.replace(/\d\d:\d\d:00/, '25:30:00'),
    /calendar/,
  ],
  [
    'a place without time',
    ubuntu,
    `${UNITS}/edgecdk-backup.timer.d/50-site.conf`,
    (text) => text.replace(/[\w/]+\n$/, 'Europe/Nowhere\n'),
    /calendar/,
  ],
  [
    'a timer that starts nothing',
    ubuntu,
    `${UNITS}/edgecdk-backup.timer`,
    swap('[Timer]', '[Timer]\nUnit=edgecdk-new.service'),
    /nobody has the unit edgecdk-new\.service/,
  ],
  [
    'a unit that nobody has',
    ubuntu,
    `${UNITS}/k3s.service.d/50-edgecdk.conf`,
    swap('time-sync.target', 'time-synch.target'),
    /nobody has the unit time-synch\.target/,
  ],
  [
    'an order in a circle',
    ubuntu,
    `${UNITS}/k3s.service`,
    swap('[Unit]', '[Unit]\nBefore=network-online.target'),
    /cycle/,
  ],
  [
    'an unknown setting of journald',
    pi,
    '/etc/systemd/journald.conf.d/50-edgecdk.conf',
    swap('SystemMaxUse', 'SystemMaximum'),
    /Journal\.SystemMaximum/,
  ],
  ['a time that is none', pi, '/etc/systemd/journald.conf.d/50-edgecdk.conf', swap('15min', '15mins.'), /15mins/],
  [
    'an unknown setting of the kernel',
    suse,
    '/etc/sysctl.d/90-kubelet.conf',
    swap('kernel.panic=', 'kernel.pannic='),
    /pannic/,
  ],
  [
    'ports that ufw cannot read',
    ubuntu,
    '/etc/ufw/applications.d/edgecdk-k3s',
    swap('6443/tcp', '6443/tpc'),
    /finds no ports|6443\/tpc/,
  ],
  ['a profile without a title', ubuntu, '/etc/ufw/applications.d/edgecdk-k3s', swap('title=K3s\n', ''), /title/],
  ['an unknown element', suse, '/etc/firewalld/services/edgecdk-k3s.xml', swap('<port ', '<prot '), /firewalld|prot/],
  [
    'a port that is none',
    suse,
    '/etc/firewalld/services/edgecdk-k3s.xml',
    swap('6443', '664430'),
    /664430|INVALID_PORT/,
  ],
  [
    'a directive that chrony has not',
    suse,
    '/etc/chrony.d/50-edgecdk.conf',
    add('servre ntp.example'),
    /Invalid directive/,
  ],
];

onEachDebian((debian) => {
  test.each(MUTATIONS)('%s is noticed', (_, of, path, change, said) => {
    const machine = machineOf(of);
    expect(complaints(debian, machine)).toEqual([]);
    expect(complaints(debian, mutated(machine, path, change)).join('\n')).toMatch(said);
  });

  test('a unit that a drop-in is for must be there', () => {
    const machine: Machine = machineOf(ubuntu);
    const files = { ...machine.files, [`${UNITS}/k3z.service.d/50-edgecdk.conf`]: '[Unit]\nAfter=time-sync.target\n' };
    expect(complaints(debian, { ...machine, files }).join('\n')).toMatch(/k3z\.service/);
  });

  const identity = k3sIdentity(ubuntu.node, ubuntu.servers, ubuntu.site, ubuntu.input);
  const text = userData({ node: ubuntu.node, identity, treeName: 'store.server.box', access: { sshKeys: [] } });

  test.each<[string, (text: string) => string, RegExp]>([
    ['a list that is none', (text) => text.replace(/runcmd:[\s\S]*$/, 'runcmd: "systemctl"\n'), /runcmd/],
    ['a file without a path', swap('path:', 'paths:'), /path/],
    ['a text in the place of yes or no', swap('ssh_pwauth: false', 'ssh_pwauth: [maybe]'), /ssh_pwauth/],
    ['YAML that is none', swap('write_files:', 'write_files: ['), /yaml|YAML|format|parsing/],
    ['no first line', swap('#cloud-config\n', ''), /#cloud-config|header|user-data/i],
  ])('user-data with %s is noticed', (_, change, said) => {
    expect(change(text)).not.toBe(text);
    expect(judge(debian, change(text), 'cloud-config')).toMatch(said);
  });

  const own = networkConfig([ubuntu.node]) ?? '';
  const configs: ReadonlyArray<[string, (text: string) => string]> = [
    ['an address that is none', swap('10.0.0.10', '10.0.0.1000')],
    ['an unknown setting', swap('addresses:', 'adresses:')],
  ];
  test.each(configs)('network-config with %s is noticed by netplan', (_, change) => {
    const place = networkConfig([{ ...ubuntu.node, address: STATIC, nic: 'eth0', mac: undefined }]) ?? own;
    expect(change(place)).not.toBe(place);
    expect(bringUp(debian, 'ubuntu', [change(place)], 'networkd')[0]?.complaints).not.toBe('');
  });

  test('a seed without an instance-id is none', () => {
    const meta = metaData(ubuntu.node).replace('instance-id', 'instance');
    const found = boot(debian, [{ 'user-data': text, 'meta-data': meta }]);
    expect(found[0]?.instanceId).not.toContain('store-0412');
  });
});

const STATIC = { kind: 'static', ip: '10.0.0.10', prefix: 24, gateway: '10.0.0.1', dns: [] } as const;

function judge(debian: Debian, text: string, type: SchemaType): string {
  const root = layOut(scratch(), { file: text });
  return cloudInitSchema(debian, [join(root, 'file')], type)[0] ?? '';
}
