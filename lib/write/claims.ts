import type { KubeObject } from '../model/kube-object';

interface Claim {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly resources?: { readonly requests?: { readonly storage?: unknown } } };
}

/** Size of each volume claim among objects, by what Kubernetes knows it by. */
export function claimsOf(objects: readonly KubeObject[]): Readonly<Record<string, string>> | undefined {
  const claims = objects.flatMap((object) => {
    const { name, namespace = 'default' } = object.metadata;
    if (object.kind === 'PersistentVolumeClaim')
      return [[`claim ${namespace}/${name}`, sizeOf(object as Claim)] as const];
    const templates =
      object.kind === 'StatefulSet'
        ? (object.spec as { volumeClaimTemplates?: readonly Claim[] } | undefined)?.volumeClaimTemplates
        : undefined;
    return (templates ?? []).map(
      (claim) => [`claim ${claim.metadata?.name} of StatefulSet ${namespace}/${name}`, sizeOf(claim)] as const,
    );
  });
  return claims.length > 0 ? Object.fromEntries(claims) : undefined;
}

function sizeOf(claim: Claim): string {
  return String(claim.spec?.resources?.requests?.storage ?? '');
}
