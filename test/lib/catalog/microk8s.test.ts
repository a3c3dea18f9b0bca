import { MICROK8S_TRACKS, parseMicroK8sChannel } from '../../../lib/catalog/microk8s';
import {
  addonFacts,
  isMicroK8sAddon,
  MICROK8S_ADDONS,
  type MicroK8sAddonName,
} from '../../../lib/catalog/microk8s-addons';
import { MICROK8S_DEFAULT_ARGUMENTS, MICROK8S_OWNED_ARGUMENTS } from '../../../lib/catalog/microk8s-arguments';
import { MICROK8S_LAUNCH_KEYS } from '../../../lib/catalog/microk8s-launch';
import { MICROK8S_OVERHEAD } from '../../../lib/catalog/microk8s-overheads';
import { MICROK8S_PORTS } from '../../../lib/catalog/microk8s-ports';

const MINORS = Object.keys(MICROK8S_TRACKS);

test.each([
  ['1.33/stable', { minor: '1.33', confinement: 'classic', risk: 'stable' }],
  ['1.28-strict/candidate', { minor: '1.28', confinement: 'strict', risk: 'candidate' }],
])('the channel %s names a track, a confinement and a risk', (channel, parts) => {
  expect(parseMicroK8sChannel(channel)).toEqual(parts);
});

test.each([
  'latest/stable',
  'stable',
  '1.33',
  '1.33/stable/fix',
  '1.26/stable',
  '1.36-strict/stable',
  'v1.33/stable',
  '1.033/stable',
])('%s is no channel that is known', (channel) => {
  expect(parseMicroK8sChannel(channel)).toBeUndefined();
});

test('every key of the launch configuration has a type, the track that first reads it, and a source', () => {
  for (const [name, key] of Object.entries(MICROK8S_LAUNCH_KEYS)) {
    expect([name, MINORS.includes(key.since), key.source.length > 0]).toEqual([name, true, true]);
    // The agent of 1.27 reads the first version alone.
    expect([name, key.version === '0.2.0']).toEqual([name, key.since === '1.28']);
    expect([name, key.type === 'never']).toEqual([name, 'why' in key]);
  }
});

test('defaults are those of keys that take arguments, one for each track at the most', () => {
  for (const { key, name, minors } of MICROK8S_DEFAULT_ARGUMENTS) {
    expect([name, MICROK8S_LAUNCH_KEYS[key].type]).toEqual([name, 'arguments']);
    for (const minor of minors ?? MINORS) {
      const same = MICROK8S_DEFAULT_ARGUMENTS.filter(
        (other) => other.key === key && other.name === name && (other.minors ?? MINORS).some((one) => one === minor),
      );
      expect([key, name, minor, same.length]).toEqual([key, name, minor, 1]);
    }
  }
});

test('arguments that no program says are those of keys that take arguments, each with what to do', () => {
  for (const [key, names] of Object.entries(MICROK8S_OWNED_ARGUMENTS)) {
    expect(MICROK8S_LAUNCH_KEYS[key as keyof typeof MICROK8S_LAUNCH_KEYS].type).toBe('arguments');
    for (const [name, why] of Object.entries(names))
      expect([/^--[a-z-]+$/.test(name), why.length > 10]).toEqual([true, true]);
  }
});

test('addons that another needs are addons, and each track is in order', () => {
  for (const name of Object.keys(MICROK8S_ADDONS) as MicroK8sAddonName[]) {
    const { needs = [], since, until, architectures } = addonFacts(name);
    expect([name, needs.filter((needed) => !isMicroK8sAddon(needed))]).toEqual([name, []]);
    expect([
      name,
      since === undefined || until === undefined || MINORS.indexOf(since) <= MINORS.indexOf(until),
    ]).toEqual([name, true]);
    expect(architectures.length).toBeGreaterThan(0);
  }
});

test('figures of overhead say that they are guesses', () => {
  expect(Object.values(MICROK8S_OVERHEAD).map(({ memoryMiB }) => memoryMiB.grade)).toEqual(['guessed', 'guessed']);
});

test('no port is listed twice, and none of K3s is', () => {
  const ports = MICROK8S_PORTS.map(({ port, protocol }) => `${port}/${protocol}`);
  expect(new Set(ports).size).toBe(ports.length);
  expect(ports).not.toContain('6443/tcp');
});
