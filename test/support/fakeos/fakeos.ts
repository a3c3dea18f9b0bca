import type { ClusterModel, Distribution, KubernetesMinor, Machines } from '../../../lib/model/distribution';
import { published } from '../../../lib/model/figure';
import type { NodeInput } from '../../../lib/model/node-input';
import { FAKEOS_NAME, type FakeosNodeInput } from './records';
import { fakeosShared } from './shared';
import { fakeosIdentity, fakeosTree, fakeosTreeInput } from './tree';

// The run gives back what this distribution made.
const ownInput = (input: NodeInput) => input as FakeosNodeInput;
const minorOf = ({ version }: ClusterModel) => /^fakeos-(\d+\.\d+)\.\d+$/.exec(version)?.[1] as KubernetesMinor;

const machines: Machines = {
  addresses: 'none',
  networks: () => ({ pods: { prop: 'pods', texts: ['10.99.0.0/16'] }, dns: { prop: 'dns', texts: [] } }),
  siteProblems: (_cluster, { name }) => (name === 'fakeos' ? ['has the name of the distribution; take another'] : []),
  treeInput: fakeosTreeInput,
  refusals: (input) => (ownInput(input).greeting === '' ? ['fakeos does not start without a greeting'] : []),
  warnings: (input) => (ownInput(input).greeting.endsWith('!') ? [{ message: 'fakeos is loud' }] : []),
  tree: (input, role) => fakeosTree(ownInput(input), role),
  identity: ({ node }, site) => fakeosIdentity(node, site),
  identityInput: () => [],
};

/** A distribution that no folder of `lib` knows. */
export const FAKEOS: Distribution = {
  name: FAKEOS_NAME,
  title: 'fakeos',
  kubernetes: minorOf,
  problems: (cluster) =>
    minorOf(cluster) ? [] : [`has fakeos ${cluster.version}; a release is written fakeos-1.33.2`],
  overhead: () => ({ memoryMiB: published(1000, 'fakeos'), cpuMillicores: published(500, 'fakeos') }),
  minimum: () => ({ cores: published(1, 'fakeos'), memoryMiB: published(512, 'fakeos') }),
  clusterFiles: ({ cluster, trees }) => [
    {
      name: 'edgecdk-fakeos',
      retire: 'withdraw',
      objects: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'fakeos', namespace: 'kube-system' },
          data: { version: cluster.version, trees: [...trees.keys()].join(' ') },
        },
      ],
    },
  ],
  fileProblems: ({ name }) => (name === 'screen-saver' ? ['makes the file screen-saver.yaml, which fakeos has'] : []),
  missing: ({ kind }) =>
    kind === 'Ingress' ? [{ what: 'needs an ingress controller', because: 'fakeos has none; take a port' }] : [],
  hasImage: (image) => image.startsWith('fakeos.example/'),
  withdraws: false,
  manifests: 'fakeos: the manifests of a site are read to it.',
  releaseChange: (was, now) => ({ message: `moves from ${was} to ${now}, and fakeos forgets all`, isRefused: true }),
  machines,
  renderShared: fakeosShared,
};
