import type { SecretRecord } from '../../model/secret-record';
import { yamlText } from '../node/yaml-text';

/** What SOPS encrypts of a Secret: names and keys stay in clear, so that people see what changed and synth what is there. */
export const ENCRYPTED = '^(data|stringData)$';

/** Content to write into a file before it is encrypted, with a place for each value: one that is left empty is found, for SOPS leaves it so. */
export function slotTemplate(
  { namespace, object, keys }: SecretRecord,
  annotations: Readonly<Record<string, string>>,
): string {
  return yamlText({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: object, namespace, ...(Object.keys(annotations).length > 0 && { annotations }) },
    stringData: Object.fromEntries(keys.map((key) => [key, ''])),
  });
}

/** Needs no other file, and no private key. */
export function encryptCommand(file: string, age: readonly string[]): string {
  return `sops encrypt --age ${age.join(',')} --encrypted-regex '${ENCRYPTED}' --in-place ${shellWord(file)}`;
}

/** Needs a private key of somebody who can read it now. */
export function recipientsCommand(
  file: string,
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
): string {
  const flags = [
    ...(change.add?.length ? [`--add-age ${change.add.join(',')}`] : []),
    ...(change.remove?.length ? [`--rm-age ${change.remove.join(',')}`] : []),
  ];
  return `sops rotate --in-place ${flags.join(' ')} ${shellWord(file)}`;
}

/**
 * What `sops --config` takes for every file of the folder. A rule's path counts from the file's own folder, or from the root of the disk where the two are apart.
 * @see https://getsops.io/docs/#using-sops-yaml-conf-to-select-kms-pgp-and-age-for-new-files
 */
export function sopsConfig(folder: string, age: readonly string[]): string {
  const inside = folder.split('/').filter((part) => !['', '.', '..'].includes(part));
  const path = [
    ...inside.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')),
    '[^/]+',
    String.raw`[^/]+\.yaml$`,
  ];
  const rule = { path_regex: `(^|/)${path.join('/')}`, encrypted_regex: ENCRYPTED, age: age.join(',') };
  return `# Made by EdgeCDK from SecretStore.sops. Changes belong there.\n${yamlText({ creation_rules: [rule] })}`;
}

function shellWord(text: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
