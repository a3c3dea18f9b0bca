import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  deadlineSeconds,
  type K3sUpgradeInput,
  refuseSkip,
  upgradePlans,
} from '../../../../lib/distributions/k3s/upgrade';
import { UPGRADE_ACCOUNT, UPGRADE_NAMESPACE } from '../../../../lib/distributions/k3s/upgrade-controller';
import type { UpgradeWindow } from '../../../../lib/model/upgrade-window';
import { withFiles } from '../../../support/with-files';

const window: UpgradeWindow = { days: ['saturday', 'sunday'], start: '01:00', end: '04:00' };
const input: K3sUpgradeInput = {
  to: 'v1.34.3+k3s1',
  agents: true,
  link: { kind: 'online' },
  window,
  timeZone: 'Europe/Berlin',
};

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
  for (const spec of specs()) for (const field of Object.keys(spec)) expect(planFields).toContain(field);
});

test('Plans are where the controller looks, under the account that it has', () => {
  for (const { metadata, spec } of plans()) {
    expect([metadata.namespace, spec.serviceAccountName]).toEqual([UPGRADE_NAMESPACE, UPGRADE_ACCOUNT]);
  }
});

test('a cluster without agents has no Plan for them', () => {
  expect(plans({ agents: false }).map(({ metadata }) => metadata.name)).toEqual(['edgecdk-k3s-server']);
});

test('the window is in the time of the site', () => {
  for (const spec of specs()) {
    expect(spec.window).toEqual({
      days: ['saturday', 'sunday'],
      startTime: '01:00',
      endTime: '04:00',
      timeZone: 'Europe/Berlin',
    });
  }
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

test('a server looks at its own K3s first, with the image that it has anyhow', () => {
  expect(specs()[0]?.prepare).toEqual({
    image: 'docker.io/rancher/k3s-upgrade:v1.34.3-k3s1',
    command: ['sh', '-c', refuseSkip('v1.34.3+k3s1')],
  });
});

test.each([
  ['v1.34.3+k3s1', true],
  ['v1.34.9+k3s2', true],
  ['v1.33.5+k3s1', true],
  ['v1.32.9+k3s1', false],
  ['v1.3.4+k3s1', false],
  ['v1.340.1+k3s1', false],
  ['v1.35.1+k3s1', false],
  [undefined, false],
])('from K3s %s a server moves to v1.34.3+k3s1: %s', (version, moves) => {
  const printed =
    version === undefined ? 'exit 139' : `printf 'k3s version ${version} (0a1b2c3d)\ngo version go1.24.6\n'`;
  withFiles({ k3s: `#!/bin/sh\n${printed}\n` }, (root) => {
    const binary = join(root, 'k3s');
    execFileSync('chmod', ['+x', binary]);
    const { status, stderr } = spawnSync('sh', ['-c', refuseSkip('v1.34.3+k3s1', binary)], { encoding: 'utf8' });
    expect(status).toBe(moves ? 0 : 1);
    const told = `edgecdk: K3s ${version ?? `(none) in ${binary}`} does not move to v1.34.3+k3s1; move the cluster over each minor between\n`;
    expect(stderr).toBe(moves ? '' : told);
  });
});
