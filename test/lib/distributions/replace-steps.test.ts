import {
  DeviceClass,
  Fleet,
  Hardware,
  K3sBackup,
  K3sCluster,
  type K3sClusterProps,
  K3sDatastore,
  KubeEdgeCluster,
  type KubeEdgeClusterProps,
  KubeEdgeEnrolment,
  type Platform,
  SecretRef,
  Size,
} from 'edgecdk';
import { model } from '../../../constructs/internal';
import { MicroK8sCluster } from '../../../constructs/microk8s-cluster';
import { shardOf } from '../../../lib/model/digest';
import type { ClusterModel } from '../../../lib/model/distribution';
import type { ReplacedNode } from '../../../lib/model/replaced-node';
import { replaceRunbook } from '../../../lib/nodes/runbook';

const fleet = new Fleet('grocer');
const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });

const agent: ReplacedNode = {
  site: 'store-1',
  slot: 'box-2',
  from: 'store-1-box-2',
  to: 'store-1-box-2-g1',
  role: 'agent',
  servers: 1,
  hasOthers: true,
};
const server: ReplacedNode = { ...agent, role: 'server', servers: 3 };
const only: ReplacedNode = { ...server, servers: 1 };

const k3s = (more: Partial<K3sClusterProps<Platform>> = {}): ClusterModel =>
  new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), ...more } as K3sClusterProps<Platform>)[model];
const microk8s = new MicroK8sCluster({ channel: '1.33/stable', controlPlane: box.count(3) })[model];
let clouds = 0;
const kubeEdge = (more: Partial<KubeEdgeClusterProps> = {}): ClusterModel => {
  const props = { version: 'v1.23.1', kubernetes: '1.32', advertiseAddress: ['203.0.113.10'], ...more } as const;
  return (new KubeEdgeCluster(fleet, `cloud-${++clouds}`, props).join(box.count(1)) as unknown as Described)[model];
};
interface Described {
  readonly [model]: ClusterModel;
}

function runbook(node: ReplacedNode, cluster: ClusterModel): string {
  const steps = cluster.distribution.replaceSteps?.(node, cluster);
  expect(steps).toBeDefined();
  return replaceRunbook(node, { claims: [], kept: [] }, steps);
}

/** The commands of a runbook stand in it in this order. */
function inOrder(text: string, commands: readonly string[]): void {
  const places = commands.map((command) => text.indexOf(command));
  expect(places.filter((place) => place < 0)).toEqual([]);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('K3s', () => {
  test.each([
    ['an agent', agent],
    ['a server of several', server],
  ])('%s leaves the cluster before the new machine comes', (_what, node) => {
    inOrder(runbook(node, k3s()), [
      'kubectl drain store-1-box-2 ',
      'kubectl delete node store-1-box-2\n',
      'delete secret store-1-box-2.node-password.k3s',
      'edgecdk export store-1 --node store-1-box-2-g1',
      'kubectl wait --for=condition=Ready node/store-1-box-2-g1',
    ]);
  });

  test('of several servers a majority must be there, and the dead member must go', () => {
    const text = runbook(server, k3s());
    expect(text).toContain('2 of 3 must be ready');
    expect(text).toContain('none of the others may fail');
    expect(text).toContain('removes the member of etcd together with the node object');
    expect(runbook({ ...server, servers: 5 }, k3s())).not.toContain('none of the others may fail');
  });

  test.each([
    [true, 'apply.sh --restore'],
    [false, 'their data does not'],
  ])('the only server takes the cluster with it (a copy: %s)', (hasBackup, text) => {
    const found = runbook(only, k3s(hasBackup ? { backup: K3sBackup.toDisk('/mnt/backup') } : {}));
    expect(found).toContain('it is the only server');
    expect(found).toContain(text);
    expect(found).not.toContain('kubectl drain');
  });

  test('a server with a database elsewhere takes nothing with it, and is no member of anything', () => {
    const external = k3s({ datastore: K3sDatastore.external({ secret: 'k3s-datastore' }) });
    for (const node of [only, server]) {
      expect(runbook(node, external)).not.toMatch(/only server|etcd/);
      expect(runbook(node, external)).toContain('kubectl drain');
    }
  });

  test('nothing is known of copies that others make of a cluster', () => {
    const { machines, ...existing } = k3s({ backup: K3sBackup.toDisk('/mnt/backup') });
    expect(machines).toBeDefined();
    expect(runbook(only, existing)).toContain('There is no copy');
    expect(runbook(server, existing)).toContain('member of etcd');
  });
});

describe('MicroK8s', () => {
  test('a server leaves dqlite before its node object, and the others know of the new one before it comes', () => {
    const text = runbook(server, microk8s);
    inOrder(text, [
      '2 of 3 must answer',
      'sudo microk8s kubectl drain store-1-box-2 ',
      'sudo microk8s remove-node store-1-box-2 --force\n',
      'edgecdk export --ansible store-1\n',
      "--limit 'all:!store-1-box-2-g1'",
      'edgecdk export store-1 --node store-1-box-2-g1',
      'sudo microk8s kubectl wait --for=condition=Ready node/store-1-box-2-g1',
    ]);
    expect(text).not.toMatch(/delete node|etcd|k3s/i);
  });

  test('a worker is no member of dqlite', () => {
    const text = runbook(agent, microk8s);
    expect(text).toContain('sudo microk8s remove-node store-1-box-2\n');
    expect(text).not.toMatch(/--force|dqlite/);
  });

  test('the only server takes the cluster with it, and its workers are set up anew', () => {
    const text = runbook(only, microk8s);
    expect(text).toContain('it is the only server');
    expect(text).toContain('each worker must be set up anew');
    expect(text).not.toContain('remove-node');
    expect(runbook({ ...only, hasOthers: false }, microk8s)).not.toContain('worker');
  });
});

describe('KubeEdge', () => {
  test('a node goes from the cluster in the cloud, and the new one has a certificate of its own before its kit is made', () => {
    const text = runbook(agent, kubeEdge());
    inOrder(text, [
      'on that in the cloud (grocer/cloud-',
      'wipe its disk',
      'kubectl delete node store-1-box-2\n',
      'CN=system:node:store-1-box-2-g1, O=system:nodes',
      'mkdir -p secrets/store-1/store-1-box-2-g1/kubeedge-certificate',
      'In the folder of the assembly, apply what store-1 adds',
      `kubectl apply --server-side -f clusters/cloud-1/sites/${shardOf('store-1')}/store-1\n`,
      'edgecdk export store-1 --node store-1-box-2-g1',
    ]);
    expect(text).not.toMatch(/EdgeMesh|etcd|k3s/i);
  });

  test('one that asks for a token needs no certificate, but its credential', () => {
    const text = runbook(agent, kubeEdge({ enrolment: KubeEdgeEnrolment.token(['/usr/local/bin/edge-token']) }));
    expect(text).not.toContain('CN=');
    expect(text).toContain('the credential of that command must know the new name');
  });

  test('a relay of EdgeMesh is named by its node, and has to be named anew', () => {
    const edgeMesh = { relays: { 'store-1-box-2': ['203.0.113.20'] as const }, psk: SecretRef.of('edgemesh', 'psk') };
    const text = runbook(agent, kubeEdge({ edgeMesh: edgeMesh as unknown as KubeEdgeClusterProps['edgeMesh'] }));
    expect(text).toContain('write store-1-box-2-g1 into `relays`');
  });
});
