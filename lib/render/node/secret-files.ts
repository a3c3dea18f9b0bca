import type { NodeSecretUse } from '../../model/node-tree';

/** Each file of secrets, by its path in `/etc/edgecdk/secrets`. */
export function secretFiles(uses: readonly NodeSecretUse[]): string[] {
  return uses.flatMap(({ name, form, keys }) => (form === 'folder' ? keys.map((key) => `${name}/${key}`) : [name]));
}
