import { parse } from 'yaml';
import { lacksDeviceStatusRole } from '../../../../../lib/catalog/kubeedge';
import { CLOUDCORE_KEYS } from '../../../../../lib/catalog/kubeedge-cloud';
import { EDGECORE_KEYS, EDGECORE_OLD_KEYS } from '../../../../../lib/catalog/kubeedge-config';
import { KUBEEDGE_FEATURES, switchesOf } from '../../../../../lib/catalog/kubeedge-features';
import { HUB_NODE_PORTS } from '../../../../../lib/catalog/kubeedge-ports';
import { chartValues } from '../../../../../lib/distributions/kubeedge/cloud/chart-values';
import { cloudPart } from '../../../../../lib/distributions/kubeedge/cloud/cloud-part';
import { cloudcoreConfig } from '../../../../../lib/distributions/kubeedge/cloud/cloudcore-config';
import {
  EDGE_ROLE,
  keepOffEdge,
  USUAL_DAEMON_SETS,
} from '../../../../../lib/distributions/kubeedge/cloud/cluster-daemon-sets';
import { cloudProblems } from '../../../../../lib/distributions/kubeedge/cloud/cluster-refusals';
import {
  overriderRefusals,
  whyNoEdgeApplication,
} from '../../../../../lib/distributions/kubeedge/cloud/edge-application';
import { edgeHazards } from '../../../../../lib/distributions/kubeedge/cloud/edge-hazards';
import { jobProblems } from '../../../../../lib/distributions/kubeedge/cloud/jobs';
import { nodeGroupRefusals } from '../../../../../lib/distributions/kubeedge/cloud/node-groups';
import { placeWorkload } from '../../../../../lib/distributions/kubeedge/cloud/place-workload';
import { kubeEdgeApplyScript } from '../../../../../lib/distributions/kubeedge/node/apply-script';
import { kubeEdgeNodeRefusals } from '../../../../../lib/distributions/kubeedge/node/refusals';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import { FULL_VAN, VAN } from '../node/sample-input';
import { ALL_FEATURES, CLUSTER, deployment, FACTS } from './samples';

// biome-ignore lint/suspicious/noExplicitAny: keys of configurations are looked at by name
const plain = (value: unknown): any => JSON.parse(JSON.stringify(value));

function edgecore(input: typeof VAN) {
  const file = kubeEdgeTree(input).files.find(({ path }) => path.endsWith('/edgecore.yaml'));
  return parse(file?.text ?? '');
}

function errors(change: Partial<typeof CLUSTER>, nodes = 1): string {
  return cloudProblems({ ...CLUSTER, ...change }, nodes)
    .map(({ message }) => message)
    .join('\n');
}

function unchecked(path: string, value: unknown = 1): string {
  return kubeEdgeNodeRefusals({ ...VAN, cluster: { ...VAN.cluster, unchecked: { [path]: value } } }).join('\n');
}

const TRAPS: ReadonlyArray<readonly [number, string, () => void]> = [
  [
    1,
    'a key that nobody knows is silent: only keys of a closed list are written, and none is null',
    () => {
      expect(JSON.stringify([edgecore(FULL_VAN), cloudcoreConfig(ALL_FEATURES)])).not.toContain('null');
      expect(unchecked('modules.dbTest', null)).toContain('leave it out');
      for (const path of Object.keys(EDGECORE_OLD_KEYS)) expect(unchecked(path)).not.toBe('');
    },
  ],
  [
    2,
    'spellings of cloud and edge differ, and some keys stand elsewhere than one thinks',
    () => {
      const { edgeHub, edgeStream, edged } = edgecore(FULL_VAN).modules;
      expect([Object.keys(edgeHub).includes('tlsCaFile'), Object.keys(edgeStream), 'nodeIP' in edged]).toEqual([
        true,
        ['enable', 'server'],
        true,
      ]);
      expect('nodeIP' in edged.tailoredKubeletConfig).toBe(false);
      expect(Array.isArray(edged.tailoredKubeletConfig.clusterDNS)).toBe(true);
      expect(plain(cloudcoreConfig(CLUSTER)).modules.cloudHub).toHaveProperty('tlsCAFile');
    },
  ],
  [
    3,
    'some durations are bare numbers',
    () => {
      const { cloudHub } = plain(cloudcoreConfig(CLUSTER)).modules;
      expect([cloudHub.edgeCertSigningDuration, cloudHub.tokenRefreshDuration]).toEqual([365, 12]);
      expect(CLOUDCORE_KEYS['modules.cloudHub.tokenRefreshDuration'].type).toBe('integer');
      expect(edgecore(FULL_VAN).modules.eventBus.mqttMode).toBe(2);
    },
  ],
  [
    4,
    'an address that is empty passes, and gives a certificate for nobody',
    () => {
      expect(errors({ advertiseAddress: [''] })).toContain('is no IP address');
      expect(errors({ advertiseAddress: [] })).toContain('needs an address');
      expect(plain(chartValues(CLUSTER)).cloudCore.modules.cloudHub.dnsNames).not.toContain('');
    },
  ],
  [
    5,
    'exactly one protocol is on, and the one that is off keeps its address and port in the cloud',
    () => {
      for (const protocol of ['websocket', 'quic'] as const) {
        const { websocket, quic } = plain(cloudcoreConfig({ ...CLUSTER, protocol })).modules.cloudHub;
        expect([websocket.enable, quic.enable].filter(Boolean)).toHaveLength(1);
        expect([quic.address, quic.port]).toEqual(['0.0.0.0', 10001]);
      }
    },
  ],
  [
    6,
    'both daemons write their configuration anew where it is not as they want it',
    () => {
      expect(edgecore(VAN).edgecoreVersion).toBe('@EDGECORE_VERSION@');
      expect(plain(cloudcoreConfig(CLUSTER)).kubeAPIConfig).toMatchObject({ qps: 5000, burst: 10_000 });
      expect(JSON.stringify(edgecore(VAN))).not.toContain('token');
    },
  ],
  [
    7,
    "behind node ports all four ports are others, the tunnel's too",
    () => {
      const values = plain(chartValues({ ...CLUSTER, exposure: 'node-ports' })).cloudCore;
      expect([values.hostNetWork, values.service.type, values.service.tunnelNodePort]).toEqual([
        false,
        'NodePort',
        30004,
      ]);
      expect(
        edgecore({ ...VAN, cluster: { ...VAN.cluster, ports: HUB_NODE_PORTS } }).modules.edgeStream.server,
      ).toMatch(/:30004$/);
    },
  ],
  [
    8,
    'the cgroup driver is said, and is that of the runtime',
    () => {
      expect(EDGECORE_KEYS['modules.edged.tailoredKubeletConfig.cgroupDriver'].default).toBe('cgroupfs');
      for (const runtime of ['containerd', 'cri-o', 'docker'] as const)
        expect(edgecore({ ...VAN, runtime }).modules.edged.tailoredKubeletConfig.cgroupDriver).toBe('systemd');
    },
  ],
  [
    9,
    "nothing keeps the cluster's DaemonSets away but a patch; what is ours tolerates a taint",
    () => {
      for (const name of USUAL_DAEMON_SETS)
        expect(JSON.stringify(keepOffEdge(name))).toContain('"operator":"DoesNotExist"');
      expect(cloudPart(CLUSTER, []).patches).toMatchObject([{ kind: 'DaemonSet', metadata: { name: 'kube-proxy' } }]);
      expect(plain(chartValues(ALL_FEATURES)).mosquitto.tolerations).toEqual([
        { key: 'grocer.example/edge', operator: 'Exists', effect: 'NoSchedule' },
      ]);
      const taint = { key: 'grocer.example/edge', effect: 'NoSchedule' };
      expect(JSON.stringify(placeWorkload([deployment()], { ...FACTS, taint }, []))).toContain('grocer.example/edge');
    },
  ],
  [
    10,
    "the label of an edge node is edgecore's own: no program can give it a value",
    () => {
      expect(EDGE_ROLE in edgecore(FULL_VAN).modules.edged.nodeLabels).toBe(false);
      expect(
        kubeEdgeNodeRefusals({
          ...VAN,
          deviceClass: { ...VAN.deviceClass, nodeLabels: { [EDGE_ROLE]: 'yes' } },
        }).join(),
      ).toContain(EDGE_ROLE);
    },
  ],
  [
    11,
    'a token is one for all nodes and lives a day: it is asked for at boot and kept nowhere',
    () => {
      expect(kubeEdgeTree(FULL_VAN).secrets).toEqual([]);
      expect(errors({ enrolment: { kind: 'token', argv: ['/bin/echo', 'a'.repeat(64)], seconds: 60 } })).toContain(
        'has a secret',
      );
    },
  ],
  [
    12,
    'a feature is several switches: one name sets them all',
    () => {
      const none = switchesOf([]);
      expect([...Object.values(none.cloud), ...Object.values(none.edge)].some(Boolean)).toBe(false);
      expect(switchesOf(['jobs'])).toMatchObject({
        cloud: { controllerManager: true, taskManager: true },
        edge: { taskManager: true },
      });
      expect(switchesOf(['metaServer'])).toMatchObject({
        cloud: { dynamicController: true },
        edge: { metaServer: true },
      });
      expect(switchesOf(['logs'])).toMatchObject({ cloud: { cloudStream: true }, edge: { edgeStream: true } });
      expect(switchesOf(['rules'])).toMatchObject({ cloud: { router: true }, edge: { serviceBus: true } });
      expect(switchesOf(['inClusterConfig'])).toMatchObject({
        cloud: { requireAuthorization: true, dynamicController: true },
        edge: { requireAuthorization: true, metaServer: true },
      });
      expect(Object.keys(KUBEEDGE_FEATURES)).toHaveLength(7);
    },
  ],
  [
    13,
    'an EdgeApplication is for Deployments alone, and overrides what is there alone',
    () => {
      expect(whyNoEdgeApplication([{ ...deployment(), kind: 'StatefulSet' }], FACTS).join()).toContain('made once');
      const [group] = FACTS.groups;
      const overriders = { resources: [{ container: 'main', limits: { 'nvidia.com/gpu': '1' } }] };
      expect(
        overriderRefusals([deployment()], { ...FACTS, groups: group ? [{ ...group, overriders }] : [] }).join(),
      ).toContain('slash');
      const placed = placeWorkload([deployment('scanner', { nodeSelector: { a: 'b' } })], FACTS, []);
      expect(JSON.stringify(placed)).not.toContain('nodeSelector"');
    },
  ],
  [
    14,
    'a runtimeClassName keeps a pod from starting',
    () => {
      const found = edgeHazards([deployment('x', { runtimeClassName: 'kata' })], {
        edgeMesh: false,
        metaServer: false,
      });
      expect(found).toMatchObject([{ severity: 'error' }]);
    },
  ],
  [
    15,
    'devices of the old API are accepted and come out as nonsense (models and mappers: the tests of leaf devices)',
    () => {
      const old = { apiVersion: 'devices.kubeedge.io/v1alpha2', kind: 'DeviceModel', metadata: { name: 'x' } };
      expect(edgeHazards([old], { edgeMesh: false, metaServer: false })).toMatchObject([{ severity: 'error' }]);
    },
  ],
  [
    16,
    'keadm join is not run, and a job gives keadm nothing that it cuts',
    () => {
      expect(kubeEdgeApplyScript()).not.toContain('keadm join');
      const job = {
        kind: 'ConfigUpdateJob',
        path: 'x',
        name: 'x',
        nodes: { kind: 'names', names: ['a'] },
        concurrency: 1,
        timeoutSeconds: 1,
        failureTolerate: '0',
        updateFields: { 'modules.edgeHub.heartbeat': 'a=b' },
      } as const;
      expect(jobProblems(job, { kubernetes: '1.32', version: 'v1.23.1', features: ['jobs'] })).toMatchObject([
        { message: expect.stringContaining('keadm cuts') },
      ]);
    },
  ],
  [
    17,
    "the chart brings images of an earlier release, and a role that lacks devices' states",
    () => {
      const values = plain(chartValues(ALL_FEATURES));
      expect(
        [values.cloudCore, values.controllerManager, values.iptablesManager].map(({ image }) => image.tag),
      ).toEqual(['v1.23.1', 'v1.23.1', 'v1.23.1']);
      expect(cloudPart(ALL_FEATURES, []).objects).toMatchObject([
        { kind: 'ClusterRole', metadata: { labels: { 'rbac/aggregate-to-cloudcore': 'true' } } },
      ]);
      expect([lacksDeviceStatusRole('v1.23.1'), lacksDeviceStatusRole('v1.22.2')]).toEqual([true, false]);
    },
  ],
  [
    18,
    'one machine is of one Kubernetes (apply-script.test.ts: a machine with another Kubernetes)',
    () => {
      for (const other of ['/usr/local/bin/k3s', '/var/snap/microk8s', 'kubelet.service'])
        expect(kubeEdgeApplyScript()).toContain(other);
    },
  ],
  [
    19,
    "nodeLimit is at least what joins, with one cloudcore lost, and the chart's own limits are for toys",
    () => {
      expect(errors({ nodeLimit: 100 }, 101)).toContain('raise nodeLimit');
      expect(errors({ nodeLimit: 100, cloudcores: 2, exposure: 'load-balancer' }, 101)).toContain('raise nodeLimit');
      const memory = [100, 10_000].map((nodeLimit) =>
        Number.parseInt(plain(chartValues({ ...CLUSTER, nodeLimit })).cloudCore.resources.limits.memory, 10),
      );
      expect(memory[1]).toBeGreaterThan(20_000);
      const { controllerManager, cloudCore } = plain(chartValues(CLUSTER));
      // Helm keeps what the chart says of a map and the values do not: its 200m would stand below what is requested.
      expect([cloudCore.resources, controllerManager.resources]).toEqual([
        { limits: { cpu: '2800m', memory: '3072Mi' }, requests: { cpu: '700m', memory: '3072Mi' } },
        { limits: { cpu: '800m', memory: '384Mi' }, requests: { cpu: '200m', memory: '384Mi' } },
      ]);
    },
  ],
  [
    20,
    'names have their lengths, and a NodeGroup is of the whole cluster',
    () => {
      expect(nodeGroupRefusals([{ siteGroup: 'x'.repeat(60), deviceClass: 'y' }]).join()).toContain('no room');
      expect(overriderRefusals([deployment('x'.repeat(60))], FACTS).join()).toContain('63');
    },
  ],
];

test.each(TRAPS)('trap %i: %s', (_, __, check) => {
  check();
});

test('every trap is there once', () => {
  expect(TRAPS.map(([number]) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
