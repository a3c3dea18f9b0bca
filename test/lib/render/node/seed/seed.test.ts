import { parse } from 'yaml';
import { openPorts } from '../../../../../lib/distributions/k3s/node/firewall';
import { k3sIdentity } from '../../../../../lib/distributions/k3s/node/identity';
import { k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import type { SeedInput } from '../../../../../lib/model/seed-input';
import { matchTable } from '../../../../../lib/render/node/seed/match-table';
import { metaData, siteMetaData } from '../../../../../lib/render/node/seed/meta-data';
import { networkConfig, shareNetworkConfig, withoutCard } from '../../../../../lib/render/node/seed/network-config';
import { technicianReadme } from '../../../../../lib/render/node/seed/readme';
import { siteUserData, userData, userDataWarning } from '../../../../../lib/render/node/seed/user-data';
import { FULL, node, SERVERS, SITE } from '../sample-input';

const KEY = 'ssh-ed25519 AAAAC3 somebody@grocer.example';
const disk = node(0, { disk: '/dev/nvme0n1', serial: '1000', mac: 'dc:a6:32:00:00:01' });
const input: SeedInput = {
  node: disk,
  identity: k3sIdentity(disk, SERVERS, SITE, FULL),
  treeName: 'n100-server',
  access: { sshKeys: [KEY], breakGlass: { name: 'safe', sshKeys: [KEY] } },
  dataMount: '/var/lib/rancher',
};
const yaml = (text: string | undefined) => parse(text ?? '', { version: '1.1' });

interface UserData {
  readonly write_files: ReadonlyArray<{ path: string; permissions: string; owner: string; content: string }>;
  readonly runcmd: readonly unknown[];
}

test('user-data only carries, and starts one unit', () => {
  const text = userData(input);
  expect(text.split('\n')[0]).toBe('#cloud-config');
  const config: UserData = yaml(text);
  expect(config.write_files.map(({ path }) => path)).toEqual([
    '/etc/systemd/system/edgecdk-apply.service',
    '/etc/systemd/system/multi-user.target.d/50-edgecdk.conf',
    '/etc/edgecdk/scripts/boot.sh',
    '/var/lib/edgecdk/payload/identity/files/etc/chrony.d/50-edgecdk.conf',
    '/var/lib/edgecdk/payload/identity/files/etc/chrony/conf.d/50-edgecdk.conf',
    '/var/lib/edgecdk/payload/identity/files/etc/edgecdk/identity.env',
    '/var/lib/edgecdk/payload/identity/files/etc/hostname',
    '/var/lib/edgecdk/payload/identity/files/etc/rancher/k3s/config.yaml.d/50-node.yaml',
    '/var/lib/edgecdk/payload/identity/files/etc/systemd/system/edgecdk-quiet-hour.timer.d/50-site.conf',
    '/var/lib/edgecdk/payload/identity/manifest',
  ]);
  expect(config.runcmd).toEqual([
    ...config.runcmd.slice(0, 3),
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'start', '--no-block', 'edgecdk-apply.service'],
  ]);
  expect(userDataWarning(disk.name, text)).toBeUndefined();
});

test('contents come through as they are, modes as text', () => {
  const { write_files: files }: UserData = yaml(userData(input));
  const tree = k3sServerTree(FULL);
  for (const { path, text, mode } of tree.files) {
    const carried = files.find((file) => file.path === path);
    if (carried) expect([carried.content, carried.permissions]).toEqual([text, mode]);
  }
  expect(files.find(({ path }) => path.endsWith('/identity.env'))?.content).toContain('NODE_NAME=store-0412-box-1\n');
});

test('nobody has a password', () => {
  expect(yaml(userData(input))).toMatchObject({
    ssh_pwauth: false,
    ssh_authorized_keys: [KEY],
    users: ['default', { name: 'safe', lock_passwd: true, ssh_authorized_keys: [KEY] }],
  });
});

test('a data disk with a file system keeps it, and is found by its label before the unit starts', () => {
  const config = yaml(userData(input));
  // What cloud-init calls `none` is formatted at each first start, also that of a replacement.
  expect(config.fs_setup).toEqual([
    { device: '/dev/nvme0n1', partition: 'any', filesystem: 'ext4', label: 'edgecdk-data', overwrite: false },
  ]);
  expect(config.mounts).toBeUndefined();
  expect(config.runcmd[0][2]).toContain(
    "'LABEL=edgecdk-data /var/lib/rancher ext4 defaults,nofail,x-systemd.device-timeout=30 0 2' >> /etc/fstab",
  );
  expect(config.runcmd.slice(1, 3)).toEqual([
    ['mkdir', '-p', '/var/lib/rancher'],
    ['mount', '/var/lib/rancher'],
  ]);
  expect(config.runcmd.at(-1)).toEqual(['systemctl', 'start', '--no-block', 'edgecdk-apply.service']);
  expect(yaml(userData({ ...input, dataMount: undefined })).fs_setup).toBeUndefined();
});

test('a tree in user-data is whole, and warned of', () => {
  const text = userData({ ...input, inlineTree: k3sServerTree(FULL) });
  const { write_files: files }: UserData = yaml(text);
  expect(files.filter(({ path }) => path.startsWith('/var/lib/edgecdk/payload/tree/')).length).toBeGreaterThan(20);
  expect(files.every(({ path }) => /^\/(etc|var\/lib\/edgecdk\/payload)\//.test(path))).toBe(true);
  expect(userDataWarning(disk.name, text)).toMatch(
    /^user-data of store-0412-box-1 is larger than .* \(\d+\.\d KiB, 16 KiB\)/,
  );
});

test('user-data for all machines of a site says nothing of any of them', () => {
  expect(siteUserData(input.access)).not.toContain('store-0412');
});

test.each([
  [node(0), 'store-0412-box-1-0', 'store-0412-box-1'],
  [node(0, { generation: 2, name: 'store-0412-box-1-g2' }), 'store-0412-box-1-2', 'store-0412-box-1-g2'],
])('the instance-id comes from slot and generation', (one, id, name) => {
  expect(yaml(metaData(one))).toEqual({ 'instance-id': id, 'local-hostname': name });
});

test('the instance-id of a site changes when a machine is replaced', () => {
  expect(yaml(siteMetaData('store-0412', SERVERS))).toEqual({ 'instance-id': 'store-0412-site-0' });
  expect(siteMetaData('store-0412', [node(0, { generation: 1 }), node(1)])).not.toBe(
    siteMetaData('store-0412', SERVERS),
  );
});

const STATIC = { kind: 'static', ip: '10.0.0.10', prefix: 24, gateway: '10.0.0.1', dns: ['10.0.0.1'] } as const;
const MAC = 'dc:a6:32:00:00:01';

test.each<[string, NodeRecord[], unknown]>([
  [
    'by MAC address',
    [node(0, { address: STATIC, mac: MAC })],
    {
      'edgecdk-box-1': {
        match: { macaddress: MAC },
        dhcp4: false,
        dhcp6: false,
        addresses: ['10.0.0.10/24'],
        routes: [{ to: '0.0.0.0/0', via: '10.0.0.1' }],
        nameservers: { addresses: ['10.0.0.1'] },
      },
    },
  ],
  [
    'by card, without a way out',
    [node(0, { address: { kind: 'static', ip: 'fd00::10', prefix: 64, dns: [] }, nic: 'eth0' })],
    { eth0: { dhcp4: false, dhcp6: false, addresses: ['fd00::10/64'] } },
  ],
  [
    'beside one that DHCP gives its address',
    [node(0, { address: STATIC, mac: MAC }), node(1, { mac: 'dc:a6:32:00:00:02' })],
    {
      'edgecdk-box-1': expect.objectContaining({ addresses: ['10.0.0.10/24'] }),
      'edgecdk-box-2': { match: { macaddress: 'dc:a6:32:00:00:02' }, dhcp4: true },
    },
  ],
])('a static address is configured %s', (_, nodes, ethernets) => {
  expect(yaml(networkConfig(nodes))).toEqual({ version: 2, ethernets });
});

test('there is no network configuration where DHCP does all', () => {
  expect(networkConfig([node(0, { mac: MAC }), node(1)])).toBeUndefined();
});

test('a static address without a card to put it on is found', () => {
  const bare = node(0, { address: STATIC });
  const byName = node(1, { address: STATIC, nic: 'eth0' });
  expect(withoutCard([bare])).toEqual([bare]);
  expect(withoutCard([byName])).toEqual([]);
  expect(withoutCard([byName, node(2)])).toEqual([]);
});

test.each<[string, NodeRecord[], boolean]>([
  ['where DHCP does all', [node(0), node(1)], true],
  ['where all are told by MAC', [node(0, { address: STATIC, mac: MAC }), node(1, { mac: 'dc:a6:32:00:00:02' })], true],
  ['of which DHCP would be asked by none', [node(0, { address: STATIC, mac: MAC }), node(1)], false],
  ['whose cards have names', [node(0, { address: STATIC, nic: 'eth0' }), node(1, { nic: 'eth0' })], false],
])('one network configuration is for machines %s: %#', (_what, nodes, shared) => {
  expect(shareNetworkConfig(nodes)).toBe(shared);
});

test('match.tsv has a line for each thing that tells a machine', () => {
  const nodes = [
    { node: disk, treeName: 'n100-server' },
    { node: node(undefined), treeName: 'rpi-agent' },
  ];
  expect(matchTable(nodes)).toBe(
    [
      'name\tstore-0412-box-1\tstore-0412-box-1\tn100-server',
      'serial\t1000\tstore-0412-box-1\tn100-server',
      `mac\t${MAC}\tstore-0412-box-1\tn100-server`,
      'name\tstore-0412-till-1\tstore-0412-till-1\trpi-agent',
      '',
    ].join('\n'),
  );
});

const sheetInput = {
  site: 'store-0412',
  nodes: [disk, node(undefined, { address: STATIC })],
  operatingSystem: FULL.operatingSystem,
  secrets: k3sServerTree(FULL).secrets,
  ports: openPorts(FULL.cluster, 'server'),
  dataMount: '/var/lib/rancher',
  backupFolder: '/mnt/backup',
  registrationHost: '10.0.0.9',
};

test.each([
  [
    'cidata' as const,
    ['its label is CIDATA', 'Put the medium in before the machine is switched on', 'begin.sh MACHINE'],
  ],
  [
    'boot-partition' as const,
    ['Copy all of this folder onto its first partition', 'without any settings of Raspberry Pi'],
  ],
  [
    'none' as const,
    ['sudo sh edgecdk/begin.sh MACHINE', '   store-0412-till-1: 10.0.0.10/24, router 10.0.0.1, name servers'],
  ],
])('the technician’s sheet for an image that looks for its seed at %s says what to do', (seedMedium, texts) => {
  const sheet = technicianReadme({ ...sheetInput, operatingSystem: { ...FULL.operatingSystem, seedMedium } });
  for (const text of texts) expect(sheet).toContain(text);
  expect(sheet.includes('CIDATA')).toBe(seedMedium === 'cidata');
  expect(sheet).toMatch(/store-0412-box-1 +server +1000 +dc:a6:32:00:00:01 +10\.0\.0\.10\n/);
  expect(sheet.split('\n').filter((line) => line.length > 120)).toEqual([]);
});

test('the sheet names disks, addresses and secrets that must be there', () => {
  const sheet = technicianReadme(sheetInput);
  expect(sheet).toContain('agent-token, mirror-login, s3-login, token');
  expect(sheet).toContain('edgecdk/nodes/MACHINE/secrets');
  expect(sheet).toMatch(/DHCP must always give these machines the address above:\n {3}store-0412-box-1\n/);
  expect(sheet).toContain('no machine and no range of DHCP may have 10.0.0.9');
  expect(sheet).toMatch(/Disk for copies: it is mounted at \/mnt\/backup [\s\S]*For store-0412-box-1\n/);
  expect(sheet).toMatch(/An empty one is formatted; [\s\S]* edgecdk-data\. For store-0412-box-1\n/);
  expect(sheet).toMatch(/make an ext4 file system on it with the label edgecdk-data[\s\S]*For store-0412-till-1\n/);
  expect(technicianReadme({ ...sheetInput, registrationHost: 'k3s.store.example' })).toContain(
    'the name k3s.store.example must lead to the servers',
  );
  const bare = {
    ...sheetInput,
    backupFolder: undefined,
    dataMount: undefined,
    registrationHost: undefined,
    secrets: [],
  };
  expect(technicianReadme({ ...bare, nodes: [node(undefined, { address: { kind: 'dynamic' } })] })).not.toMatch(
    /Network|[Dd]isk for|Secrets/,
  );
});

test('the sheet begins with what the image must have', () => {
  const onImage = 'containerd 1.6 or later, with runc';
  expect(technicianReadme({ ...sheetInput, onImage })).toMatch(
    /Image: this must be on it, [^\n]*:\n {3}containerd 1\.6/,
  );
  expect(technicianReadme(sheetInput)).not.toContain('Image: this');
});

test('the sheet says what machines dial where they are never dialled, and of which secrets each has its own', () => {
  const sheet = technicianReadme({
    ...sheetInput,
    ports: [],
    dials: [{ address: '203.0.113.10:10000/tcp', purpose: 'the cloud' }],
    secrets: [{ name: 'own', form: 'folder', keys: ['node.crt'], perNode: true, purpose: '' }],
  });
  expect(sheet).toContain('must reach:\nADDRESS                 FOR\n203.0.113.10:10000/tcp  the cloud\n');
  expect(sheet).toContain(': own/ (each machine its own).\n');
  expect(sheet).not.toContain('PORT');
  expect(technicianReadme(sheetInput)).not.toContain('ADDRESS  ');
});
