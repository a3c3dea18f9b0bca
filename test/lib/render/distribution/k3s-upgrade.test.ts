import {
  DAYS,
  deadlineSeconds,
  type K3sUpgradeInput,
  type UpgradeWindow,
  upgradePlans,
  upgradeWindowProblem,
} from '../../../../lib/render/distribution/k3s-upgrade';
import { UPGRADE_ACCOUNT, UPGRADE_NAMESPACE } from '../../../../lib/render/distribution/upgrade-controller';

const input: K3sUpgradeInput = {
  to: 'v1.34.3+k3s1',
  agents: true,
  link: { kind: 'online' },
  timeZone: 'Europe/Berlin',
};
const window: UpgradeWindow = { days: ['saturday', 'sunday'], start: '01:00', end: '04:00' };

interface Plan {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
}
const plans = (more: Partial<K3sUpgradeInput> = {}) =>
  upgradePlans({ ...input, ...more }) as unknown as readonly Plan[];
const specs = (more: Partial<K3sUpgradeInput> = {}) => plans(more).map(({ spec }) => spec);

/** @see system-upgrade-controller, doc/plan.md, PlanSpec */
const planFields = [
  'concurrency',
  'jobActiveDeadlineSecs',
  'nodeSelector',
  'serviceAccountName',
  'version',
  'tolerations',
  'window',
  'prepare',
  'upgrade',
  'postCompleteDelay',
];

test('servers come first, and each Plan takes one node at a time', () => {
  const [server, agent] = plans();
  expect([server?.spec.concurrency, agent?.spec.concurrency]).toEqual([1, 1]);
  expect(agent?.spec.prepare).toEqual({
    image: 'docker.io/rancher/k3s-upgrade:v1.34.3-k3s1',
    args: ['prepare', server?.metadata.name],
  });
  expect(server?.spec.prepare).toBeUndefined();
});

test('every node is selected by exactly one Plan', () => {
  const key = 'node-role.kubernetes.io/control-plane';
  expect(specs().map((spec) => spec.nodeSelector)).toEqual([
    { matchExpressions: [{ key, operator: 'In', values: ['true'] }] },
    { matchExpressions: [{ key, operator: 'DoesNotExist' }] },
  ]);
});

test('the version is as K3s writes it, and as a tag where an image is named', () => {
  for (const spec of specs()) {
    expect(spec.version).toBe('v1.34.3+k3s1');
    expect(spec.upgrade).toEqual({ image: 'docker.io/rancher/k3s-upgrade:v1.34.3-k3s1' });
  }
});

test('no node is cordoned or drained, and all fields are those of a Plan', () => {
  for (const spec of specs({ window })) for (const field of Object.keys(spec)) expect(planFields).toContain(field);
});

test('Plans are where the controller looks, under the account that it has', () => {
  for (const { metadata, spec } of plans()) {
    expect([metadata.namespace, spec.serviceAccountName]).toEqual([UPGRADE_NAMESPACE, UPGRADE_ACCOUNT]);
  }
});

test('a cluster without agents has no Plan for them', () => {
  expect(plans({ agents: false }).map(({ metadata }) => metadata.name)).toEqual(['edgecdk-k3s-server']);
});

test('a window is in the time of the site, and absent where none is asked for', () => {
  for (const spec of specs({ window })) {
    expect(spec.window).toEqual({
      days: ['saturday', 'sunday'],
      startTime: '01:00',
      endTime: '04:00',
      timeZone: 'Europe/Berlin',
    });
  }
  for (const spec of specs()) expect('window' in spec).toBe(false);
});

test.each<[string, K3sUpgradeInput['link'], number]>([
  ['a good link: six hours', { kind: 'online', bitsPerSecond: 10_000_000 }, 6 * 3600],
  ['a link of unknown speed: six hours', { kind: 'online' }, 6 * 3600],
  ['a slow link: four times as long as the image takes', { kind: 'online', bitsPerSecond: 64_000 }, 52_429],
  ['a link that comes back: the outage on top', { kind: 'intermittent', longestOutageSeconds: 1000 }, 6 * 3600 + 1000],
  ['a link that comes back nobody knows when: none', { kind: 'intermittent' }, 0],
  ['no link: none', { kind: 'offline' }, 0],
])('the deadline with %s', (_what, link, seconds) => {
  expect(deadlineSeconds(link)).toBe(seconds);
  expect(specs({ link }).map((spec) => spec.jobActiveDeadlineSecs)).toEqual([seconds, 0]);
});

test.each<[UpgradeWindow, string | undefined]>([
  [window, undefined],
  [{ ...window, days: DAYS }, undefined],
  [{ ...window, days: [] }, 'names no day'],
  [{ ...window, days: ['someday' as 'sunday'] }, 'names the day "someday"'],
  [{ ...window, start: '1:00' }, 'has the time "1:00"'],
  [{ ...window, end: '24:00' }, 'has the time "24:00"'],
  [{ ...window, start: '22:00' }, 'does not go past midnight'],
  [{ ...window, start: '04:00' }, 'does not go past midnight'],
])('the window %j', (candidate, problem) => {
  if (problem === undefined) expect(upgradeWindowProblem(candidate)).toBeUndefined();
  else expect(upgradeWindowProblem(candidate)).toContain(problem);
});
