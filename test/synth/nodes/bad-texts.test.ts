import { K3sBackup } from 'edgecdk';
import { boxes, type NodeFleet, shop, VERSION } from '../../support/node-fleet';
import { refused } from '../../support/refused-fleet';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops';
const bucket = { bucket: 'b', region: 'r', secret: 's' };

describe('a cluster', () => {
  test.each<[string, NodeFleet['cluster'], RegExp]>([
    [
      'with a key that is none',
      { access: { sshKeys: [key, 'hunter2'] } },
      /has an entry in access\.sshKeys, number 2, that is no public key; write the one line of its \.pub file/,
    ],
    [
      'with a private key',
      { access: { sshKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2'] } },
      /has an entry in access\.sshKeys, number 1, that is a private key, and has no business in a program/,
    ],
    [
      'with a break-glass key that is none',
      { access: { breakGlass: { name: 'rescue', sshKeys: ['ssh-ed25519 AAAA hunter2'] } } },
      /has an entry in access\.breakGlass\.sshKeys, number 1, that is a public key that is cut off/,
    ],
    [
      'with a break-glass user without keys',
      { access: { breakGlass: { name: 'rescue', sshKeys: [] } } },
      /has an access\.breakGlass without keys, so that nobody could log in/,
    ],
    [
      'with a break-glass user whose name is none',
      { access: { breakGlass: { name: 'hunter2 !', sshKeys: [key] } } },
      /has an access\.breakGlass whose name is none of a user/,
    ],
    [
      'that copies to a folder of nowhere',
      { backup: K3sBackup.toDisk('mnt/backup') },
      /copies to "mnt\/backup"; write the absolute path of a folder, such as \/mnt\/backup$/m,
    ],
    [
      'that copies upwards',
      { backup: K3sBackup.toDisk('/mnt/../var') },
      /copies to "\/mnt\/\.\.\/var"; write the absolute/,
    ],
    ['that copies to the root', { backup: K3sBackup.toDisk('/') }, /copies to "\/"; write the absolute path/],
    ['that copies to two words', { backup: K3sBackup.toDisk('/mnt/back up') }, /copies to "\/mnt\/back up"; write/],
    [
      'that copies to where the data are',
      { backup: K3sBackup.toDisk('/var/lib/rancher/copies/') },
      /copies to \/var\/lib\/rancher\/copies, which is where the data are; take a folder of another disk/,
    ],
    [
      'that has a URL for a bucket',
      ({ box }) => ({ servers: box.count(3), backup: K3sBackup.toS3({ ...bucket, endpoint: 'https://s3.example' }) }),
      /has the endpoint "https:\/\/s3\.example" in its backup; write a host, such as s3\.example, without https:\/\/$/m,
    ],
    [
      'with a URL as the name of a registry',
      { registries: { 'https://docker.io': { endpoints: ['https://mirror.example'] } } },
      /has "https:\/\/docker\.io" in registries; write the registry as images name it, docker\.io or mirror\.example:5000, or \*$/m,
    ],
    [
      'with a path in the name of a registry',
      { registries: { 'docker.io/library': { endpoints: ['https://mirror.example'] } } },
      /has "docker\.io\/library" in registries; write/,
    ],
    [
      'with a password in the name of a registry',
      { registries: { 'joe:hunter2@docker.io': { endpoints: ['https://mirror.example'] } } },
      /has a name with @ in registries; write/,
    ],
    [
      'with a window past midnight',
      { upgradeWindow: { from: '23:00', to: '02:00' } },
      /has an upgradeWindow that ends at 02:00 and starts at 23:00: a window does not go past midnight/,
    ],
    [
      'with a window of no day',
      { upgradeWindow: { from: '01:00', to: '02:00', days: [] } },
      /has an upgradeWindow that names no day/,
    ],
    [
      'with a window of each site its own',
      ({ site }) => ({ upgradeWindow: { from: site.values.net, to: '06:00' } }),
      /has a site value in its upgradeWindow; that must be equal at all sites$/m,
    ],
  ])('%s', (_what, cluster, message) => {
    const described = { sites: [shop(1)], nodes: boxes(1, 3) };
    const told = refused({ ...described, cluster });
    expect(told).toMatch(message);
    expect(told).not.toContain('hunter2');
  });
});

test('credentials in the endpoint of a bucket are told once', () => {
  const endpoint = 'joe:hunter2@s3.example';
  const cluster: NodeFleet['cluster'] = ({ box }) => ({
    servers: box.count(3),
    backup: K3sBackup.toS3({ ...bucket, endpoint }),
  });
  expect(refused({ sites: [shop(1)], nodes: boxes(1, 3), cluster })).toMatch(
    /^1 problem\n\[shops\/shop\] cannot set up its machines: the endpoint of the bucket has credentials in it; [^\n]*$/,
  );
});

test('sites whose quiet hour is too late for the window of all say so while they move', () => {
  const sites = [shop(1, { net: '04:30' }), shop(2, { net: '05:30' }), shop(3, { net: '05:00' })];
  const described: NodeFleet = {
    sites,
    nodes: [1, 2, 3].flatMap((n) => boxes(n)),
    cluster: ({ site }) => ({ version: { from: VERSION, to: 'v1.34.3+k3s1' }, quietHour: site.values.net }),
  };
  expect(refused(described)).toBe(
    '1 problem\n[shops/shop] moves to another release, and where sites have quiet hours of their own it does so until 06:00: no hour is left from 05:30 on; say upgradeWindow (shop-2)',
  );
});
