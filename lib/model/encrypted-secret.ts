import { fieldPath, type KubeObject, walkScalars } from './kube-object';

/**
 * A Secret that SOPS encrypted. It goes on as it is: SOPS seals all of its values and their order, those in clear too, so that a label more would be taken
 * for a forgery. @see https://getsops.io/docs/#message-authentication-code
 */
export function isEncryptedSecret({ apiVersion, kind, sops }: KubeObject): boolean {
  return apiVersion === 'v1' && kind === 'Secret' && typeof sops === 'object' && sops !== null;
}

/** Keys of a Secret's values, sorted. */
export function secretKeysOf({ data, stringData }: KubeObject): string[] {
  return [
    ...new Set([data, stringData].flatMap((map) => Object.keys((map as object | null | undefined) ?? {}))),
  ].sort();
}

/** Keys whose values anybody can read. SOPS leaves an empty value empty. */
export function clearKeys({ data, stringData }: KubeObject): string[] {
  const entries = [data, stringData].flatMap((map) => Object.entries((map as object | null | undefined) ?? {}));
  return [...new Set(entries.filter(([, value]) => !isCipherText(value)).map(([key]) => key))].sort();
}

export function isCipherText(value: unknown): boolean {
  return typeof value === 'string' && /^ENC\[AES256_GCM,data:[^\s,]+,iv:[^\s,]+,tag:[^\s,]+,type:[a-z]+\]$/.test(value);
}

/** Recipients of age that can read it, in the file's order. */
export function recipientsOf({ sops }: KubeObject): string[] {
  const { age } = sops as { readonly age?: unknown };
  if (!Array.isArray(age)) return [];
  return age.flatMap((entry: { readonly recipient?: unknown } | null) =>
    typeof entry?.recipient === 'string' ? [entry.recipient] : [],
  );
}

/** What keeps an engine from bringing it into a cluster as it was before it was encrypted, but for values in clear; in words that follow its name. */
export function encryptionFaults(object: KubeObject, annotations: Readonly<Record<string, string>>): string[] {
  const { mac } = object.sops as { readonly mac?: unknown };
  const own = object.metadata.annotations as Readonly<Record<string, unknown>> | undefined;
  const missing = Object.entries(annotations).filter(([name, value]) => own?.[name] !== value);
  const dollars = new Set<string>();
  walkScalars({ ...object, sops: undefined }, (value, path) => {
    if (typeof value === 'string' && value.includes('$')) dollars.add(fieldPath(path));
  });
  return [
    ...(isCipherText(mac) ? [] : ['has no sops.mac, so that nothing decrypts it']),
    ...missing.map(
      ([name, value]) => `lacks the annotation ${name}: ${value}, without which what is decrypted may be changed`,
    ),
    ...[...dollars].map((path) => `has a '$' in clear, at ${path}`),
  ];
}
