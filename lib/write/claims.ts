import type { KubeObject } from '../model/kube-object';
import { type TokenTable, withHoleNames } from '../model/token';

interface Claim {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly resources?: { readonly requests?: { readonly storage?: unknown } } };
}

/** Size of each volume claim among objects, by what Kubernetes knows it by; site values in either as names of holes. */
export function claimsOf(
  objects: readonly KubeObject[],
  tokens: TokenTable,
): Readonly<Record<string, string>> | undefined {
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
  if (claims.length === 0) return undefined;
  return Object.fromEntries(claims.map((claim) => claim.map((text) => withHoleNames(text, tokens))));
}

function sizeOf(claim: Claim): string {
  return String(claim.spec?.resources?.requests?.storage ?? '');
}
