import { fieldPath, type KubeObject, walkScalars } from '../../model/kube-object';
import { hasToken, splitTokens, type TokenTable } from '../../model/token';

/**
 * Why a text does not reach a cluster as it is; undefined where it does. Kustomize, by which Flux reads and prints all objects, takes control characters in
 * a text for a broken file, makes a space of U+0085, and does not read what it prints of text in several lines that begins with a tab.
 * @see sigs.k8s.io/kustomize/kyaml, yaml/rnode.go, UnmarshalJSON; tried in test/e2e/delivery/flux.e2e.ts
 */
export function notCarried(text: string): string | undefined {
  const [odd] = /[\u007f-\u009f\ufffe\uffff]/.exec(text) ?? [];
  if (odd !== undefined) return `U+${odd.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return text.startsWith('\t') && text.includes('\n') ? 'a tab before text in several lines' : undefined;
}

/** The same for a value of a site, which may stand before other text. */
export function notCarriedAnywhere(value: string): string | undefined {
  return notCarried(value) ?? (value.startsWith('\t') ? 'a tab at its beginning' : undefined);
}

/** What the program itself wrote of such text into an object, whatever its sites: `data["a.txt"] (U+007F)`. */
export function notCarriedIn(object: KubeObject, tokens: TokenTable): string[] {
  const found: string[] = [];
  walkScalars(object, (value, path) => {
    if (typeof value !== 'string') return;
    const literal = splitTokens(value, tokens).filter((part) => typeof part === 'string');
    const all = hasToken(value) && value.startsWith('\t') ? [`${literal[0]}\n`, ...literal.slice(1)] : literal;
    for (const what of all.map(notCarried)) if (what !== undefined) found.push(`${fieldPath(path)} (${what})`);
  });
  return found;
}
