import { InvalidArgumentError } from 'commander';

/** `--parameter region=north`, as often as needed. */
export function addPair(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write key=value.');
  if (Object.hasOwn(before, text.slice(0, at))) throw new InvalidArgumentError(`${text.slice(0, at)} is given twice.`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
