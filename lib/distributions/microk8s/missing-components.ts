import { type MicroK8sMinor, parseMicroK8sChannel } from '../../catalog/microk8s';
import { addonFacts, isMicroK8sAddon, type MicroK8sAddonName } from '../../catalog/microk8s-addons';
import { ingressClasses, MICROK8S_STORAGE_CLASS } from '../../catalog/microk8s-objects';
import type { MissingComponent } from '../../model/distribution';
import { apiGroup, type KubeObject, walkScalars } from '../../model/kube-object';
import type { MicroK8sClusterModel } from '../../model/microk8s-cluster-model';

/** What an object waits for where the addon that would bring it is not enabled: MicroK8s itself has no ingress controller, load balancer or storage class. */
export function microk8sMissing(object: KubeObject, cluster: MicroK8sClusterModel): MissingComponent[] {
  const minor = parseMicroK8sChannel(cluster.version)?.minor ?? '1.27';
  const has = enabledAddons(cluster);
  const found: (MissingComponent | false)[] = [
    ...ingressNeeds(object, minor, has),
    object.kind === 'Service' &&
      specOf(object).type === 'LoadBalancer' &&
      specOf(object).loadBalancerClass === undefined &&
      !has('metallb') &&
      lacks('needs a load balancer', 'metallb'),
    claimsOf(object).some(wantsOwnClass) &&
      !has('hostpath-storage') &&
      lacks('needs a storage class', 'hostpath-storage'),
    asksFor(object, 'nvidia.com/gpu') &&
      !has('nvidia') &&
      !has('gpu') &&
      lacks(
        'asks for nvidia.com/gpu, which a device plugin offers',
        minor === '1.27' || minor === '1.28' ? 'gpu' : 'nvidia',
      ),
    apiGroup(object.apiVersion) === 'helm.cattle.io' && {
      what: 'needs the Helm controller of K3s',
      because:
        'MicroK8s has none; give its sites a delivery that installs charts (Delivery.flux), take the objects of the chart (ManifestWorkload), or acknowledge what does its work',
    },
  ];
  return found.filter((missing) => missing !== false);
}

function lacks(what: string, addon: MicroK8sAddonName): MissingComponent {
  return {
    what,
    because: `its cluster does not enable the addon ${addon}; enable it, or acknowledge what does its work`,
  };
}

/** Those that are described, and those that they enable themselves. */
function enabledAddons({ addons }: MicroK8sClusterModel): (name: MicroK8sAddonName) => boolean {
  const names = new Set<string>();
  const add = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    if (isMicroK8sAddon(name)) for (const needed of addonFacts(name).needs ?? []) add(needed);
  };
  for (const { name } of addons) add(name);
  return (name) => names.has(name);
}

/** Controllers of the community's repository, which bring classes of their own. */
const OTHER_CONTROLLERS: readonly MicroK8sAddonName[] = ['traefik', 'easyhaproxy', 'istio'];

function ingressNeeds(
  object: KubeObject,
  minor: MicroK8sMinor,
  has: (name: MicroK8sAddonName) => boolean,
): MissingComponent[] {
  if (object.kind !== 'Ingress') return [];
  const name = specOf(object).ingressClassName;
  const own = ingressClasses(minor);
  if (typeof name === 'string' && own.includes(name)) return has('ingress') || has('traefik') ? [] : [noController];
  if (name === 'traefik')
    return has('traefik')
      ? []
      : [
          {
            what: 'is of the class traefik',
            because: `MicroK8s ${minor} has ${own.join(' and ')} with its addon ingress; leave the class out, or acknowledge what brings it`,
          },
        ];
  if (name !== undefined) return [];
  return has('ingress') || OTHER_CONTROLLERS.some(has) ? [] : [noController];
}

const noController = lacks('needs an ingress controller', 'ingress');

interface Claim {
  readonly storageClassName?: string;
  readonly volumeName?: string;
}

/** An empty class, or a volume that is named, asks for one that somebody has made. */
function wantsOwnClass({ storageClassName, volumeName }: Claim): boolean {
  if (storageClassName === undefined) return volumeName === undefined;
  return storageClassName === MICROK8S_STORAGE_CLASS;
}

function claimsOf(object: KubeObject): readonly Claim[] {
  const spec = specOf(object);
  if (object.kind === 'PersistentVolumeClaim') return [spec as Claim];
  const templates = (spec.volumeClaimTemplates ?? []) as readonly { readonly spec?: Claim }[];
  return templates.map((template) => template.spec ?? {});
}

/** In its resources, wherever its containers stand. */
function asksFor({ spec }: KubeObject, resource: string): boolean {
  let found = false;
  walkScalars(spec, (value, path, isKey) => {
    if (isKey && value === resource && path.includes('resources')) found = true;
  });
  return found;
}

function specOf(object: KubeObject): Readonly<Record<string, unknown>> {
  return (object.spec ?? {}) as Readonly<Record<string, unknown>>;
}
