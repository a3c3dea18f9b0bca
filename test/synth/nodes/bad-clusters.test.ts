import { Install, K3sBackup, K3sDatastore, RegistrationAddress } from 'edgecdk';
import { type NodeFleet, SHOPS, shop, VERSION } from '../../support/node-fleet';
import { refused } from '../../support/refused-fleet';

const token = 'K10a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d0::server:hunter2hunter2';

describe('a cluster', () => {
  test.each<[string, NodeFleet['cluster'], RegExp]>([
    [
      'with a token where the name of its secret belongs',
      { tokens: { server: token } },
      /^\[shops\/shop\] cannot set up its machines: the secret for the token of servers looks like a token itself.*give the name of a file in \/etc\/edgecdk\/secrets$/m,
    ],
    [
      'with one token for servers and agents',
      { tokens: { server: 'join', agent: 'join' } },
      /^\[shops\/shop\] cannot set up its machines: servers and agents must not share a token/m,
    ],
    [
      'with credentials in the URL of a mirror',
      { registries: { 'docker.io': { endpoints: ['https://joe:hunter2@mirror.example'] } } },
      /^\[shops\/shop\] cannot set up its machines: a mirror of docker\.io has credentials in its URL; name a secret instead$/m,
    ],
    [
      'with credentials in the URL that K3s comes from',
      { install: Install.mirror('https://joe:hunter2@mirror.example/k3s') },
      /^\[shops\/shop\] cannot set up its machines: the address that K3s is installed from has credentials/m,
    ],
    [
      'with a site value in what is equal everywhere',
      ({ site }) => ({ network: { clusterDomain: `${site.name}.local` } }),
      /^\[shops\/shop\] has a site value in \S*clusterDomain of its cluster; that must be equal at all sites$/m,
    ],
    [
      'that shares images with a release in which that is an experiment',
      { version: 'v1.31.3+k3s1', embeddedRegistry: true },
      /^\[shops\/shop\] has embeddedRegistry with K3s v1\.31\.3\+k3s1, in which that is missing or an experiment; take/m,
    ],
    [
      'with mirrors without an address',
      { registries: { 'docker.io': { endpoints: [] } } },
      /^\[shops\/shop\] cannot set up its machines: mirrors of docker\.io have no address \(endpoints\)/m,
    ],
    [
      'that copies SQLite to S3',
      { backup: K3sBackup.toS3({ endpoint: 's3.example', bucket: 'b', region: 'r', secret: 's' }) },
      /^\[shops\/shop\] cannot set up its machines: only etcd is copied to S3/m,
    ],
    [
      'with a password as the secret of its database',
      { datastore: K3sDatastore.external({ secret: 'postgres://joe:hunter2@db' }) },
      /^\[shops\/shop\] cannot set up its machines: the secret for the external datastore must be the name of a file/m,
    ],
    [
      'with a quiet hour that is none',
      { quietHour: '2:30' },
      /^\[shops\/shop\] has a quietHour that is not a time such as 04:30 \(shop-1: "2:30", shop-2: "2:30"\)$/m,
    ],
    [
      'with a quiet hour of sites that is none',
      ({ site }) => ({ quietHour: site.values.net }),
      /^\[shops\/shop\] has a quietHour that is not a time .*\(shop-1: "10\.1\.1", shop-2: "10\.1\.2"\)$/m,
    ],
    [
      'with a time server that is none',
      ({ site }) => ({ ntpServers: [`${site.values.net}.1`, 'a b'] }),
      /^\[shops\/shop\] has one of ntpServers that is not a DNS name or an IP address \(shop-1: "a b", shop-2: "a b"\)$/m,
    ],
    [
      'with a registration address that is none',
      { registrationAddress: RegistrationAddress.host('https://k3s.example') },
      /^\[shops\/shop\] has a registrationAddress that is not a DNS name .*"https:\/\/k3s\.example"/m,
    ],
    [
      'with a name in its certificates that is none',
      { tlsSans: ['k3s_.example'] },
      /^\[shops\/shop\] has one of tlsSans that is not .*"k3s_\.example"/m,
    ],
    [
      'with a virtual IP that is a name',
      { registrationAddress: RegistrationAddress.virtualIp('k3s.example') },
      /^\[shops\/shop\] has a registrationAddress that is not an address of the site's network.*"k3s\.example"/m,
    ],
    [
      'that skips a minor',
      { version: { from: VERSION, to: 'v1.35.1+k3s1' } },
      /^\[shops\/shop\] moves 2 minors at once, to K3s v1\.35\.1\+k3s1; .*move to 1\.34 first$/m,
    ],
    [
      'that goes back',
      { version: { from: VERSION, to: 'v1.33.4+k3s1' } },
      /^\[shops\/shop\] moves to K3s v1\.33\.4\+k3s1, which is not later than what it has$/m,
    ],
    [
      'that moves to what it has',
      { version: { from: VERSION, to: VERSION } },
      /^\[shops\/shop\] moves to K3s v1\.33\.5\+k3s1, which is not later/m,
    ],
    [
      'that moves to what nobody knows',
      { version: { from: VERSION, to: 'v1.99.1+k3s1' } },
      /^\[shops\/shop\] moves to K3s v1\.99\.1\+k3s1, which this EdgeCDK does not know/m,
    ],
    [
      'that moves to no release',
      { version: { from: VERSION, to: 'latest' as never } },
      /^\[shops\/shop\] moves to "latest", which is no release of K3s; write its full name$/m,
    ],
  ])('%s', (_what, cluster, message) => {
    const told = refused({ cluster });
    expect(told).toMatch(message);
    expect(told).not.toContain('hunter2');
  });

  test('with two faults tells both', () => {
    const told = refused({
      cluster: { quietHour: 'noon', tokens: { server: token } },
      sites: [...SHOPS, shop(3, { name: 'Shop 3' })],
    });
    expect(told).toMatch(/quietHour that is not a time.*"noon"/);
    expect(told).toMatch(/looks like a token/);
    expect(told).toMatch(/rows\[2\]\.name/);
  });
});
