import { randomBytes } from 'node:crypto';
import {
  modelProblems,
  nameProblems,
  sharedNameProblems,
  sizeProblem,
} from '../../../../lib/engines/rancher-fleet/problems';
import type { RancherFleetOptions } from '../../../../lib/engines/rancher-fleet/rancher-fleet';
import { RANCHER_FLEET } from '../../../../lib/engines/rancher-fleet/rancher-fleet';
import { deliveryOf, GIT, layerOf, variantOf } from './sample-content';

const told = (options: Partial<RancherFleetOptions>) => modelProblems(deliveryOf({ ...options }));
const git = (more: Partial<RancherFleetOptions['git']>) => told({ git: { ...GIT, ...more } });

test.each<[string, string[], RegExp]>([
  ['no address', git({ url: '' }), /has a git repository ''; an address such as/],
  [
    'an address with a password',
    git({ url: 'https://me:hunter2@git.example/a.git' }),
    /with a password in its address \(https:\/\/me:\.\.\.@git\.example/,
  ],
  ['no branch', git({ branch: '' }), /has a git branch ''/],
  ['a path from the root', git({ path: '/dist' }), /has a git path '\/dist'/],
  ['a path that goes up', git({ path: '../dist' }), /has a git path '\.\.\/dist'/],
  ['a path that goes up inside', git({ path: 'a/../dist' }), /has a git path/],
  ['a namespace that is none', told({ namespace: 'Fleet' }), /has a namespace 'Fleet'; a DNS label/],
  ['a limit that stops all', told({ maxUnavailable: 0 }), /has a maxUnavailable of 0/],
  ['a share of all', told({ offlineShare: 1 }), /has an offlineShare of 1; a share from 0 to less than 1/],
  ['a share that is none', told({ offlineShare: Number.NaN }), /has an offlineShare of NaN/],
  ['no time', told({ rollBackAfterSeconds: 0 }), /has rollBackAfterSeconds of 0/],
])('%s is refused with what is accepted', (_, problems, what) => {
  expect(problems).toEqual([expect.stringMatching(what)]);
});

test.each<[string, string[]]>([
  ['as little as can be said', told({})],
  ['all that can be said', told({ namespace: 'a', maxUnavailable: 5, offlineShare: 0.1, rollBackAfterSeconds: 60 })],
  ['an address of ssh', git({ url: 'git@git.example:grocer/fleet.git', path: 'out/dist', secret: 'git' })],
  ['an address with a user', git({ url: 'https://me@git.example/fleet.git' })],
])('%s is fine', (_, problems) => {
  expect(problems).toEqual([]);
});

test('no message has the password of an address', () => {
  const problems = git({ url: 'https://me:hunter2@git.example/a b.git' });
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.join()).not.toContain('hunter2');
});

test('the engine tells the same', () => {
  expect(RANCHER_FLEET.problems(deliveryOf({ maxUnavailable: 0 }))).toHaveLength(1);
});

test.each<[string, string, string, RegExp | undefined]>([
  ['53 characters', 'a'.repeat(53), 'default', undefined],
  ['54 characters', 'a'.repeat(54), 'default', /has an id of 54 characters, .*at most 53/],
  ['a period', 'a.b', 'default', /has the id 'a\.b'/],
  ["the agent's own name", 'fleet-agent-watch', 'default', /begins with fleet-agent is never removed/],
  ['a variant of 63 characters', 'a', 'v'.repeat(63), undefined],
  ['a variant of 64 characters', 'a', 'v'.repeat(64), /\(64 characters\)/],
  ['a variant with what no label has', 'a', 'v+w', /has a variant 'v\+w'/],
])('a layer with %s', (_, name, variant, what) => {
  const problems = nameProblems(layerOf(name, [variantOf(variant, [])]));
  expect(problems).toEqual(what ? [expect.stringMatching(what)] : []);
});

test('a cluster that sites share names bundles, too', () => {
  const cluster = (id: string, siteShards?: readonly string[]) => ({
    id,
    path: 'a',
    folder: `clusters/${id}`,
    siteShards,
  });
  expect(sharedNameProblems(cluster('a'.repeat(45)))).toEqual([]);
  expect(sharedNameProblems(cluster('a'.repeat(46)))).toEqual([expect.stringMatching(/up to 54 .*at most 45/)]);
  expect(sharedNameProblems(cluster('a'.repeat(45), ['0']))).toEqual([expect.stringMatching(/up to 61 .*at most 37/)]);
});

test('a bundle is too large when it is so packed', () => {
  const noise = (bytes: number) => randomBytes(bytes / 2).toString('hex');
  const files = (text: string) => new Map([['default/templates/a.yaml', text]]);
  expect(sizeProblem(files(noise(900_000)))).toBeUndefined();
  expect(sizeProblem(files('a'.repeat(20_000_000)))).toBeUndefined();
  expect(sizeProblem(files(noise(4_000_000)))).toMatch(
    /^makes a bundle of 3\.8 MiB, 2\.\d MiB packed, with 1 files; Rancher Fleet stores it as one object, of 1\.5 MiB at most\. /,
  );
});
