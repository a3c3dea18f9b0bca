import { partSpec, partsOf, sharedClusterSet } from '../../../../lib/engines/argo-cd/shared-clusters';
import { siteFiles } from '../../../../lib/engines/argo-cd/site-shape';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { contentOf, git, oci } from './sample-content';

const cloud = { id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud', siteShards: ['0a', 'f3'] };

test('what all sites have is one Application, and what each adds is one for each shard', () => {
  expect(partsOf(cloud)).toEqual([
    { part: 'manifests', folder: 'manifests' },
    { part: 'sites-0a', folder: 'sites/0a' },
    { part: 'sites-f3', folder: 'sites/f3' },
  ]);
  expect(partsOf({ id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud' })).toHaveLength(1);
});

test('a hub delivers to the cluster that bears its label', () => {
  const { metadata, spec } = sharedClusterSet(cloud, contentOf());
  expect(metadata.name).toBe('cluster.cloud');
  expect(spec).toMatchObject({
    generators: [
      {
        matrix: {
          generators: [
            { clusters: { selector: { matchLabels: { 'edgecdk.dev/cluster': 'cloud' } } } },
            { list: { elements: partsOf(cloud) } },
          ],
        },
      },
    ],
    syncPolicy: { preserveResourcesOnDeletion: true },
    template: {
      metadata: { name: 'cluster.cloud-{{ .part }}' },
      spec: { destination: { name: '{{ .name }}' }, syncPolicy: { automated: { prune: false, selfHeal: true } } },
    },
  });
});

test.each([
  [{ ...git, path: 'dist' }, 'https://git.example/fleet.git', 'dist/clusters/cloud/sites/0a', 'main'],
  [oci, 'oci://registry.example/fleet/clusters/cloud', 'sites/0a', 'stable'],
])('its folder is one artifact: %j', (source, repoURL, path, targetRevision) => {
  const { source: found } = partSpec(cloud, 'sites/0a', contentOf({ options: { source } }), 'in-cluster');
  expect(found).toEqual({ repoURL, path, targetRevision, directory: { recurse: true } });
});

test('an Argo CD in the cluster itself has the same Applications', () => {
  const files = siteFiles(contentOf({ options: { shape: 'site' }, more: { sharedClusters: [cloud] } }));
  const applications = files.get('clusters/cloud.yaml') as KubeObject[];
  expect(applications.map(({ metadata }) => metadata.name)).toEqual([
    'cluster.cloud-manifests',
    'cluster.cloud-sites-0a',
    'cluster.cloud-sites-f3',
  ]);
  expect(applications[1]?.spec).toMatchObject({ destination: { name: 'in-cluster' } });
});
