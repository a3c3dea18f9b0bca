import type { BesideHoles } from './go-template-text';

const removed = '<no value>';
/** All that a text may end with, or begin with, which the value beside it could make whole. */
const heads = Array.from(removed, (_, i) => removed.slice(0, i))
  .slice(1)
  .reverse();
const tails = heads.map((head) => removed.slice(head.length)).reverse();

/** Whether Helm would take something out of a text. */
export function hasNoValue(text: string): boolean {
  return text.includes(removed);
}

/**
 * Helm removes each `<no value>` from what a template gave, since Go writes that for what is missing. What the user wrote of it is escaped, which takes that
 * it stands in double quotes.
 * @see helm/helm, pkg/engine/engine.go
 */
export function escapeNoValue(text: string, { after, before }: BesideHoles): string {
  let escaped = text.replaceAll(removed, `\\u003c${removed.slice(1)}`);
  const head = before ? heads.find((one) => escaped.endsWith(one)) : undefined;
  if (head !== undefined) escaped = `${escaped.slice(0, -head.length)}\\u003c${head.slice(1)}`;
  const tail = after ? tails.find((one) => escaped.startsWith(one)) : undefined;
  if (tail !== undefined) escaped = `${tail.slice(0, -1)}\\u003e${escaped.slice(tail.length)}`;
  return escaped;
}
