import { Document, Scalar, visit } from 'yaml';
import { sha256 } from '../model/digest';
import { applyFilters, escapeOdd, hasOdd } from '../model/filter';
import { holeValue } from '../model/hole-value';
import type { KubeObject } from '../model/kube-object';
import type { Template } from '../model/template';
import { type HoleUse, hasToken, numberHole, splitTokens, type TokenTable, withFilter } from '../model/token';

/** Whether every value that a hole takes can stand unescaped on a line of a block of text. */
export type FitsOnLine = (use: HoleUse) => boolean;

/** Whether a text has to stand in double quotes whatever it is, since a program between writer and reader changes it elsewhere. */
export type TakesQuotes = (text: string) => boolean;

/** Prints objects as a file with holes: one document each under a comment that says where they come from. */
export function printTemplate(
  comment: string,
  objects: readonly KubeObject[],
  tokens: TokenTable,
  fitsOnLine: FitsOnLine,
): Template {
  const documents = objects.map((object) => printYaml(object, tokens, fitsOnLine));
  return toTemplate(`${comment}${documents.map((text) => `---\n${text}`).join('')}`, tokens);
}

/**
 * YAML whose tokens are filtered for the place where they stand, so that a later join of texts and values is a YAML document. Strings are written so
 * that YAML 1.1 and 1.2 readers, JavaScript's and Go's, agree on them.
 */
export function printYaml(
  value: unknown,
  tokens: TokenTable,
  fitsOnLine: FitsOnLine,
  takesQuotes: TakesQuotes = () => false,
): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(key, node) {
      setStyle(node, tokens, key === 'key' ? neverOnLine : fitsOnLine, takesQuotes);
      if (key === 'key' && node.type === Scalar.BLOCK_LITERAL) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Without doubleQuotedAsJSON long text with newlines is folded, and its padding is lost.
  return escapeOdd(document.toString({ lineWidth: 0, doubleQuotedAsJSON: true, indentSeq: false }));
}

/** The same template where some values are the same for all sites, which an override sets: no hole, but text. */
export function withFixedValues(template: Template, values: Readonly<Record<string, unknown>>): Template {
  const texts = [template.texts[0] ?? ''];
  const holes: HoleUse[] = [];
  for (const [i, use] of template.holes.entries()) {
    const after = template.texts[i + 1] ?? '';
    const own = use.hole.startsWith('site.values.') || use.hole.startsWith('site.json.');
    const value = own ? holeValue({ name: '', profile: '', values }, use.hole) : undefined;
    if (value !== undefined) {
      texts[texts.length - 1] += applyFilters(value, use.filters) + after;
    } else {
      holes.push(use);
      texts.push(after);
    }
  }
  return { digest: digestOf(texts, holes), texts, holes };
}

function digestOf(texts: readonly string[], holes: readonly HoleUse[]): string {
  return sha256(JSON.stringify([texts, holes]));
}

/** Cuts a printed text at its tokens. */
export function toTemplate(text: string, tokens: TokenTable): Template {
  const texts = [''];
  const holes: HoleUse[] = [];
  for (const part of splitTokens(text, tokens)) {
    if (typeof part === 'string') texts[texts.length - 1] += part;
    else {
      holes.push(part);
      texts.push('');
    }
  }
  return { digest: digestOf(texts, holes), texts, holes };
}

function setStyle(node: Scalar, tokens: TokenTable, fitsOnLine: FitsOnLine, takesQuotes: TakesQuotes): void {
  const { value } = node;
  if (typeof value === 'number') {
    const use = numberHole(value, tokens);
    if (use) {
      node.value = tokens.text(use.hole); // printed bare: a number when filled
      node.type = Scalar.PLAIN;
    }
    return;
  }
  if (typeof value !== 'string') return;
  const quoted = takesQuotes(value);
  if (!quoted && isBlock(value, tokens, fitsOnLine)) {
    node.type = Scalar.BLOCK_LITERAL;
  } else if (hasToken(value)) {
    node.value = withFilter(value, 'j');
    node.type = Scalar.QUOTE_DOUBLE;
  } else if (quoted || !isPlain(value)) {
    node.type = Scalar.QUOTE_DOUBLE;
  }
}

const neverOnLine: FitsOnLine = () => false;

/** Words that some reader of YAML takes for something else than text. */
const notText = /^(y|n|yes|no|on|off|true|false|null|~|=|<<)$/i;

function isPlain(value: string): boolean {
  return /^[A-Za-z_/]/.test(value) && !/[\n\r\t]|: | #|[\s:]$/.test(value) && !notText.test(value) && !hasOdd(value);
}

/** A block of text is the readable form of a file in a ConfigMap; it must give back every space and line end. */
function isBlock(text: string, tokens: TokenTable, fitsOnLine: FitsOnLine): boolean {
  if (!text.includes('\n') || /^\s| \n| $|\n\n$|[^\P{Cc}\n]/u.test(text) || hasOdd(text)) return false;
  return text.split('\n').every((line) => {
    const parts = splitTokens(line, tokens);
    const [first] = parts;
    return (
      parts.every((part) => typeof part === 'string' || fitsOnLine(part)) &&
      typeof first === 'string' &&
      (parts.length === 1 || /^\s*\S/.test(first))
    );
  });
}
