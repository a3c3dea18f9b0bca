import { parse } from 'yaml';
import { MICROK8S } from '../../../../../lib/distributions/microk8s/microk8s';
import { microk8sIdentity } from '../../../../../lib/distributions/microk8s/node/identity';
import { microk8sNodeRefusals } from '../../../../../lib/distributions/microk8s/node/refusals';
import { microk8sTree } from '../../../../../lib/distributions/microk8s/node/tree';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import type { NodeFile } from '../../../../../lib/model/node-tree';
import { ALONE, DEPOT, DEPOT_LABELS, DEPOT_NODES, DEPOT_SITE, withCluster } from './sample-microk8s';

const FOLDER = '/etc/edgecdk/microk8s';
const HUB = { registry: 'docker.io', endpoints: ['https://mirror.example'] };
const OWN = { registry: '*', credentials: 'login' };
const perSite = withCluster({ registries: [HUB, { ...OWN, endpoints: [], perSite: true }], onlyMirrors: true });

function registriesIn(files: readonly NodeFile[], path: string): Readonly<Record<string, string>> | undefined {
  const text = files.find((file) => file.path === `${FOLDER}/${path}`)?.text ?? '';
  return parse(text).containerdRegistryConfigs;
}

describe('mirrors with addresses of a site’s own', () => {
  const [first] = DEPOT_NODES as [NodeRecord];
  const site = { ...DEPOT_SITE, registries: [{ ...OWN, endpoints: ['http://10.20.7.5:5000'] }] };
  const { files } = microk8sTree(perSite, 'server');
  const own = microk8sIdentity(first, [first], DEPOT_LABELS, site, perSite).files;

  test('are said in the node’s own part of the launch configuration, and all others in the tree’s', () => {
    expect(Object.keys(registriesIn(files, 'launch.yaml') ?? {})).toEqual(['docker.io']);
    const hosts = registriesIn(own, 'launch-node.yaml');
    expect(Object.keys(hosts ?? {})).toEqual(['_default']);
    expect(hosts?._default).toContain('server = "http://10.20.7.5:5000"\n');
    expect(hosts?._default).toContain('authorization = "Basic @edgecdk-credentials@login@"');
    expect(own.find(({ path }) => path.endsWith('launch-node.yaml'))?.secrets).toEqual(['login']);
  });

  test('go when the tree knows the registry no more, and stay when it begins to', () => {
    const undo = files.find(({ path }) => path === `${FOLDER}/launch.undo`)?.text;
    expect(undo).toContain('containerdRegistryConfigs\t"_default"\t""\n');
    expect(undo).toContain('containerdRegistryConfigs\t"docker.io"\t""\n');
  });

  test('make identities of others no different', () => {
    const { identityInput } = MICROK8S.machines;
    expect(identityInput(DEPOT)).toEqual(identityInput({ ...DEPOT, cluster: { ...DEPOT.cluster, registries: [] } }));
    expect(identityInput(perSite)).not.toEqual(identityInput(ALONE));
  });
});

test('a registry without an address is refused', () => {
  expect(microk8sNodeRefusals(withCluster({ registries: [{ ...HUB, endpoints: [] }] })).join('\n')).toContain(
    'mirrors of docker.io have no address (endpoints)',
  );
  expect(microk8sNodeRefusals(perSite)).toEqual([]);
});
