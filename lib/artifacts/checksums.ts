import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export type DigestName = 'sha256' | 'sha512' | 'sha3-384';

export interface Digest {
  readonly name: DigestName;
  /** Lower-case hexadecimal digits. */
  readonly hex: string;
}

/** Reads a file once, for as many digests as are asked for. */
export async function digestFile(file: string, names: readonly DigestName[]): Promise<readonly Hash[]> {
  const hashes = names.map((name) => createHash(name));
  for await (const chunk of createReadStream(file)) for (const hash of hashes) hash.update(chunk as Buffer);
  return hashes;
}

/** Checksum by file name, of a text as `sha256sum` prints it; or what is wrong with it. */
export function parseChecksums(text: string): ReadonlyMap<string, string> | string {
  const sums = new Map<string, string>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, digits, name] = /^([0-9a-fA-F]{64}) [ *](\S+)$/.exec(line) ?? [];
    if (digits === undefined || name === undefined)
      return `holds no checksum in line ${i + 1} (found ${JSON.stringify(line.slice(0, 60))})`;
    const sum = digits.toLowerCase();
    if ((sums.get(name) ?? sum) !== sum) return `lists two checksums for ${name}`;
    sums.set(name, sum);
  }
  return sums;
}
