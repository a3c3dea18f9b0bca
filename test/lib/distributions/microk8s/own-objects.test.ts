import { MICROK8S_ADDONS } from '../../../../lib/catalog/microk8s-addons';
import { MICROK8S_OBJECTS } from '../../../../lib/catalog/microk8s-objects';
import { MICROK8S } from '../../../../lib/distributions/microk8s/microk8s';
import { microk8sFileProblems } from '../../../../lib/distributions/microk8s/own-objects';

function problems(apiVersion: string, kind: string, name: string, addons: readonly string[], version = '1.33/stable') {
  const [namespace, own] = name.includes('/') ? name.split('/') : [undefined, name];
  const object = { apiVersion, kind, metadata: { name: own ?? '', ...(namespace !== undefined && { namespace }) } };
  const enabled = addons.map((addon) => ({ name: addon, arguments: [] }));
  return microk8sFileProblems({ objects: [object] }, { distribution: MICROK8S, version, nodes: [], addons: enabled });
}

test.each([
  ['storage.k8s.io/v1', 'StorageClass', 'microk8s-hostpath', 'hostpath-storage'],
  ['networking.k8s.io/v1', 'IngressClass', 'public', 'ingress'],
  ['metallb.io/v1beta1', 'IPAddressPool', 'metallb-system/default-addresspool', 'metallb'],
  ['node.k8s.io/v1', 'RuntimeClass', 'nvidia', 'nvidia'],
  ['v1', 'ConfigMap', 'kube-system/coredns', 'dns'],
])('%s %s %s is an object of the addon %s, and of nobody where that is not enabled', (version, kind, name, addon) => {
  expect(problems(version, kind, name, ['rbac', addon])).toEqual([
    `makes ${kind} ${name}, which the addon ${addon} makes itself; give yours another name, or leave the addon ${addon} out`,
  ]);
  expect(problems(version, kind, name, ['rbac'])).toEqual([]);
});

test('what MicroK8s runs without any addon is its own', () => {
  expect(problems('apps/v1', 'DaemonSet', 'kube-system/calico-node', [])).toEqual([
    'makes DaemonSet kube-system/calico-node, which MicroK8s makes itself; leave it out',
  ]);
});

test('objects of other names, namespaces and kinds are the program’s', () => {
  expect(problems('storage.k8s.io/v1', 'StorageClass', 'mine', ['hostpath-storage'])).toEqual([]);
  expect(problems('v1', 'ConfigMap', 'shop/coredns', ['dns'])).toEqual([]);
  expect(problems('v1', 'Secret', 'kube-system/coredns', ['dns'])).toEqual([]);
});

test('the class traefik is the addon’s from 1.35 on', () => {
  const traefik = ['networking.k8s.io/v1', 'IngressClass', 'traefik', ['ingress']] as const;
  expect(problems(...traefik, '1.34/stable')).toEqual([]);
  expect(problems(...traefik, '1.35/stable')).toHaveLength(1);
});

test('the catalogue names objects of addons that there are, each as group, kind and name', () => {
  const { always, ...addons } = MICROK8S_OBJECTS;
  expect(Object.keys(addons).filter((name) => !(name in MICROK8S_ADDONS))).toEqual([]);
  const keys = [...(always ?? []), ...Object.values(addons).flat()];
  expect(keys.filter((key) => !/^[a-z0-9.]*\/[A-Z][A-Za-z0-9]+ ([a-z0-9-]+\/)?[a-z0-9.-]+$/.test(key))).toEqual([]);
});
