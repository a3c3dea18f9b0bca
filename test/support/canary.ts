import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Part of each value of a secret, in tests that show that none gets out. */
export const CANARY = 'Canary7f3a91';

/** As it is, in hexadecimal digits and in base64, wherever in a group of three bytes it begins. */
const disguises = [
  CANARY,
  Buffer.from(CANARY).toString('hex'),
  ...[0, 1, 2].map((before) =>
    Buffer.from(' '.repeat(before) + CANARY)
      .toString('base64')
      .slice(before === 0 ? 0 : 4, -4),
  ),
];

/** Forms of it in a text. */
export function canaries(text: string): string[] {
  return disguises.filter((disguise) => text.includes(disguise));
}

/** Paths of files whose content or name has one. */
export function filesWithCanaries(folder: string): string[] {
  return (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
    .filter((path) => statSync(join(folder, path)).isFile())
    .filter((path) => canaries(path + readFileSync(join(folder, path), 'latin1')).length > 0)
    .sort();
}
