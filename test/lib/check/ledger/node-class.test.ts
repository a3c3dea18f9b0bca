import { describeDeductions, left, nodeClassesOf } from '../../../../lib/check/ledger/node-class';
import type { DeviceClassModel } from '../../../../lib/model/device-class-model';
import type { Plan } from '../../../../lib/model/plan';
import { checkPlan, deviceClass } from '../../../support/check-plan';

const board = { platforms: ['linux/arm64'], memoryMiB: 1024, sharedWithAcceleratorMiB: 76 } as const;

/** The class as agent, beside a server of another one. */
function agent(cls: DeviceClassModel) {
  const { plan } = checkPlan({
    classes: [deviceClass('box'), cls],
    workloads: [],
    sites: [{ name: 's', nodes: { box: 1, [cls.id]: 1 } }],
  });
  const nodes = nodesOf(plan);
  const found = nodes.find((node) => node.deviceClass.id === cls.id);
  if (!found) throw new Error('no such node class');
  return found;
}

function nodesOf(plan: Plan) {
  return plan.cohorts.flatMap((cohort) => nodeClassesOf(cohort, plan.model));
}

test('an agent of 1 GiB has 380 MiB left, of which only the hardware is sure', () => {
  const gateway = agent(deviceClass('gateway', board));
  expect(left(gateway, 'memory', 'likely')).toBe(380);
  expect(left(gateway, 'memory', 'sure')).toBe(1024);
  expect(describeDeductions(gateway, 'memory')).toBe(
    'GPU 76 MiB (catalogue), OS 200 MiB (guessed), K3s agent 268 MiB (published), eviction floor 100 MiB (published)',
  );
});

test('what the user gives is sure, and takes the place of what the catalogue knows', () => {
  const reserves = { osMiB: 150, sharedWithAcceleratorMiB: 0, evictionFloorMiB: 50, otherMiB: 30 };
  const gateway = agent(deviceClass('gateway', board, { reserves }));
  expect(left(gateway, 'memory', 'sure')).toBe(1024 - 150 - 50 - 30);
  expect(left(gateway, 'memory', 'likely')).toBe(1024 - 150 - 50 - 30 - 268);
  expect(describeDeductions(gateway, 'memory')).toContain('other 30 MiB (given)');
});

test('hardware may have a figure of its own for the operating system', () => {
  expect(describeDeductions(agent(deviceClass('jetson', { ...board, osMiB: 1200 })), 'memory')).toContain(
    'OS 1200 MiB (catalogue)',
  );
});

test('nothing is left of less than nothing', () => {
  expect(left(agent(deviceClass('tiny', { ...board, memoryMiB: 256 })), 'memory', 'likely')).toBe(0);
});

test('CPU and devices have accounts too', () => {
  const accelerators = [{ resource: 'nvidia.com/gpu', count: 1 }];
  const jetson = agent(deviceClass('jetson', { ...board, cores: 6, accelerators }));
  expect(left(jetson, 'cpu', 'sure')).toBe(6000);
  expect(left(jetson, 'cpu', 'likely')).toBe(6000 - 100 - 100);
  expect(left(jetson, 'nvidia.com/gpu', 'likely')).toBe(1);
  expect(left(jetson, 'example.com/none', 'sure')).toBe(0);
});

test.each([
  [1, 8192 - 200 - 1596 - 100],
  [3, 8192 - 200 - 1606 - 100],
])('%d servers leave %d MiB each', (count, memory) => {
  const { plan } = checkPlan({ workloads: [] });
  const [cohort] = plan.cohorts;
  if (!cohort) throw new Error('no cohort');
  const nodes = cohort.cluster.nodes.map((node) => ({ ...node, count }));
  const [server] = nodeClassesOf({ ...cohort, cluster: { ...cohort.cluster, nodes } }, plan.model);
  expect(server && left(server, 'memory', 'likely')).toBe(memory);
});

test('a class of which no site of the cohort has nodes is left out', () => {
  const { plan } = checkPlan({ classes: [deviceClass('box'), deviceClass('till')], workloads: [] });
  expect(nodesOf(plan).map((cls) => cls.name)).toEqual(['box (box-hw)']);
});

test('a class that a single node was given instead of the described one is a class like any other', () => {
  const { plan } = checkPlan({
    classes: [deviceClass('box'), deviceClass('spare')],
    workloads: [],
    sites: [{ name: 's', nodes: { box: 1, spare: 1 } }],
  });
  const [cohort] = plan.cohorts;
  if (!cohort) throw new Error('no cohort');
  const described = { ...cohort.cluster, nodes: cohort.cluster.nodes.slice(0, 1) };
  const classes = nodeClassesOf({ ...cohort, cluster: described }, plan.model);
  expect(classes.map(({ name, role }) => [name, role])).toEqual([
    ['box (box-hw)', 'server'],
    ['spare (spare-hw)', 'agent'],
  ]);
});
