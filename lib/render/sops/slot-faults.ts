import { clearKeys, isCipherText, isEncryptedSecret, recipientsOf, secretKeysOf } from '../../model/encrypted-secret';
import { describeObject, type KubeObject } from '../../model/kube-object';
import type { SecretRecord } from '../../model/secret-record';
import { encryptCommand, recipientsCommand } from './commands';

export interface Slot {
  readonly record: SecretRecord;
  /** As the program would write it. */
  readonly file: string;
  readonly age: readonly string[];
}

/** Why the objects of a file are not the encrypted Secret that a workload waits for; in words that follow the workload's path. Never a value. */
export function slotFaults(objects: readonly KubeObject[], { record, file, age }: Slot): string[] {
  const { namespace, object: name, keys } = record;
  const [object, ...others] = objects;
  if (!object || others.length > 0)
    return [`has ${file} with ${objects.length} objects; write one, the Secret ${namespace}/${name}`];
  const command = encryptCommand(file, age);
  if (isCipherText(object.kind))
    return [
      `has ${file}, which is encrypted as a whole; decrypt it (sops decrypt --in-place ${file}), and encrypt its values alone: ${command}`,
    ];
  const isSecret = object.apiVersion === 'v1' && object.kind === 'Secret';
  if (!isSecret || object.metadata.name !== name || object.metadata.namespace !== namespace)
    return [
      `has ${file} with the ${describeObject(object)}, where its pods look for the Secret ${namespace}/${name}; change that before it is encrypted`,
    ];
  if (!isEncryptedSecret(object))
    return [
      `has a secret in clear: ${file} has no sops block. Encrypt it: ${command} - and where it has left this machine, by git or otherwise, take other values`,
    ];
  const clear = clearKeys(object);
  const missing = keys.filter((key) => !secretKeysOf(object).includes(key));
  const strangers = age.filter((recipient) => !recipientsOf(object).includes(recipient));
  return [
    ...(clear.length > 0
      ? [
          `has a secret in clear: ${file} has values that are not encrypted, or empty (${clear.join(', ')}). Decrypt it (sops decrypt --in-place ${file}), fill them in, and encrypt it anew: ${command}`,
        ]
      : []),
    ...(missing.length > 0
      ? [
          `names ${missing.length === 1 ? 'the key' : 'the keys'} ${missing.join(', ')} of the secret ${record.secret}, and ${file} has ${secretKeysOf(object).join(', ') || 'none'}; add what is missing: sops edit ${file}`,
        ]
      : []),
    ...(strangers.length > 0
      ? [
          `has ${file}, which ${strangers.join(', ')} cannot decrypt; encrypt it for all that the fleet's secret store names: ${recipientsCommand(file, { add: strangers })}`,
        ]
      : []),
  ];
}
