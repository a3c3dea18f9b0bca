import { git, made, oci, type Sample, waves } from './sample-content';

function readme(sample: Sample = {}): string {
  return made(sample).files.get('README.md') ?? '';
}

const cluster = { id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud' };
const signed = { ...oci, secret: 'login', verify: { provider: 'cosign', secret: 'keys' } } as const;

test.each<[string, Sample, readonly string[], readonly string[]]>([
  [
    'artifacts',
    {},
    ['delivery/flux/publish.sh <tag>` with `stable`', 'flux install'],
    ['## Waves', 'cosign', 'git push'],
  ],
  [
    'signed artifacts',
    { options: { source: signed } },
    ['`cosign`', 'COSIGN_KEY', 'flux create secret oci login', 'create secret generic keys --from-file cosign.pub'],
    ['git push'],
  ],
  [
    'waves of artifacts',
    { more: { waves } },
    [
      '`wave-canary`, `wave-rest`',
      'flux tag artifact oci://registry.example/fleet/',
      'nothing holds the next wave back',
    ],
    ['git push'],
  ],
  [
    'waves of git',
    { options: { source: git }, more: { waves } },
    [
      'git push https://git.example/fleet.git <commit>:refs/heads/wave-<wave>',
      'git push --force https://git.example/fleet.git <commit>:refs/heads/wave-<wave>',
      '`dist` of `main`',
    ],
    ['publish.sh', 'flux tag'],
  ],
  [
    'decryption',
    { options: { decryption: { secret: 'sops-age' } } },
    ['create secret generic sops-age --from-file sites.agekey'],
    ['cloud'],
  ],
  [
    'shared clusters',
    { more: { sharedClusters: [cluster] } },
    ['kubectl apply --server-side -f delivery/flux/clusters/cloud.yaml'],
    [],
  ],
])('the commands for %s are told, and no others', (_, sample, told, untold) => {
  const text = readme(sample);
  for (const one of told) expect(text).toContain(one);
  for (const one of untold) expect(text).not.toContain(one);
});

test('steps of a new site are numbered in their order', () => {
  const numbers = (sample: Sample) =>
    [...(readme(sample).split('## A new site')[1] ?? '').matchAll(/^(\d)\. /gm)].map(([, number]) => number);
  expect(numbers({})).toEqual(['1', '2']);
  expect(numbers({ options: { source: signed, decryption: { secret: 'sops-age' } } })).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
  ]);
});
