import { microk8sIdentity } from '../../../../../lib/distributions/microk8s/node/identity';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import { node } from '../../../render/node/sample-input';
import { ALONE, DEPOT, DEPOT_LABELS, DEPOT_NODES, DEPOT_SITE, withCluster } from './sample-microk8s';

const [first, second, , worker] = DEPOT_NODES as [NodeRecord, NodeRecord, NodeRecord, NodeRecord];

function filesOf(
  record: NodeRecord,
  { nodes = DEPOT_NODES, site = DEPOT_SITE, input = DEPOT } = {},
): Record<string, string> {
  const { files } = microk8sIdentity(record, nodes, DEPOT_LABELS, site, input);
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

const ENV = '/etc/edgecdk/identity.env';
const OWN = '/etc/edgecdk/microk8s/launch-node.yaml';
const NODES = '/etc/edgecdk/microk8s/nodes';

test('a server knows the agents of the others by address, those of a lower rank first', () => {
  expect(filesOf(second)[ENV]).toBe(`NODE_NAME=store-0412-box-2
NODE_IP=10.0.0.11
RANK=1
GENERATION=0
PEERS=https://10.0.0.10:25000 https://10.0.0.12:25000
`);
});

test('a worker knows all servers, and no labels', () => {
  expect(filesOf(worker)[ENV]).toContain(
    'PEERS=https://10.0.0.10:25000 https://10.0.0.11:25000 https://10.0.0.12:25000\n',
  );
  expect(filesOf(worker)[NODES]).toBeUndefined();
});

test('every node knows every name', () => {
  const hosts =
    '10.0.0.10 store-0412-box-1\n10.0.0.11 store-0412-box-2\n10.0.0.12 store-0412-box-3\n10.0.0.20 store-0412-till-1\n';
  for (const record of DEPOT_NODES) expect(filesOf(record)['/etc/edgecdk/microk8s/hosts']).toBe(hosts);
});

test('servers have the labels of all nodes, servers by rank first', () => {
  expect(filesOf(second)[NODES]?.split('\n').slice(1, -1)).toEqual([
    'store-0412-box-1 server edgecdk.dev/device-class=box',
    'store-0412-box-2 server edgecdk.dev/device-class=box',
    'store-0412-box-3 server edgecdk.dev/device-class=box',
    'store-0412-till-1 agent edgecdk.dev/device-class=box grocer.example/counter=yes',
  ]);
});

test('names of the site are in the certificate, and are said where there are none, so that those of before go', () => {
  expect(filesOf(first)[OWN]).toContain('extraSANs:\n  - "depot-07.example"\n');
  expect(filesOf(first, { site: { ...DEPOT_SITE, tlsSan: [] } })[OWN]).toContain('extraSANs: []\n');
  expect(filesOf(worker)[OWN]).not.toContain('extraSANs');
});

test('with a network of services that is not MicroK8s’s own, its first address is in the certificate', () => {
  const input = withCluster({ network: { serviceCidr: '10.96.0.0/16' } }, DEPOT);
  expect(filesOf(first, { input })[OWN]).toContain('  - "10.96.0.1"\n');
});

test('a node alone needs no address, and says none', () => {
  const alone = node(0, { address: { kind: 'dynamic' } });
  const files = filesOf(alone, { nodes: [alone], input: ALONE });
  expect(files[ENV]).toBe('NODE_NAME=store-0412-box-1\nRANK=0\nGENERATION=0\n');
  expect(files[OWN]).not.toContain('--node-ip');
  expect(files['/etc/edgecdk/microk8s/hosts']).toBe('');
});
