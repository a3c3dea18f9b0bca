import { KUBEEDGE } from '../../../../../lib/distributions/kubeedge/kubeedge';
import { kubeEdgeIdentity } from '../../../../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeNodeRefusals } from '../../../../../lib/distributions/kubeedge/node/refusals';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import { NODE, SITE, VAN } from './sample-input';

const HUB = { registry: 'docker.io', endpoints: ['https://mirror.example'] };
const site = { ...SITE, registries: [{ registry: 'ghcr.io', endpoints: ['http://10.20.7.5:5000'] }] };
const van = (runtime: KubeEdgeNodeInput['runtime']): KubeEdgeNodeInput => ({
  ...VAN,
  runtime,
  cluster: { ...VAN.cluster, registries: [HUB, { registry: 'ghcr.io', endpoints: [], perSite: true }] },
});

test.each<[KubeEdgeNodeInput['runtime'], string, string, string]>([
  ['containerd', '/etc/containerd/certs.d/ghcr.io/hosts.toml', 'live', '/etc/containerd/config.toml'],
  ['cri-o', '/etc/containers/registries.conf.d/60-edgecdk-site.conf', 'restart', '60-edgecdk-site.conf'],
])('with %s, mirrors at addresses of the site are in %s of the identity', (runtime, path, effect, restarts) => {
  const input = van(runtime);
  expect(kubeEdgeNodeRefusals(input)).toEqual([]);
  const { files, settings } = kubeEdgeTree(input);
  expect(files.map((file) => file.path)).not.toContain(path);
  expect(files.map(({ text }) => text).join('\n')).not.toContain('ghcr.io');
  expect(kubeEdgeIdentity(NODE, site, input).files.find((file) => file.path === path)).toMatchObject({
    effect,
    text: expect.stringContaining('10.20.7.5:5000'),
  });
  expect(settings).toContain(`IDENTITY_FILES=${path}\n`);
  expect(/^RUNTIME_FILES=(.*)$/m.exec(settings)?.[1]).toContain(restarts);
});

test('with Docker Engine they are refused', () => {
  expect(kubeEdgeNodeRefusals(van('docker')).join('\n')).toContain('mirrors of ghcr.io hold a site value');
});

test('identities depend on the runtime where they hold mirrors, and else do not', () => {
  const { identityInput } = KUBEEDGE.machines;
  expect(identityInput({ ...VAN, runtime: 'cri-o' } as KubeEdgeNodeInput)).toEqual(identityInput(VAN));
  expect(identityInput(van('cri-o'))).not.toEqual(identityInput(van('containerd')));
});
