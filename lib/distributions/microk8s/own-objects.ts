import { parseMicroK8sChannel } from '../../catalog/microk8s';
import { ingressClasses, MICROK8S_OBJECTS } from '../../catalog/microk8s-objects';
import type { FileContent } from '../../model/file-content';
import { apiGroup, describeObject, type KubeObject } from '../../model/kube-object';
import type { MicroK8sClusterModel } from '../../model/microk8s-cluster-model';

/** Objects that MicroK8s or one of its addons makes itself: it and whoever applies the file would take turns in writing them. Names of files are free. */
export function microk8sFileProblems(
  { objects }: Pick<FileContent, 'objects'>,
  cluster: MicroK8sClusterModel,
): string[] {
  const makers = makersOf(cluster);
  return objects.flatMap((object) => {
    const maker = makers.get(keyOf(object));
    if (maker === undefined) return [];
    const remedy = maker === 'always' ? 'leave it out' : `give yours another name, or leave the addon ${maker} out`;
    const who = maker === 'always' ? 'MicroK8s' : `the addon ${maker}`;
    return [`makes ${describeObject(object)}, which ${who} makes itself; ${remedy}`];
  });
}

/** Who makes an object, by its key. */
function makersOf({ addons, version }: MicroK8sClusterModel): ReadonlyMap<string, string> {
  const names = ['always', ...addons.map(({ name }) => name)];
  const own = names.flatMap((name) =>
    (MICROK8S_OBJECTS[name as keyof typeof MICROK8S_OBJECTS] ?? []).map((key): [string, string] => [key, name]),
  );
  const minor = parseMicroK8sChannel(version)?.minor;
  if (names.includes('ingress') && minor && ingressClasses(minor).includes('traefik'))
    own.push(['networking.k8s.io/IngressClass traefik', 'ingress']);
  return new Map(own);
}

function keyOf({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): string {
  return `${apiGroup(apiVersion)}/${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
