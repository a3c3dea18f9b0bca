import { clearKeys, isEncryptedSecret, secretKeysOf } from '../../model/encrypted-secret';
import type { Rule } from '../../model/fleet-model';

export const literalSecret: Rule = {
  id: 'edgecdk-literal-secret',
  severity: 'error',
  why: 'the output is copied to every site and kept by CI: whoever reads it would have the secret',
  check({ object }) {
    if (object.apiVersion !== 'v1' || object.kind !== 'Secret') return undefined;
    const keys = isEncryptedSecret(object) ? clearKeys(object) : secretKeysOf(object);
    return keys.length > 0
      ? `holds secret values (${keys.join(', ')}); name them with SecretRef, and let the fleet's secret store bring them`
      : undefined;
  },
};
