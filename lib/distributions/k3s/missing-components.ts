import type { MissingComponent } from '../../model/distribution';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import type { KubeObject } from '../../model/kube-object';

/** What an object waits for where a packaged component is disabled and nothing else takes its place. */
export function k3sMissing(object: KubeObject, { disable }: K3sClusterModel): MissingComponent[] {
  return needs(object)
    .filter(({ component }) => disable.includes(component))
    .map(({ component, what }) => ({
      what,
      because: `its cluster disables ${component}; leave that on, or acknowledge what does its work`,
    }));
}

function needs(object: KubeObject): { readonly component: string; readonly what: string }[] {
  const spec = (object.spec ?? {}) as {
    readonly ingressClassName?: string;
    readonly storageClassName?: string;
    readonly type?: string;
    readonly volumeClaimTemplates?: readonly { readonly spec?: { readonly storageClassName?: string } }[];
  };
  const claims =
    object.kind === 'PersistentVolumeClaim' ? [spec] : (spec.volumeClaimTemplates ?? []).map((c) => c.spec ?? {});
  return [
    ...(object.kind === 'Ingress' && (spec.ingressClassName ?? 'traefik') === 'traefik'
      ? [{ component: 'traefik', what: 'needs an ingress controller' }]
      : []),
    ...(object.kind === 'Service' && spec.type === 'LoadBalancer'
      ? [{ component: 'servicelb', what: 'needs a load balancer' }]
      : []),
    ...(claims.some((claim) => (claim.storageClassName ?? 'local-path') === 'local-path')
      ? [{ component: 'local-storage', what: 'needs a storage class' }]
      : []),
  ];
}
