import type { DeviceClassModel } from '../../../../../lib/model/device-class-model';
import type { Platform } from '../../../../../lib/model/platform';
import { box, deviceClass, podSpec, render, runs, till, week } from './fixtures';

const pi3 = deviceClass('pi3', 'linux/arm64', 'linux/arm/v7');

function affinity(
  deviceClasses: readonly DeviceClassModel[],
  platforms?: readonly Platform[],
  onNodes?: readonly DeviceClassModel[],
) {
  const placement = { where: [], except: [], onNodes: onNodes?.map((c) => c.path) };
  const found = podSpec(render({ platforms }, { deviceClasses }, { placement })).affinity as
    | {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: object[] }] };
        };
      }
    | undefined;
  return found?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions;
}

const classIn = (...values: string[]) => ({ key: 'edgecdk.dev/device-class', operator: 'In', values });
const archIn = (...values: string[]) => ({ key: 'kubernetes.io/arch', operator: 'In', values });

test.each<[string, DeviceClassModel[], Platform[] | undefined, DeviceClassModel[] | undefined, object[] | undefined]>([
  ['one class and any image', [till], undefined, undefined, undefined],
  ['one class that is meant', [till], undefined, [till], undefined],
  ['one class of two', [box, till], undefined, [till], [classIn('till')]],
  ['both classes', [box, till], undefined, [till, box], undefined],
  ['two classes of three', [box, pi3, till], undefined, [till, box], [classIn('box', 'till')]],
  ['an image for all nodes', [box, till], ['linux/arm64', 'linux/amd64'], undefined, undefined],
  ['an image for some nodes', [box, till], ['linux/arm64'], undefined, [archIn('arm64')]],
  ['an image for the class that is meant', [box, till], ['linux/arm64'], [till], [classIn('till')]],
  ['a class of two architectures', [pi3], ['linux/arm64'], undefined, [archIn('arm64')]],
  [
    'a class and an architecture',
    [box, pi3],
    ['linux/arm/v7', 'linux/amd64'],
    [pi3],
    [classIn('pi3'), archIn('amd64', 'arm')],
  ],
  ['an architecture that no node has', [till], ['linux/amd64'], undefined, undefined],
])('%s', (_what, deviceClasses, platforms, onNodes, expected) => {
  expect(affinity(deviceClasses, platforms, onNodes)).toEqual(expected);
});

test('nodes of a class that the cluster does not have are left to the checks', () => {
  expect(affinity([till], undefined, [box])).toBeUndefined();
});

test.each([
  ['replicas', runs.replicas(1), week],
  ['stateful', { ...runs.stateful(1), moveAfterSeconds: 600 }, 600],
  ['once', runs.once, week],
  ['schedule', runs.schedule, week],
] as const)('pods of %s stay with a node that does not answer', (_kind, run, tolerationSeconds) => {
  expect(podSpec(render({ run })).tolerations).toEqual(
    ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds,
    })),
  );
});

test('a DaemonSet tolerates it by itself', () => {
  expect(podSpec(render({ run: runs.everyNode }))).not.toHaveProperty('tolerations');
});

test('several copies spread over the nodes as far as there are any', () => {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/name': 'pos' } };
  const expected = [
    { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
  ];
  for (const run of [runs.replicas(2), runs.stateful(3)]) {
    expect(podSpec(render({ run })).topologySpreadConstraints).toEqual(expected);
  }
  expect(podSpec(render({ run: runs.replicas(1) }))).not.toHaveProperty('topologySpreadConstraints');
});
