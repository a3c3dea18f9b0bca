import { capacityProblems } from '../../../../lib/check/ledger/ledger';
import type { DeviceClassModel } from '../../../../lib/model/device-class-model';
import {
  checkPlan,
  deviceClass,
  podOwner,
  type TestFleet,
  type TestPod,
  type TestWorkload,
} from '../../../support/check-plan';

/** 8192 MiB, about 6296 MiB left; 4 cores, of which 160m are taken. */
const box = deviceClass('box');
/** 1024 MiB, about 380 MiB left. */
const gateway = deviceClass('gateway', { platforms: ['linux/arm64'], memoryMiB: 1024, sharedWithAcceleratorMiB: 76 });
const gpu = { resource: 'nvidia.com/gpu', count: 1 };
const camera = deviceClass('camera', { memoryMiB: 4096, accelerators: [gpu] });

function problemsOf(fleet: TestFleet) {
  const { plan, rendering } = checkPlan(fleet);
  return capacityProblems(plan, rendering);
}

const workload = (id: string, pod: TestPod = {}, more: Partial<TestWorkload> = {}): TestWorkload => ({
  id,
  platforms: ['linux/amd64', 'linux/arm64'],
  objects: () => [podOwner(id, pod)],
  ...more,
});
const on = (id: string) => ({ spec: { nodeSelector: { 'edgecdk.dev/device-class': id } } });

/** One box, or one box and gateways. */
const single = (...workloads: TestWorkload[]) => problemsOf({ classes: [box], workloads });
const mixed = (nodes: Record<string, number>, ...workloads: TestWorkload[]) =>
  problemsOf({ classes: [box, gateway], sites: [{ name: 'store-1', nodes }], workloads });
const withCamera = (cameras: number, ...workloads: TestWorkload[]) =>
  problemsOf({ classes: [box, camera], sites: [{ name: 'store-1', nodes: { box: 1, camera: cameras } }], workloads });

const isError = { severity: 'error' } as const;
const isWarning = { severity: 'warning', rule: 'edgecdk-capacity' } as const;

test('what fits is no problem', () => {
  expect(
    mixed({ box: 1, gateway: 3 }, workload('a'), workload('b', { kind: 'DaemonSet' }), workload('c', { kind: 'Job' })),
  ).toEqual([]);
});

describe('one pod', () => {
  test('that is larger than every node is an error with the numbers', () => {
    expect(mixed({ box: 1, gateway: 1 }, workload('a', { memory: '2Gi', ...on('gateway') }))).toEqual([
      {
        path: 'fleet/a',
        severity: 'error',
        sites: ['store-1'],
        message:
          'Deployment default/a needs 2048 MiB of memory on one node, and the most that one has is 1024 MiB, gateway (gateway-hw): 1024 MiB short; ask for less, or place it on larger nodes',
      },
    ]);
  });

  test('that does not fit beside estimates is a warning with their grades', () => {
    expect(mixed({ box: 1, gateway: 1 }, workload('a', { memory: '900Mi', ...on('gateway') }))).toEqual([
      {
        path: 'fleet/a',
        severity: 'warning',
        rule: 'edgecdk-capacity',
        sites: ['store-1'],
        message:
          'Deployment default/a needs 900 MiB of memory on one node, and gateway (gateway-hw) has about 380 MiB left of 1024 MiB after ' +
          'GPU 76 MiB (catalogue), OS 200 MiB (guessed), K3s agent 268 MiB (published), eviction floor 100 MiB (published): 520 MiB short; ' +
          'ask for less, place it on larger nodes, or give the device class the reserves that you measured',
      },
    ]);
  });

  test('that does not fit beside what the user reserved is an error', () => {
    const reserved = { ...gateway, reserves: { osMiB: 500 } };
    const fleet = { classes: [box, reserved], sites: [{ name: 's', nodes: { box: 1, gateway: 1 } }] };
    const [problem] = problemsOf({ ...fleet, workloads: [workload('a', { memory: '600Mi', ...on('gateway') })] });
    expect(problem).toMatchObject(isError);
    expect(problem?.message).toContain('has 524 MiB left of 1024 MiB after GPU 76 MiB (catalogue), OS 500 MiB (given)');
  });

  test('may take the larger of two classes', () => {
    expect(mixed({ box: 1, gateway: 1 }, workload('a', { memory: '4Gi' }))).toEqual([]);
  });

  test.each([
    ['5', isError, '5000m of CPU'],
    ['3900m', isWarning, 'about 3840m left of 4000m after OS 100m (guessed), K3s server 60m (published)'],
  ])('of %s cores', (cpu, severity, message) => {
    expect(single(workload('a', { cpu }))).toMatchObject([{ ...severity, message: expect.stringContaining(message) }]);
  });

  test('that matches no node says which there are', () => {
    const nowhere = { spec: { nodeSelector: { 'kubernetes.io/arch': 'riscv64' } } };
    expect(single(workload('a', nowhere))).toMatchObject([
      { ...isError, message: expect.stringContaining('matches none of box (box-hw), linux/amd64') },
    ]);
    expect(single(workload('a', { kind: 'DaemonSet', ...nowhere }))).toEqual([]);
  });

  test.each([
    ['nvidia.com/gpu', 1, undefined],
    [
      'nvidia.com/gpu',
      2,
      'needs 2 nvidia.com/gpu on one node, and the most that one has is 1, camera (camera-hw): 1 short',
    ],
    ['hailo.ai/npu', 1, 'needs 1 hailo.ai/npu on one node, which none of its nodes has'],
  ])('of %s: %d', (resource, count, message) => {
    expect(withCamera(1, workload('a', { limits: { [resource]: count } }))).toMatchObject(
      message ? [{ ...isError, message: expect.stringContaining(message) }] : [],
    );
  });

  test('needs its memory where its device is', () => {
    expect(withCamera(1, workload('a', { memory: '6Gi', limits: { 'nvidia.com/gpu': 1 } }))).toMatchObject([
      { ...isError, message: expect.stringContaining('the most that one has is 4096 MiB, camera') },
    ]);
  });
});

describe('pods together', () => {
  test('that need more than there is are an error', () => {
    const [problem, ...others] = single(workload('a', { memory: '5Gi' }), workload('b', { memory: '4Gi' }));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path: 'fleet/b', ...isError, sites: ['store-1', 'store-2'] });
    expect(problem?.message).toBe(
      'Deployment default/b needs 4096 MiB of memory and finds no room at a site with 1 box: ' +
        'workloads ask for 9216 MiB of the nodes that it may run on, and 6296 MiB is left of 8192 MiB ' +
        '(taken off per node of box (box-hw): OS 200 MiB (guessed), K3s server 1596 MiB (published), eviction floor 100 MiB (published)); ' +
        'most is asked by a 5120 MiB, b 4096 MiB; ask for less, place less there, or take larger or more nodes',
    );
  });

  test('that need more than is likely left are a warning', () => {
    expect(single(workload('a', { memory: '4Gi' }), workload('b', { memory: '3Gi' }))).toMatchObject([
      { path: 'fleet/b', ...isWarning, message: expect.stringContaining('about 6296 MiB is left of 8192 MiB') },
    ]);
  });

  test('that fill nodes in pieces are a warning, since another order might do', () => {
    const pods = [workload('a', { memory: '250Mi', replicas: 3, ...on('gateway') })];
    expect(mixed({ box: 1, gateway: 2 }, ...pods)).toMatchObject([
      {
        ...isWarning,
        message: expect.stringContaining(
          'for each of 3 pods and finds no room at a site with 1 box, 2 gateway: the most that one node has left is 130 MiB, on gateway',
        ),
      },
    ]);
    expect(mixed({ box: 1, gateway: 3 }, ...pods)).toEqual([]);
  });

  test('count on every node where they run on each', () => {
    const daemons = [
      workload('a', { kind: 'DaemonSet', memory: '200Mi' }),
      workload('b', { kind: 'DaemonSet', memory: '190Mi' }),
    ];
    expect(mixed({ box: 1, gateway: 2 }, ...daemons)).toMatchObject([
      {
        path: 'fleet/b',
        ...isWarning,
        message: expect.stringContaining(
          'ask for 780 MiB of the nodes that it may run on, and about 760 MiB is left of 2048 MiB',
        ),
      },
    ]);
    expect(mixed({ box: 1, gateway: 0 }, ...daemons)).toEqual([]);
  });

  test('ask for more CPU than there are cores', () => {
    expect(single(workload('a', { cpu: '3' }), workload('b', { cpu: '2' }))).toMatchObject([
      { ...isError, message: expect.stringContaining('ask for 5000m of the nodes') },
    ]);
  });

  test('ask for more devices than there are', () => {
    const pods = ['a', 'b'].map((id) => workload(id, { limits: { 'nvidia.com/gpu': 1 } }));
    expect(withCamera(1, ...pods)).toMatchObject([
      { path: 'fleet/b', ...isError, message: expect.stringContaining('needs 1 nvidia.com/gpu and finds no room') },
    ]);
    expect(withCamera(2, ...pods)).toEqual([]);
  });

  test('that end by themselves need room one at a time', () => {
    const job = (id: string) => workload(id, { kind: 'Job', memory: '3Gi' });
    expect(single(workload('a', { memory: '3Gi' }), job('b'), job('c'))).toEqual([]);
    expect(single(workload('a', { memory: '5Gi' }), job('b'))).toMatchObject([{ path: 'fleet/b', ...isWarning }]);
  });

  test('of no copies need nothing', () => {
    expect(single(workload('a', { memory: '5Gi' }), workload('b', { memory: '5Gi', replicas: 0 }))).toEqual([]);
  });

  test('of Helm charts are not known, and the numbers say so', () => {
    const helm = { id: 'metrics', kind: 'helm' } as const;
    expect(single(workload('a'), helm)).toEqual([]);
    expect(single(workload('a', { memory: '5Gi' }), workload('b', { memory: '4Gi' }), helm)).toMatchObject([
      { message: expect.stringContaining('what metrics asks for is not known and not counted') },
    ]);
  });

  test('are one problem per workload, with the worst site and the names of all', () => {
    const copies = (store: string, n: number) => ({ name: store, values: { n }, nodes: { box: 1 } });
    const sites = [copies('s1', 1), copies('s2', 1), { ...copies('s3', 1), nodes: { box: 1, gateway: 1 } }];
    const problems = problemsOf({
      classes: [box, gateway],
      sites,
      workloads: [workload('a', { memory: '5Gi' }), workload('b', { memory: '4Gi', ...on('box') })],
    });
    expect(problems).toMatchObject([{ path: 'fleet/b', sites: ['s1', 's2', 's3'] }]);
  });

  test('count with the replicas of each kind of site', () => {
    const sites = [
      { name: 's1', values: { n: 1 }, nodes: { box: 1 } },
      { name: 's2', values: { n: 9 }, nodes: { box: 3 } },
      { name: 's3', values: { n: 9 }, nodes: { box: 1 } },
    ];
    const copies = {
      id: 'a',
      objects: (t: Parameters<NonNullable<TestWorkload['objects']>>[0]) => [
        podOwner('a', { memory: '1Gi', replicas: t.number('site.values.n') }),
      ],
    };
    const found = problemsOf({ classes: [box], sites, workloads: [copies] });
    expect(found).toMatchObject([
      { path: 'fleet/a', ...isError, message: expect.stringContaining('for each of 9 pods') },
    ]);
    expect(found[0]?.sites).toEqual(['s1', 's3']);
  });
});

describe('platforms', () => {
  const arm: TestWorkload = { id: 'a', platforms: ['linux/arm64'], objects: () => [podOwner('a')] };

  test('that no node has are an error', () => {
    expect(single(arm)).toMatchObject([
      {
        path: 'fleet/a',
        ...isError,
        message: expect.stringContaining('has images for linux/arm64, and its nodes are box (linux/amd64)'),
      },
    ]);
  });

  test('that one class has will do, unless classes are named', () => {
    const pinned = {
      ...arm,
      objects: () => [podOwner('a', { spec: { nodeSelector: { 'kubernetes.io/arch': 'arm64' } } })],
    };
    expect(mixed({ box: 1, gateway: 1 }, pinned)).toEqual([]);
    expect(mixed({ box: 1, gateway: 1 }, { ...pinned, onNodes: ['box', 'gateway'] })).toMatchObject([
      { ...isError, message: expect.stringContaining('its nodes are box (linux/amd64)') },
    ]);
    expect(mixed({ box: 1, gateway: 1 }, { ...pinned, onNodes: ['gateway'] })).toEqual([]);
  });

  test('that some nodes of a pod lack warn, and are an error where it runs on each', () => {
    expect(mixed({ box: 1, gateway: 1 }, arm)).toMatchObject([
      {
        severity: 'warning',
        rule: 'edgecdk-image-platforms',
        message: expect.stringContaining('may run on box (linux/amd64)'),
      },
    ]);
    const daemon = { ...arm, objects: () => [podOwner('a', { kind: 'DaemonSet' })] };
    expect(mixed({ box: 1, gateway: 1 }, daemon)).toMatchObject([
      { ...isError, message: expect.stringContaining('runs on box') },
    ]);
  });

  test('of the nodes that a pod selects must be among them', () => {
    const pinned = podOwner('a', { spec: { nodeSelector: { 'kubernetes.io/arch': 'amd64' } } });
    expect(mixed({ box: 1, gateway: 1 }, { ...arm, objects: () => [pinned] })).toMatchObject([
      { ...isError, message: expect.stringContaining('Deployment default/a runs on box (linux/amd64)') },
    ]);
  });

  test('that are unknown are not judged here', () => {
    expect(mixed({ box: 1, gateway: 1 }, { ...arm, platforms: 'unknown' })).toEqual([]);
  });
});

test('a placement on nodes of a class that sites do not have lists the sites and the remedy', () => {
  const classes: readonly DeviceClassModel[] = [box, gateway];
  const sites = [{ name: 's1' }, { name: 's2' }];
  expect(problemsOf({ classes, sites, workloads: [workload('a', {}, { onNodes: ['gateway'] })] })).toEqual([
    {
      path: 'fleet/a',
      severity: 'error',
      sites: ['s1', 's2'],
      message: expect.stringContaining(
        'is placed on nodes of gateway, of which some of its sites have none; add .where({ has: gateway })',
      ),
    },
  ]);
});

test('a server of less than K3s asks for is a warning of the blueprint', () => {
  const small = deviceClass('small', { memoryMiB: 1024 });
  expect(problemsOf({ classes: [small], sites: [{ name: 's', nodes: { small: 1 } }], workloads: [] })).toMatchObject([
    { path: 'fleet/store', ...isWarning, message: expect.stringContaining('K3s asks for 2048 MiB and 2') },
  ]);
});

test('counts that are none, which resolve reports, upset nothing', () => {
  const sites = [
    { name: 's', nodes: { box: -1 } },
    { name: 't', nodes: { box: Number.NaN } },
  ];
  expect(problemsOf({ classes: [box], sites, workloads: [workload('a')] })).toEqual([]);
});
