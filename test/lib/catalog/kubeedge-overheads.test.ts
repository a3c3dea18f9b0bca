import { type KubeEdgeExtra, kubeEdgeMinimum, kubeEdgeOverhead } from '../../../lib/catalog/kubeedge-overheads';
import { KUBEEDGE } from '../../../lib/distributions/kubeedge/kubeedge';
import type { KubeEdgeClusterModel, KubeEdgeJoinModel } from '../../../lib/model/kubeedge-cluster-model';
import { CLUSTER } from '../distributions/kubeedge/cloud/samples';

test.each<[KubeEdgeExtra[], number, number, number]>([
  [[], 130, 70, 256],
  [['mosquitto'], 180, 170, 256],
  [['edgeMeshAgent'], 258, 170, 512],
  [['mosquitto', 'edgeMeshAgent'], 308, 270, 512],
])(
  'edgecore and its runtime with %j take %i MiB and %i m of a node of at least %i MiB',
  (extras, memory, cpu, least) => {
    const { memoryMiB, cpuMillicores } = kubeEdgeOverhead(extras);
    expect([memoryMiB.value, cpuMillicores.value]).toEqual([memory, cpu]);
    expect(memoryMiB.grade).toBe('guessed');
    expect(kubeEdgeMinimum(extras).memoryMiB.value).toBe(least);
  },
);

test.each<[string, Partial<KubeEdgeClusterModel>, KubeEdgeExtra[]]>([
  ['no broker', { broker: { kind: 'none' } }, []],
  ['the broker of the chart', { broker: { kind: 'mosquitto' } }, ['mosquitto']],
  ['a broker of the machine', { broker: { kind: 'machine', url: 'tcp://127.0.0.1:1883' } }, []],
  ['EdgeMesh', { edgeMesh: { relays: [], psk: { name: 'mesh', key: 'psk' } } }, ['edgeMeshAgent']],
])('a node of a cluster with %s is counted with what runs on it', (_, change, extras) => {
  const cloud: KubeEdgeClusterModel = {
    ...CLUSTER,
    broker: { kind: 'none' },
    edgeMesh: undefined,
    features: [],
    ...change,
  };
  const joined: KubeEdgeJoinModel = {
    distribution: KUBEEDGE,
    version: cloud.version,
    nodes: [],
    machines: { ...cloud.machines, cloud },
  };
  expect(KUBEEDGE.overhead('agent', 0, 'linux/arm64', joined)).toEqual(kubeEdgeOverhead(extras));
  expect(KUBEEDGE.minimum('agent', joined)).toEqual(kubeEdgeMinimum(extras));
});
