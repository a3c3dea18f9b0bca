import { type FluxOptions, fluxDelivery } from '../../../../lib/engines/flux/flux';
import { modelProblems } from '../../../../lib/engines/flux/model-problems';
import { git, oci } from './sample-content';

const verify = { provider: 'cosign', secret: 'keys' } as const;

test.each<[string, FluxOptions, RegExp | undefined]>([
  ['artifacts', { source: oci }, undefined],
  ['a port', { source: { ...oci, url: 'oci://registry.example:5000/a/b-c' } }, undefined],
  [
    'no path',
    { source: { ...oci, url: 'oci://registry.example' } },
    /has an OCI source 'oci:\/\/registry\.example'; an address such as/,
  ],
  ['https for artifacts', { source: { ...oci, url: 'https://registry.example/fleet' } }, /has an OCI source/],
  ['capitals', { source: { ...oci, url: 'oci://registry.example/Fleet' } }, /has an OCI source/],
  ['a slash at the end', { source: { ...oci, url: 'oci://registry.example/fleet/' } }, /has an OCI source/],
  ['a tag', { source: { ...oci, tag: 'v1.2_x' } }, undefined],
  ['no tag', { source: { ...oci, tag: '' } }, /has a tag ''/],
  ['a digest as tag', { source: { ...oci, tag: 'sha256:ab' } }, /has a tag 'sha256:ab'/],
  ['signatures', { source: { ...oci, verify } }, undefined],
  [
    'another signer',
    { source: { ...oci, verify: { provider: 'notary' as 'cosign' } } },
    /verified by 'notary'; cosign is accepted/,
  ],
  ['keys of no name', { source: { ...oci, verify: { ...verify, secret: 'My Keys' } } }, /has a Secret 'My Keys'/],
  ['git', { source: git }, undefined],
  ['git by SSH', { source: { ...git, url: 'ssh://git@git.example/fleet.git' } }, undefined],
  [
    'git as scp writes it',
    { source: { ...git, url: 'git@git.example:fleet.git' } },
    /or ssh:\/\/git@git\.example\/fleet\.git is accepted/,
  ],
  [
    'a password',
    { source: { ...git, url: 'https://me:pw@git.example/fleet.git' } },
    /a password in its address \(https:\/\/\.\.\.@git\.example\/fleet\.git\)/,
  ],
  ['a branch', { source: { ...git, branch: 'a b' } }, /has a git branch 'a b'/],
  ['the top of the repository', { source: { ...git, path: '' } }, undefined],
  ['a path with a slash', { source: { ...git, path: '/dist' } }, /has a git path '\/dist'/],
  ['a path out of it', { source: { ...git, path: 'a/../..' } }, /has a git path/],
  ['a minute', { source: git, intervalMinutes: 1 }, undefined],
  ['no time', { source: git, intervalMinutes: 0 }, /has an interval of 0 minutes; whole minutes from 1 to 10080/],
  ['half a minute', { source: git, intervalMinutes: 0.5 }, /0\.5 minutes/],
  ['a year', { source: git, intervalMinutes: 525_600 }, /525600 minutes/],
  ['a key', { source: git, decryption: { secret: 'sops-age' } }, undefined],
  ['a key of no name', { source: git, decryption: { secret: '' } }, /has a Secret ''/],
])('%s', (_, options, problem) => {
  const problems = modelProblems(fluxDelivery(options));
  if (problem === undefined) expect(problems).toEqual([]);
  else expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems.join()).not.toContain('pw');
});
