import { stringify } from 'yaml';

export const SITES_KEY = 'age1sites000000000000000000000000000000000000000000000000000000';
export const PEOPLE_KEY = 'age1people00000000000000000000000000000000000000000000000000000';

/** What SOPS writes in the place of a value. Nothing is behind it. */
export const sealed = (text = 'c2VhbGVk') => `ENC[AES256_GCM,data:${text},iv:aXY=,tag:dGFn,type:str]`;

/** A Secret as SOPS encrypts it, as an object. */
export function sealedSecret(
  name: string,
  namespace: string,
  keys: readonly string[],
  more: Record<string, unknown> = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    stringData: Object.fromEntries(keys.map((key) => [key, sealed()])),
    sops: sopsBlock(),
    ...more,
  };
}

export function sopsBlock(age: readonly string[] = [SITES_KEY, PEOPLE_KEY]): Record<string, unknown> {
  const enc = '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n';
  return {
    age: age.map((recipient) => ({ recipient, enc })),
    lastmodified: '2026-11-24T10:00:00Z',
    mac: sealed('bWFj'),
    encrypted_regex: '^(data|stringData)$',
    version: '3.13.2',
  };
}

export function sealedText(...args: Parameters<typeof sealedSecret>): string {
  return stringify(sealedSecret(...args));
}
