import { createHash } from 'node:crypto';

/** SHA-256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The shard of a site: one hexadecimal digit of its name's digest, so that a site never moves when others come or go. */
export function shardOf(site: string): string {
  return sha256(site).slice(0, 1);
}

/** The shard of a site's record: two digits, so that a fleet of 200,000 sites has fewer than 1,000 in each. It never changes either, for a site's cluster names it. */
export function recordShardOf(site: string): string {
  return sha256(site).slice(0, 2);
}

/** Sorted without regard to locale. */
export function sorted<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareText(key(a), key(b)));
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
