import { type ArgoCdOptions, argoCdDelivery } from '../../../../lib/engines/argo-cd/argo-cd';
import { modelProblems } from '../../../../lib/engines/argo-cd/model-problems';
import { git, oci } from './sample-content';

const problemsOf = (options: Partial<ArgoCdOptions>) => modelProblems(argoCdDelivery({ source: git, ...options }));
const window = { kind: 'allow', schedule: '0 1 * * MON-FRI', duration: '1h30m', timeZone: 'Europe/Rome' } as const;

test.each<Partial<ArgoCdOptions>>([
  {},
  { source: oci },
  { source: { ...oci, url: 'oci://registry.example:5000/a/b-c' } },
  { source: { ...git, url: 'git@git.example:fleet.git', path: 'dist/fleet', branch: 'release/1' } },
  { source: { ...git, url: 'ssh://git@git.example/fleet.git' } },
  { shape: 'site', namespace: 'gitops', syncWindows: [window, { ...window, kind: 'deny' }] },
  { progressiveSyncs: true },
])('nothing is wrong with %j', (options) => {
  expect(problemsOf(options)).toEqual([]);
});

test.each<[Partial<ArgoCdOptions>, RegExp]>([
  [{ source: { ...git, url: 'fleet' } }, /git repository 'fleet'; an address such as https:/],
  [
    { source: { ...git, url: 'https://me:hunter2@git.example/f.git' } },
    /a password in its address \(https:\/\/\.\.\.@git\.example/,
  ],
  [{ source: { ...git, branch: '' } }, /git branch ''/],
  [{ source: { ...git, branch: 'a..b' } }, /git branch 'a\.\.b'/],
  [{ source: { ...git, path: '/dist' } }, /git path '\/dist'/],
  [{ source: { ...git, path: '../dist' } }, /git path '\.\.\/dist'/],
  [
    { source: { ...oci, url: 'https://registry.example/x' } },
    /OCI source 'https:\/\/registry\.example\/x'; an address such as oci:/,
  ],
  [{ source: { ...oci, url: 'oci://registry.example' } }, /OCI source/],
  [{ source: { ...oci, tag: '-x' } }, /tag '-x'/],
  [{ namespace: 'Argo' }, /namespace 'Argo' for Argo CD; a DNS label/],
  [{ shape: 'site', progressiveSyncs: true }, /progressive syncs and an Argo CD at each site/],
  [{ syncWindows: [{ ...window, kind: 'maybe' as 'allow' }] }, /of kind 'maybe'; allow or deny/],
  [{ syncWindows: [{ ...window, schedule: 'nightly' }] }, /schedule 'nightly'; five fields/],
  [{ syncWindows: [{ ...window, schedule: '0 0 1 * * *' }] }, /five fields/],
  [{ syncWindows: [{ ...window, duration: '3 hours' }] }, /duration '3 hours'/],
  [{ syncWindows: [{ ...window, timeZone: 'Rome' }] }, /time zone 'Rome', which Argo CD would take for UTC/],
  [{ syncWindows: [{ ...window, timeZone: 'Europe/Roma' }] }, /time zone 'Europe\/Roma'/],
  [{ syncWindows: [{ ...window, timeZone: 'Europe/ROME' }] }, /time zone 'Europe\/ROME'/],
  [{ syncWindows: [window, { ...window, owner: 'a' }] }, /sync window '0 1 \* \* MON-FRI' for 1h30m twice/],
])('%j is refused', (options, message) => {
  const problems = problemsOf(options);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
  expect(problems[0]).not.toContain('hunter2');
});

test('two owners may have the same window', () => {
  const syncWindows = [
    { ...window, owner: 'a' },
    { ...window, owner: 'b' },
  ];
  expect(problemsOf({ syncWindows })).toEqual([]);
});
