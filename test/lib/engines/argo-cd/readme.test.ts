import { contentOf, git, oci, type Sample, waves } from './sample-content';

function readme(sample: Sample): string {
  const content = contentOf(sample);
  return content.delivery.engine.render?.(content).files.get('README.md') ?? '';
}

const atSite = { shape: 'site' } as const;

test.each<[string, Sample, readonly string[], readonly string[]]>([
  [
    'a hub with git',
    {},
    ['annotate secret cluster-<site> argocd.argoproj.io/skip-reconcile=true', 'of `main` of https://'],
    ['publish.sh', '--force', 'oras'],
  ],
  [
    'waves of git',
    { more: { waves } },
    [
      'git push https://git.example/fleet.git <commit>:refs/heads/wave-<wave>',
      'git push --force https://git.example/fleet.git <commit>:refs/heads/wave-<wave>',
      'Before the first site starts, all of them must be there',
    ],
    ['oras'],
  ],
  [
    'a registry',
    { options: { source: oci } },
    [
      '`sh delivery/argo-cd/publish.sh <tag>` with a tag that names the release',
      `All sites follow \`stable\`: \`for folder in workloads/*; do oras tag registry.example/fleet/workloads/\${folder##*/}:<tag> stable; done\``,
    ],
    ['wave-', 'then records'],
  ],
  [
    'waves of a registry',
    { options: { source: oci, ...atSite }, more: { waves } },
    [
      '`sh delivery/argo-cd/publish.sh <tag>` with a tag that names the release',
      'then records under `stable`',
      `for folder in workloads/*; do oras tag registry.example/fleet/workloads/\${folder##*/}:<tag> wave-<wave>; done`,
      'Before the first site starts, all of them must be there',
    ],
    ['git push', ':stable wave-', 'All sites follow'],
  ],
  [
    'progressive syncs',
    { options: { source: oci, progressiveSyncs: true }, more: { waves } },
    ['All sites follow `stable`'],
    ['<tag> wave-'],
  ],
  [
    'an Argo CD at each site',
    { options: { source: git, ...atSite } },
    ['annotate applications.argoproj.io --all argocd.argoproj.io/skip-reconcile=true', 'nothing is repaired'],
    ['goes on repairing', 'publish.sh'],
  ],
])('what people do with %s is told, and nothing else', (_, sample, told, untold) => {
  const text = readme(sample);
  for (const one of told) expect(text).toContain(one);
  for (const one of untold) expect(text).not.toContain(one);
});
