import { sha256 } from '../model/digest';

/** Content that sites have of one layer, with what can tell it from other content of the same variant. */
export interface NamedContent {
  /** Variant as the program names it. */
  readonly variant: string;
  /** Of the content itself: equal digests, equal content. */
  readonly digest: string;
  /** What it was made for, the most general first: distribution, Kubernetes minor, device classes. */
  readonly facts: readonly string[];
}

/**
 * A name for each content: its variant, and no more where all sites with that variant have the same. Where content differs by distribution, minor or device
 * classes, as many of these facts follow as it takes to tell it apart: `default.k3s.1.33`. Equal content of one name is one.
 */
export function layerNames(contents: readonly NamedContent[]): ReadonlyMap<NamedContent, string> {
  const byVariant = new Map<string, NamedContent[]>();
  for (const content of contents) byVariant.set(content.variant, [...(byVariant.get(content.variant) ?? []), content]);
  return new Map(
    [...byVariant.values()].flatMap((namesakes) => {
      const depth = depthOf(namesakes);
      return namesakes.map((content) => [content, nameOf(content, depth)] as const);
    }),
  );
}

/** How many facts it takes until no name stands for two contents. */
function depthOf(namesakes: readonly NamedContent[]): number {
  const most = Math.max(...namesakes.map(({ facts }) => facts.length));
  for (let depth = 0; depth < most; depth++) {
    const digests = new Map<string, string>();
    const clash = namesakes.some((content) => {
      const name = nameOf(content, depth);
      const known = digests.get(name) ?? content.digest;
      digests.set(name, known);
      return known !== content.digest;
    });
    if (!clash) return depth;
  }
  return most;
}

/** Legal as the value of a label, as a folder, and as a part of an address: at most 63 letters, digits, `-`, `_` and `.`. */
function nameOf({ variant, facts }: NamedContent, depth: number): string {
  const name = [variant, ...facts.slice(0, depth)].join('.').replaceAll('+', '_');
  return name.length <= 63 ? name : `${name.slice(0, 54)}-${sha256(name).slice(0, 8)}`;
}
