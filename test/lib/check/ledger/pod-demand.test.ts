import { podDemands, replicasAt } from '../../../../lib/check/ledger/pod-demand';
import type { TokenTable } from '../../../../lib/model/token';
import { checkPlan, configMap, podOwner, type TestPod } from '../../../support/check-plan';

const sites = [
  { name: 's1', values: { copies: 2, cache: 64 } },
  { name: 's2', values: { copies: 5, cache: 16 } },
];

function demandOf(object: (t: TokenTable) => object) {
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects: (t) => [object(t)] }] });
  const [demand] = plan.units.flatMap((unit) => podDemands(unit, rendering, plan.tokens));
  return demand && { ...demand, needs: Object.fromEntries(demand.needs), copies: replicasAt(demand, plan.sites) };
}

const requests = (memory: string, more: object = {}) => ({ name: 'x', resources: { requests: { memory } }, ...more });

test.each<[string, TestPod, Record<string, number>]>([
  ['requests', { memory: '1Gi', cpu: '250m' }, { memory: 1024, cpu: 250 }],
  ['numbers', { container: { resources: { requests: { memory: 1048576, cpu: 2 } } } }, { memory: 1, cpu: 2000 }],
  ['a limit without a request', { container: { resources: { limits: { memory: '2Mi' } } } }, { memory: 2 }],
  ['a request beside a limit', { memory: '1Mi', limits: { memory: '2Mi' } }, { memory: 1 }],
  ['a device', { memory: '1Mi', limits: { 'nvidia.com/gpu': 1 } }, { memory: 1, 'nvidia.com/gpu': 1 }],
  ['no disk', { memory: '1Mi', limits: { 'ephemeral-storage': '1Gi' } }, { memory: 1 }],
  ['nothing', { container: { resources: undefined } }, {}],
  ['no quantity', { memory: 'much' }, {}],
  ['containers together', { memory: '1Mi', spec: { containers: [requests('1Mi'), requests('2Mi')] } }, { memory: 3 }],
  [
    'the largest that runs before',
    { memory: '3Mi', spec: { initContainers: [requests('2Mi'), requests('5Mi')] } },
    { memory: 5 },
  ],
  [
    'a sidecar',
    { memory: '3Mi', spec: { initContainers: [requests('2Mi', { restartPolicy: 'Always' })] } },
    { memory: 5 },
  ],
  ['the overhead of a runtime', { memory: '3Mi', spec: { overhead: { memory: '4Mi' } } }, { memory: 7 }],
  ['lists that are none', { spec: { containers: 'none', initContainers: null } }, {}],
])('%s: %j', (_what, pod, needs) => {
  expect(demandOf(() => podOwner('a', pod))?.needs).toEqual(needs);
});

test.each<[string, object, string | undefined, number]>([
  ['Deployment', podOwner('a', { replicas: 3 }), 'always', 3],
  ['Deployment of one', podOwner('a'), 'always', 1],
  ['StatefulSet', podOwner('a', { kind: 'StatefulSet', replicas: 0 }), 'always', 0],
  ['DaemonSet', podOwner('a', { kind: 'DaemonSet' }), 'on-each-node', 1],
  ['Job', podOwner('a', { kind: 'Job' }), 'for-a-while', 1],
  ['Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [] } }, 'always', 1],
  [
    'CronJob',
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'a' },
      spec: { jobTemplate: { spec: { parallelism: 2, template: { spec: {} } } } },
    },
    'for-a-while',
    2,
  ],
])('%s', (_kind, object, runs, copies) => {
  expect(demandOf(() => object)).toMatchObject({ runs, copies });
});

test('what makes no pods asks for nothing', () => {
  expect(demandOf(() => configMap('a'))).toBeUndefined();
  expect(
    demandOf(() => ({ apiVersion: 'example.com/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: {} })),
  ).toBeUndefined();
  expect(
    demandOf(() => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: {} })),
  ).toBeUndefined();
});

test('site values count with their largest', () => {
  const pod = (t: TokenTable) =>
    podOwner('a', { replicas: t.number('site.values.copies'), memory: `${t.number('site.values.cache')}Mi` });
  expect(demandOf(pod)).toMatchObject({ copies: 5, needs: { memory: 64 } });
});
