import { chartValues } from '../../../../../lib/distributions/kubeedge/cloud/chart-values';
import { cloudPart } from '../../../../../lib/distributions/kubeedge/cloud/cloud-part';
import { EDGE_MESH_DNS } from '../../../../../lib/distributions/kubeedge/node/edgecore-config';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import type { KubeEdgeClusterModel } from '../../../../../lib/model/kubeedge-cluster-model';
import { FULL_VAN } from '../node/sample-input';
import { ALL_FEATURES, CLUSTER } from './samples';

/*
 * Failures that users of KubeEdge reported and that no other test shows to be prevented, as docs/traps.md lists them.
 */

// biome-ignore lint/suspicious/noExplicitAny: values are looked at by name
const plain = (value: unknown): any => JSON.parse(JSON.stringify(value));

test.each<[string, KubeEdgeClusterModel['broker'], boolean]>([
  ['of the chart', { kind: 'mosquitto' }, true],
  ['of the machine', { kind: 'machine', url: 'tcp://127.0.0.1:1883' }, false],
  ['that is not there', { kind: 'none' }, false],
])('the chart brings a broker to every node only where it is to: with a broker %s', (_, broker, brought) => {
  expect(plain(chartValues({ ...CLUSTER, broker })).mosquitto.enable).toBe(brought);
});

test('EdgeMesh comes with all six things that it needs', () => {
  const part = cloudPart(ALL_FEATURES, []);
  const values = plain(chartValues(ALL_FEATURES)).cloudCore.modules;
  const mesh = part.charts.find(({ secretValues }) => 'agent.psk' in (secretValues ?? {}));
  const edgecore = kubeEdgeTree(FULL_VAN).files.find(({ path }) => path.endsWith('/edgecore.yaml'))?.text ?? '';
  expect(values.dynamicController.enable).toBe(true);
  expect(edgecore).toMatch(/metaServer:\n\s+enable: true/);
  expect(edgecore).toContain(EDGE_MESH_DNS);
  expect(JSON.stringify(part.patches)).toContain('"service.edgemesh.kubeedge.io/service-proxy-name":""');
  expect(plain(mesh?.values).agent.relayNodes).toHaveLength(1);
  expect(plain(mesh?.values).agent.kubeAPIConfig.metaServer.security.requireAuthorization).toBe(true);
});
