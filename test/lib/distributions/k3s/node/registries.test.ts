import { parse } from 'yaml';
import { k3sIdentity, k3sIdentityInput } from '../../../../../lib/distributions/k3s/node/identity';
import { k3sNodeRefusals, k3sNodeWarnings } from '../../../../../lib/distributions/k3s/node/refusals';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import type { NodeFile } from '../../../../../lib/model/node-tree';
import { node, SERVERS, SINGLE, SITE } from '../../../render/node/sample-input';

const FILE = '/etc/rancher/k3s/registries.yaml';
const CRIO = '/etc/containers/registries.conf.d/60-edgecdk-site.conf';
const HUB = { registry: 'docker.io', endpoints: ['https://mirror.example'] };
const OWN = { registry: 'ghcr.io', credentials: 'login', caFile: '/etc/ca.pem' };
const SITE_MIRRORS = [{ ...OWN, endpoints: ['http://10.20.7.5:5000'] }];

const withCluster = (cluster: Partial<K3sNodeInput['cluster']>, more: Partial<K3sNodeInput> = {}): K3sNodeInput => ({
  ...SINGLE,
  ...more,
  cluster: { ...SINGLE.cluster, ...cluster },
});
const perSite = withCluster({ registries: [HUB, { ...OWN, endpoints: [], perSite: true }] });

function identityOf(input: K3sNodeInput, registries = SITE_MIRRORS): readonly NodeFile[] {
  return k3sIdentity(node(0), SERVERS, { ...SITE, registries }, k3sIdentityInput(input)).files;
}

function yamlAt(files: readonly NodeFile[], path: string): unknown {
  const file = files.find((one) => one.path === path);
  return file && parse(file.text, { version: '1.1' });
}

describe('mirrors with addresses of a site’s own', () => {
  test('are part of the identity, with all others, since K3s reads one file', () => {
    expect(yamlAt(k3sServerTree(perSite).files, FILE)).toBeUndefined();
    expect(yamlAt(identityOf(perSite), FILE)).toEqual({
      mirrors: { 'docker.io': { endpoint: HUB.endpoints }, 'ghcr.io': { endpoint: ['http://10.20.7.5:5000'] } },
      configs: {
        '10.20.7.5:5000': { auth: { auth: '@edgecdk-credentials@login' }, tls: { ca_file: '/etc/ca.pem' } },
      },
    });
    const file = identityOf(perSite).find(({ path }) => path === FILE);
    expect(file).toMatchObject({ effect: 'restart', mode: '0600', secrets: ['login'] });
  });

  test('must have come with the identity before the tree is taken', () => {
    expect(k3sServerTree(perSite).settings).toContain(`IDENTITY_FILES=${FILE}\n`);
    expect(k3sServerTree(withCluster({ registries: [HUB] })).settings).not.toContain('IDENTITY_FILES');
  });

  test('have their credentials put in before each start, as those of a tree have', () => {
    const { files, secrets } = k3sAgentTree({ ...perSite, secrets: { agentToken: 'a' } });
    expect(secrets.map(({ name }) => name)).toContain('login');
    expect(yamlAt(files, '/etc/rancher/k3s/config.yaml')).toMatchObject({
      'private-registry': '/run/edgecdk/registries.yaml',
    });
  });

  test('stand with CRI-O in a file beside that of the tree, and restart it', () => {
    const crio: K3sNodeInput = {
      ...withCluster({
        registries: [HUB, { ...OWN, credentials: undefined, caFile: undefined, endpoints: [], perSite: true }],
      }),
      runtime: 'cri-o',
    };
    const { files, settings } = k3sServerTree(crio);
    const [tree, own] = [files, identityOf(crio)].map((all) => all.find(({ path }) => path === CRIO)?.text);
    expect(tree).toBeUndefined();
    expect(own).toContain('prefix = "ghcr.io"');
    expect(own).toContain('location = "10.20.7.5:5000"\ninsecure = true');
    expect(own).not.toContain('docker.io');
    expect(settings).toContain(`IDENTITY_FILES=${CRIO}\n`);
    const before = files.find(({ path }) => path.endsWith('before-k3s.sh'))?.text;
    expect(before).toMatch(/sha256sum .*60-edgecdk-site\.conf"/);
  });

  test('are refused with Docker', () => {
    expect(k3sNodeRefusals({ ...perSite, runtime: 'docker' }).join('\n')).toContain(
      'Docker Engine has one file for all its settings, which is equal at all sites, and mirrors of ghcr.io hold a site value',
    );
    expect(identityOf({ ...perSite, runtime: 'docker' }).map(({ path }) => path)).not.toContain(FILE);
  });

  test('make identities of others no different', () => {
    expect(k3sIdentityInput(withCluster({ registries: [HUB] }))).toEqual(k3sIdentityInput(SINGLE));
    expect(k3sIdentityInput(perSite)).not.toEqual(k3sIdentityInput(SINGLE));
  });
});

describe('nodes that have images from each other', () => {
  const agents = { agents: true, embeddedRegistry: true } as const;
  const secrets = { token: 'token', agentToken: 'agent-token' };
  const sharing = (cluster: Partial<K3sNodeInput['cluster']> = {}, more: Partial<K3sNodeInput> = {}) =>
    withCluster({ ...agents, ...cluster }, { secrets, ...more });
  const mirrorsOf = (cluster: Partial<K3sNodeInput['cluster']>) =>
    (yamlAt(k3sAgentTree(sharing(cluster)).files, FILE) as { readonly mirrors: object }).mirrors;

  test('share images of all registries, whatever mirrors there are', () => {
    expect(mirrorsOf({})).toEqual({ '*': {} });
    expect(mirrorsOf({ registries: [HUB] })).toEqual({ '*': {}, 'docker.io': { endpoint: HUB.endpoints } });
    const all = { registry: '*', endpoints: ['https://all.example'] };
    expect(mirrorsOf({ registries: [all] })).toEqual({ '*': { endpoint: all.endpoints } });
  });

  test('share those of named registries alone where they are kept from others: an entry for all would keep them from all', () => {
    const registries = [HUB, { registry: 'ghcr.io', endpoints: [] }];
    expect(mirrorsOf({ registries, onlyMirrors: true })).toEqual({
      'docker.io': { endpoint: HUB.endpoints },
      'ghcr.io': {},
    });
  });

  test('have it on all nodes, of the identity too', () => {
    const own = sharing({ registries: [{ ...OWN, endpoints: [], perSite: true }] });
    expect(yamlAt(identityOf(own), FILE)).toMatchObject({
      mirrors: { '*': {}, 'ghcr.io': { endpoint: ['http://10.20.7.5:5000'] } },
    });
  });

  test.each<[string, K3sNodeInput, string]>([
    [
      'with Docker',
      sharing({}, { runtime: 'docker' }),
      "embeddedRegistry shares images of K3s's own containerd, and device class 'till' has Docker Engine",
    ],
    [
      'with mirrors alone, of which there are none',
      sharing({ onlyMirrors: true }),
      'with onlyMirrors nodes share images of named registries alone',
    ],
    [
      'where they do not share',
      withCluster({ registries: [{ registry: 'ghcr.io', endpoints: [] }] }),
      'mirrors of ghcr.io have no address',
    ],
  ])('are refused %s', (_, input, message) => {
    expect(k3sNodeRefusals(input).join('\n')).toContain(message);
  });

  test('are fine with a registry that has no mirror', () => {
    expect(k3sNodeRefusals(sharing({ registries: [{ registry: 'ghcr.io', endpoints: [] }] }))).toEqual([]);
  });

  test('are told, where there is one alone', () => {
    const alone = withCluster({ embeddedRegistry: true });
    expect(k3sNodeWarnings(alone, 'server')).toMatchObject([{ rule: 'edgecdk-k3s-embedded-registry' }]);
    expect(k3sNodeWarnings(sharing(), 'server')).toEqual([]);
    expect(k3sNodeWarnings(SINGLE, 'server')).toEqual([]);
  });
});
