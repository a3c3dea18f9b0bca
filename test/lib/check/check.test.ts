import { check } from '../../../lib/check/check';
import type { TokenTable } from '../../../lib/model/token';
import { checkPlan, configMap, podOwner } from '../../support/check-plan';

const sites = [
  { name: 'store-1', values: { contact: 'Ana' } },
  { name: 'store-2', values: { contact: "O'Neill" } },
];

test('a good fleet has no problems', () => {
  const { plan, rendering } = checkPlan({ workloads: [{ id: 'pos', objects: () => [podOwner('pos')] }] });
  expect(check(plan, rendering)).toEqual({ problems: [], acknowledged: [] });
});

test('every part has its say', () => {
  const { plan, rendering } = checkPlan({
    sites,
    workloads: [
      {
        id: 'pos',
        objects: (t) => [
          podOwner('pos', { memory: '9Gi', container: { image: 'nginx' } }),
          configMap('Pos', { a: `{"contact":"${t.text('site.values.contact')}"}` }),
          configMap('big', { a: 'x'.repeat(2 ** 20 + 1) }),
          configMap('keys', { [t.text('site.values.contact')]: '', Ana: '' }),
        ],
      },
      { id: 'traefik', objects: () => [] },
    ],
  });
  const messages = check(plan, rendering).problems.map((problem) => problem.message);
  for (const part of [
    'has "Pos" as metadata.name',
    'in text that something parses',
    'KiB of data',
    'which are the same at some sites',
    "which is K3s' own",
    'without a fixed tag',
    'MiB of memory on one node',
  ]) {
    expect(messages).toContainEqual(expect.stringContaining(part));
  }
});

test('what several units of a workload have in common is one problem, with the sites of all', () => {
  const same = sites.map((site) => ({ ...site, values: { contact: 'A_' } }));
  const workload = { id: 'pos', objects: (t: TokenTable) => [configMap(t.text('site.values.contact'))] };
  const { plan, rendering } = checkPlan({ sites: same, workloads: [workload] });
  const units = plan.units.flatMap((unit) =>
    plan.sites.map((site) => ({ ...unit, id: `${unit.id} ${site.name}`, sites: [site] })),
  );
  const files = [...rendering.units.values()].flatMap((unit) => unit.files);
  const rendered = new Map(units.map(({ id }) => [id, { unit: id, files }]));
  const { problems } = check({ ...plan, units, cohorts: [] }, { ...rendering, units: rendered });
  expect(problems.map((p) => p.sites)).toEqual([['store-1', 'store-2']]);
});

test('an acknowledged finding is no problem and is not lost', () => {
  const { plan, rendering } = checkPlan({
    workloads: [{ id: 'pos', objects: () => [podOwner('pos', { spec: { hostNetwork: true } })] }],
    acknowledgements: [{ path: 'fleet/pos', rule: 'edgecdk-host-network', reason: 'it answers broadcasts' }],
  });
  expect(check(plan, rendering)).toMatchObject({ problems: [], acknowledged: [{ rule: 'edgecdk-host-network' }] });
});

test('a unit whose content failed has nothing to check', () => {
  const { plan, rendering } = checkPlan({ workloads: [{ id: 'pos', objects: () => [podOwner('Pos')] }] });
  expect(check(plan, { ...rendering, units: new Map() }).problems).toEqual([]);
});

test('equal input gives equal problems, in equal order', () => {
  const twice = [1, 2].map(() => {
    const { plan, rendering } = checkPlan({
      sites,
      workloads: ['b', 'a'].map((id) => ({ id, objects: () => [configMap('A_')] })),
    });
    return check(plan, rendering);
  });
  expect(twice[0]).toEqual(twice[1]);
});
