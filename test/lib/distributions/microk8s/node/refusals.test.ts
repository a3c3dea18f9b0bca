import type { MicroK8sAddonName } from '../../../../../lib/catalog/microk8s-addons';
import { microk8sNodeRefusals, microk8sNodeWarnings } from '../../../../../lib/distributions/microk8s/node/refusals';
import type { MicroK8sAddonInput, MicroK8sNodeInput } from '../../../../../lib/model/microk8s-node-input';
import { RASPIOS } from '../../../render/node/sample-input';
import { ALONE, DEPOT, OFFLINE, withClass, withCluster } from './sample-microk8s';

const withAddons = (names: readonly string[], from = ALONE): MicroK8sNodeInput =>
  withCluster(
    { addons: names.map((name): MicroK8sAddonInput => ({ name: name as MicroK8sAddonName, arguments: [] })) },
    from,
  );
const withLaunch = (launch: Readonly<Record<string, unknown>>): MicroK8sNodeInput =>
  withCluster({ launch: launch as MicroK8sNodeInput['cluster']['launch'] });
const arm64 = withClass({ platforms: ['linux/arm64'] });

const withMetalLb = (argument: string) => withCluster({ addons: [{ name: 'metallb', arguments: [argument] }] });

test.each([
  ['a node alone', ALONE],
  ['three servers with most that can be said', DEPOT],
  ['a site without a link', OFFLINE],
  ['the strict snap', withCluster({ channel: '1.33-strict/stable' })],
  ['nvidia on amd64', withAddons(['dns', 'nvidia'])],
])('%s is fine', (_, input) => {
  expect(microk8sNodeRefusals(input)).toEqual([]);
});

test.each<[string, MicroK8sNodeInput, string]>([
  ['a track that is not known', withCluster({ channel: '1.99/stable' }), "'1.99/stable' is no channel"],
  [
    'a channel that goes on by itself',
    withCluster({ channel: 'latest/stable' }),
    'goes on to the next minor by itself',
  ],
  ['a strict track that there is not', withCluster({ channel: '1.36-strict/stable' }), 'is no channel'],
  [
    'a machine with the low-memory guard',
    withClass({ memoryMiB: 512 }),
    '512 MiB or less MicroK8s installs and does not start',
  ],
  [
    'a machine of ARMv7',
    withClass({ platforms: ['linux/arm/v7'] }),
    'MicroK8s is released for linux/amd64 and linux/arm64 alone',
  ],
  ['an operating system without snapd', { ...ALONE, operatingSystem: RASPIOS }, 'raspios-bookworm has no snapd'],
  [
    'nvidia on arm64',
    withAddons(['dns', 'nvidia'], arm64),
    "nvidia is for amd64 alone, and device class 'box' has nodes of arm64",
  ],
  [
    'nvidia with the strict snap',
    withAddons(['dns', 'nvidia'], withCluster({ channel: '1.33-strict/stable' })),
    'needs the classic snap; take the channel 1.33/stable',
  ],
  [
    'an addon before its time',
    withAddons(['dns', 'nvidia'], withCluster({ channel: '1.28/stable' })),
    'has no addon nvidia; it is in 1.29 and later',
  ],
  [
    'an addon after its time',
    withAddons(['dashboard'], withCluster({ channel: '1.36/stable' })),
    'it is in 1.35 and earlier',
  ],
  [
    'a misspelt addon',
    withAddons(['traefic']),
    "there is no addon 'traefic', and MicroK8s would pass over it without an error; did you mean 'traefik'?",
  ],
  ['an addon that there is not', withAddons(['xyzzy']), 'without an error; take one of amd, argocd, cert-manager, '],
  [
    'no address for MetalLB',
    withMetalLb('10.40.1.10-10.40.1.30,abc'),
    "'abc' of the addon metallb is no range of addresses; write it as 192.168",
  ],
  ['an octet too large for MetalLB', withMetalLb('10.40.1.10-10.40.1.300'), 'is no range of addresses'],
  [
    'an address alone for MetalLB',
    withMetalLb('10.2.2.3'),
    "'10.2.2.3' of the addon metallb is a single address; write it as 10.2.2.3/32",
  ],
  ['a range from its end', withMetalLb('10.2.2.30-10.2.2.3'), 'ends before it begins; write it as 10.2.2.3-10.2.2.30'],
  [
    'addresses of pods',
    withMetalLb('10.1.2.20-10.1.2.30'),
    "are in 10.1.0.0/16, the network of the cluster's pods (network.clusterCidr); take",
  ],
  ['a network around that of pods', withMetalLb('10.0.0.0/8'), 'are in 10.1.0.0/16'],
  [
    'a range around the network of services',
    withMetalLb('10.152.0.1-10.153.0.1'),
    "are in 10.152.183.0/24, the network of the cluster's services",
  ],
  [
    'addresses of pods whose network is named',
    withCluster({
      network: { clusterCidr: '10.2.0.0/16' },
      addons: [{ name: 'metallb', arguments: ['10.2.2.32/28'] }],
    }),
    'are in 10.2.0.0/16',
  ],
  ['an addon that asks', withAddons(['metallb']), 'asks for addresses where it is given none'],
  ['an addon without what it needs', withAddons(['observability']), 'needs the addon dns'],
  ['an addon that is named twice', withAddons(['dns', 'dns']), 'named twice'],
  ['rbac behind others', withAddons(['dns', 'rbac']), 'rbac must be the first'],
  [
    'an argument with a space',
    withCluster({ addons: [{ name: 'metallb', arguments: ['10.0.0.1 - 10.0.0.9'] }] }),
    'is no plain word',
  ],
  [
    'an addon that fetches, without a link',
    withAddons(['dns', 'observability'], OFFLINE),
    'fetches charts, which a site without a link cannot',
  ],
  [
    'an addon that fetches from a track on, without a link',
    withAddons(['ingress'], withCluster({ channel: '1.35/stable' }, OFFLINE)),
    'which a site without a link cannot',
  ],
  [
    'two servers',
    withCluster({ servers: 2 }, DEPOT),
    '2 servers with dqlite stop when fewer fail than with 1; take 1, 3 or 5',
  ],
  ['several nodes without a token', { ...DEPOT, token: undefined }, 'need a token to join with'],
  [
    'something that may be a token',
    { ...DEPOT, token: '0123456789abcdef0123456789abcdef' },
    'looks like a token itself',
  ],
  [
    'a network of services without a DNS',
    withCluster({ network: { serviceCidr: '10.96.0.0/16' } }),
    'say network.clusterDns',
  ],
  [
    'networks in 1.27',
    withCluster({ channel: '1.27/stable', network: { clusterCidr: '10.50.0.0/16' } }),
    'takes no networks at its installation',
  ],
  ['a network that is none', withCluster({ network: { clusterCidr: '10.50' } }), "'10.50' is no network"],
  [
    'an argument without dashes',
    withLaunch({ extraKubeletArgs: { 'max-pods': '60' } }),
    "'max-pods', which is no argument",
  ],
  [
    'labels as an argument',
    withLaunch({ extraKubeletArgs: { '--node-labels': 'a=b' } }),
    'give labels to the device class',
  ],
  [
    'authorization as an argument',
    withLaunch({ extraKubeAPIServerArgs: { '--authorization-mode': 'RBAC' } }),
    'enable the addon rbac',
  ],
  ['a join in the launch configuration', withLaunch({ join: { url: 'x' } }), "the key 'join' is never written"],
  ['a key that there is not', withLaunch({ extraKubletArgs: {} }), "has no key 'extraKubletArgs'"],
  ['a file outside of its folder', withLaunch({ extraConfigFiles: { '../certs/ca.crt': 'x' } }), 'take a plain name'],
  ['a file of MicroK8s’s own', withLaunch({ extraConfigFiles: { kubelet: 'x' } }), "which is MicroK8s's own"],
  [
    'FIPS in 1.27',
    withCluster({ channel: '1.27/stable', launch: { extraFIPSEnv: { GOFIPS: '1' } } }),
    'reads no launch configuration of version 0.2.0',
  ],
  ['a line break in a value', withLaunch({ extraContainerdEnv: { A: 'a\nb' } }), 'has a line break'],
  [
    'a rewrite',
    withCluster({ registries: [{ registry: 'docker.io', endpoints: ['https://m.example'], rewrite: { a: 'b' } }] }),
    'rewrites names',
  ],
  [
    'a registry that is no name',
    withCluster({ registries: [{ registry: '../x', endpoints: ['https://m.example'] }] }),
    'is no name of a registry',
  ],
  [
    'another runtime than the snap’s own',
    { ...ALONE, runtime: 'docker' },
    'has Docker Engine: the snap of MicroK8s starts its own containerd',
  ],
  ['a data disk elsewhere', { ...ALONE, dataMount: '/data' }, 'mount it at /var/snap/microk8s'],
  ['an offline site that asks the store', { ...OFFLINE, install: { mode: 'online' } }, 'take preloaded'],
  [
    'an offline site without snaps',
    { ...OFFLINE, artifacts: { lockedOn: '2026-11-01' } },
    'no snaps of MicroK8s 1.33/stable are locked for amd64',
  ],
  [
    'an offline site without images',
    { ...OFFLINE, artifacts: { ...OFFLINE.artifacts, images: undefined } },
    'cannot pull the images',
  ],
  [
    'a snap without its assertions',
    {
      ...OFFLINE,
      artifacts: {
        ...OFFLINE.artifacts,
        snaps: { amd64: [{ name: 'microk8s', revision: 1, snapSha256: 'a'.repeat(64), assertSha256: '' }] },
      },
    },
    'without the checksums of both its files',
  ],
])('%s is refused', (_, input, message) => {
  expect(microk8sNodeRefusals(input).join('\n')).toContain(message);
});

test.each<[string, MicroK8sNodeInput]>([
  ['a mirror', withCluster({ registries: [{ registry: 'docker.io', endpoints: ['https://user:hunter2@m.example'] }] })],
  ['a proxy', withCluster({ launch: { extraContainerdEnv: { HTTPS_PROXY: 'http://user:hunter2@proxy.example' } } })],
  ['a server of snaps', { ...OFFLINE, install: { mode: 'mirror', baseUrl: 'https://user:hunter2@m.example' } }],
])('a password in the address of %s is refused, and not repeated', (_, input) => {
  const refusals = microk8sNodeRefusals(input).join('\n');
  expect(refusals).toContain('credentials');
  expect(refusals).not.toContain('hunter2');
});

test('a firewall whose ports nobody opens is warned of', () => {
  const withFirewall = (firewall: 'ufw' | 'firewalld') => ({
    ...DEPOT,
    operatingSystem: { ...DEPOT.operatingSystem, firewall },
  });
  expect(microk8sNodeWarnings(withFirewall('firewalld'), 'agent')).toEqual([
    { message: expect.stringContaining('opened in ufw alone') },
  ]);
  expect(microk8sNodeWarnings(withFirewall('ufw'), 'agent')).toEqual([]);
});

test('servers on cards, and a cluster that is open to its pods, are warned of', () => {
  const cards = withClass({ storage: 'sd' }, withAddons(['dns'], DEPOT));
  expect(microk8sNodeWarnings(cards, 'server')).toEqual([
    { message: expect.stringContaining('dqlite writes all the time') },
    { message: expect.stringContaining('without the addon rbac'), rule: 'edgecdk-microk8s-rbac' },
  ]);
  expect(microk8sNodeWarnings(DEPOT, 'server')).toEqual([]);
  expect(microk8sNodeWarnings(withClass({ storage: 'sd' }, DEPOT), 'agent')).toEqual([]);
});
