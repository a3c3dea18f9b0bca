import { MICROK8S } from '../../../../lib/distributions/microk8s/microk8s';
import { microk8sMissing } from '../../../../lib/distributions/microk8s/missing-components';
import type { KubeObject } from '../../../../lib/model/kube-object';

const object = (kind: string, spec: object, apiVersion = 'v1'): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a' },
  spec,
});
const ingress = (ingressClassName?: string) => object('Ingress', { ingressClassName }, 'networking.k8s.io/v1');
const claim = (spec: object) => object('PersistentVolumeClaim', spec);
const container = (resources: object) => ({ containers: [{ name: 'c', resources }] });
const gpu = object('Deployment', { template: { spec: container({ limits: { 'nvidia.com/gpu': 1 } }) } }, 'apps/v1');

/** What an object waits for in a cluster with these addons. */
function missing(one: KubeObject, addons: readonly string[] = [], version = '1.33/stable'): string[] {
  const cluster = {
    distribution: MICROK8S,
    version,
    nodes: [],
    addons: addons.map((name) => ({ name, arguments: [] })),
  };
  return microk8sMissing(one, cluster).map(({ what, because }) => `${what}, and ${because}`);
}

test.each<[string, KubeObject, string, string[]]>([
  ['an Ingress', ingress(), 'needs an ingress controller', ['ingress', 'traefik']],
  ['an Ingress of the default class', ingress('public'), 'needs an ingress controller', ['ingress']],
  ['a Service', object('Service', { type: 'LoadBalancer' }), 'needs a load balancer', ['metallb']],
  ['a claim', claim({}), 'needs a storage class', ['hostpath-storage', 'registry']],
  ['a claim of its class', claim({ storageClassName: 'microk8s-hostpath' }), 'needs a storage class', ['minio']],
  [
    'a StatefulSet with claims',
    object('StatefulSet', { volumeClaimTemplates: [{ spec: {} }] }, 'apps/v1'),
    'needs a storage class',
    ['hostpath-storage'],
  ],
  ['a container with a GPU', gpu, 'asks for nvidia.com/gpu', ['nvidia', 'gpu']],
])('%s waits in vain until the addon is enabled that serves it', (_what, one, expected, addons) => {
  expect(missing(one)).toEqual([expect.stringMatching(new RegExp(`^${expected}.*does not enable the addon`))]);
  for (const addon of addons) expect(missing(one, ['rbac', addon])).toEqual([]);
});

test.each<[string, KubeObject]>([
  ['an Ingress of a class of somebody else', ingress('haproxy')],
  ['a Service of a load balancer of its own', object('Service', { type: 'LoadBalancer', loadBalancerClass: 'a/b' })],
  ['a Service without one', object('Service', { type: 'ClusterIP' })],
  ['a claim of a class of somebody else', claim({ storageClassName: 'ceph' })],
  ['a claim of a volume that is named', claim({ volumeName: 'disk' })],
  ['a claim without a class', claim({ storageClassName: '' })],
  ['a container without a GPU', object('Pod', container({ limits: { memory: '1Gi' } }))],
])('%s waits for nothing of MicroK8s', (_what, one) => {
  expect(missing(one)).toEqual([]);
});

test('the class traefik is one of the addon ingress from 1.35 on, and before of another addon alone', () => {
  expect(missing(ingress('traefik'), ['ingress'], '1.35/stable')).toEqual([]);
  expect(missing(ingress('traefik'), ['traefik'])).toEqual([]);
  expect(missing(ingress('traefik'), ['ingress'])).toEqual([
    'is of the class traefik, and MicroK8s 1.33 has public and nginx with its addon ingress; leave the class out, or acknowledge what brings it',
  ]);
});

test('the addon for GPUs has the name that it has in the track', () => {
  expect(missing(gpu, [], '1.28/stable').join()).toContain('the addon gpu;');
  expect(missing(gpu, [], '1.29/stable').join()).toContain('the addon nvidia;');
});

test('a chart that the controller of K3s would install finds none', () => {
  expect(missing(object('HelmChart', { chart: 'a' }, 'helm.cattle.io/v1'))).toEqual([
    expect.stringMatching(
      /^needs the Helm controller of K3s, and MicroK8s has none; give its sites a delivery .*, take the objects of the chart/,
    ),
  ]);
});
