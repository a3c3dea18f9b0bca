import { vanFleet, withVanLock } from '../../../support/van-fleet';
import { filesOf } from '../../../support/with-files';
import { clusterFiles, names, objectsIn } from './made-clusters';

describe('machines', () => {
  const files = clusterFiles({ machines: true });
  const carried = objectsIn(files, 'manifests/10-edgecdk-nodes');

  test('get a changed tree by a DaemonSet for each tree, on its own nodes alone', () => {
    const sets = carried.filter(({ kind }) => kind === 'DaemonSet');
    expect(names(sets)).toEqual(['DaemonSet edgecdk-van-agent-gateway', 'DaemonSet edgecdk-van-agent-panel']);
    const [gateway] = sets;
    const { nodeSelector, affinity, tolerations } = gateway.spec.template.spec;
    expect(nodeSelector).toEqual({ 'edgecdk.dev/device-class': 'gateway' });
    expect(affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
      {
        matchExpressions: [
          { key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' },
          { key: 'node-role.kubernetes.io/edge', operator: 'Exists' },
          { key: 'edgecdk.dev/site-group', operator: 'In', values: ['north', 'south'] },
        ],
      },
    ]);
    expect(tolerations).toEqual([{ operator: 'Exists' }]);
    expect(gateway.spec.template.metadata.labels).toEqual(gateway.spec.selector.matchLabels);
    expect(sets[1].spec.selector).not.toEqual(gateway.spec.selector);
  });

  test('that are off hold up no others', () => {
    for (const { kind, spec } of carried)
      if (kind === 'DaemonSet')
        expect(spec.updateStrategy).toEqual({
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' },
        });
  });

  test('share what their trees have in common, and each object is there once', () => {
    expect(new Set(names(carried)).size).toBe(carried.length);
    expect(names(objectsIn(files, 'manifests/00-namespaces'))).toEqual(['Namespace edgecdk-system']);
  });

  test('bear the labels that node groups and workloads go by', () => {
    withVanLock((root) => {
      vanFleet({ machines: true }, root).synth();
      const all = filesOf(`${root}/dist`);
      const tree = Object.entries(all).find(
        ([path]) => path.startsWith('nodes/van.agent.gateway/') && path.endsWith('/edgecore.yaml'),
      );
      expect(tree?.[1]).toMatch(/edgecdk.dev\/device-class: "?gateway/);
      expect(tree?.[1]).toMatch(/edgecdk.dev\/site-group: "@SITE_GROUP@"/);
      const identity = Object.entries(all).find(
        ([path]) => path.includes('/north-1/') && path.endsWith('/identity.env'),
      );
      expect(identity?.[1]).toMatch(/SITE_GROUP='?north/);
    });
  });
});
