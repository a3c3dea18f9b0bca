/**
 * Tokens: text and numbers that travel through cdk8s and a user's own code in the place of a site's value.
 *
 * A text token has a fixed width and only letters and digits, so that it upsets no YAML, JSON, URL or shell around it. Its case is mixed and it ends
 * in check letters, so that a token that was folded, sliced or joined by hand is found by its stem. A number token is a safe integer with check
 * digits: arithmetic breaks them.
 */
import type { Filter } from './filter';

const stem = 'qZhLjX';
const chainLength = 6;
const exactToken = /qZhLjX([a-z]{6})([0-9a-z]{4})([A-Z]{4})|9007(\d{4})0000(\d{4})/g;
const anyStem = /qzhljx/i;
/** Number tokens are 9007IIII0000CCCC, which must stay a safe integer. */
const largestNumberId = 1991;

/** A hole in a text: which value of the site, and how it is written there (filters from the inside out). */
export interface HoleUse {
  /** `site.name`, `site.values.storeId`, `site.json.tags` ... */
  readonly hole: string;
  readonly filters: readonly Filter[];
}

/** Names of holes by number, so that a token can be short. Built once per fleet from the sorted names of all values. */
export class TokenTable {
  private readonly ids: ReadonlyMap<string, number>;

  constructor(private readonly holes: readonly string[]) {
    this.ids = new Map(holes.map((hole, id) => [hole, id]));
  }

  has(hole: string): boolean {
    return this.ids.has(hole);
  }

  text(hole: string): string {
    return textToken(this.idOf(hole), []);
  }

  number(hole: string): number {
    const id = this.idOf(hole);
    if (id > largestNumberId) throw new Error(`more than ${largestNumberId} site values; ${hole} cannot be a number`);
    return Number(`9007${pad(id)}0000${pad(numberCheck(id))}`);
  }

  holeOf(id: number): string | undefined {
    return this.holes[id];
  }

  private idOf(hole: string): number {
    const id = this.ids.get(hole);
    if (id === undefined) throw new Error(`no such hole: ${hole}`);
    return id;
  }
}

/** Literal text and holes in turn; a text without a token gives itself alone. */
export function splitTokens(text: string, tokens: TokenTable): (string | HoleUse)[] {
  const parts: (string | HoleUse)[] = [];
  let from = 0;
  for (const match of text.matchAll(exactToken)) {
    const found = readMatch(match);
    const hole = found && tokens.holeOf(found.id);
    if (!found || hole === undefined) continue;
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ hole, filters: found.filters });
    from = match.index + match[0].length;
  }
  if (from < text.length || parts.length === 0) parts.push(text.slice(from));
  return parts;
}

/** The text with names of holes in the place of tokens: these are numbered by the names of all values of a fleet, so a new column would change them. */
export function withHoleNames(text: string, tokens: TokenTable): string {
  return splitTokens(text, tokens)
    .map((part) => (typeof part === 'string' ? part : `{${[part.hole, ...part.filters].join(' ')}}`))
    .join('');
}

export function hasToken(value: string | number): boolean {
  const text = String(value);
  return (
    (text.includes(stem) || text.includes('9007')) &&
    [...text.matchAll(exactToken)].some((match) => readMatch(match) !== undefined)
  );
}

/** The token of a number that is one, as its hole. */
export function numberHole(value: number, tokens: TokenTable): HoleUse | undefined {
  const [only, ...rest] = splitTokens(String(value), tokens);
  return typeof only === 'object' && rest.length === 0 ? only : undefined;
}

/** Whether a value still shows traces of a token that something took apart. */
export function isDamaged(value: string | number): boolean {
  // Beyond 2^53 nothing can be told any more; content that gets there from a token is found when it is made with real values.
  if (typeof value === 'number')
    return Math.abs(value) > 9007e12 && Math.abs(value) <= 2 ** 53 && !(value > 0 && hasToken(value));
  return (
    anyStem.test(value) &&
    anyStem.test(value.replace(exactToken, (match, ...groups) => (readGroups(groups) ? '' : match)))
  );
}

/** The same text in which every token also goes through a filter, outermost. */
export function withFilter(text: string, filter: Filter): string {
  return text.replace(exactToken, (match, ...groups) => {
    const found = readGroups(groups);
    return found ? textToken(found.id, [...found.filters, filter]) : match;
  });
}

/** `map` for what is literal in a text, and a filter for its tokens: how every encoder is built. */
export function mapAroundTokens(text: string, literal: (part: string) => string, filter: Filter): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(exactToken)) {
    const found = readMatch(match);
    if (!found) continue;
    out += literal(text.slice(from, match.index)) + textToken(found.id, [...found.filters, filter]);
    from = match.index + match[0].length;
  }
  return out + literal(text.slice(from));
}

/**
 * What is the same for all sites in a text, a mark in the place of each token, and the tokens, each once and without its filters: together they
 * say as much as the text, whatever numbers the holes have.
 */
export function liftTokens(text: string): { readonly marked: string; readonly tokens: readonly string[] } {
  const tokens: string[] = [];
  const marked = text.replace(exactToken, (match, ...groups) => {
    const found = readGroups(groups);
    if (!found) return match;
    const token = textToken(found.id, []);
    if (!tokens.includes(token)) tokens.push(token);
    return `\0${tokens.indexOf(token)}${found.filters.join('')}\0`;
  });
  return { marked, tokens };
}

/** Thrown by a token that is asked for too much; content functions turn it into a problem of their construct. */
export class TokenError extends Error {}

function textToken(id: number, filters: readonly Filter[]): string {
  if (filters.length > chainLength)
    throw new TokenError(
      `a site value is encoded more than ${chainLength} times over; encode it once, where it is written`,
    );
  const body = filters.join('').padEnd(chainLength, 'n') + id.toString(36).padStart(4, '0');
  return stem + body + checkLetters(body);
}

function readMatch(match: RegExpMatchArray): { id: number; filters: Filter[] } | undefined {
  return readGroups(match.slice(1));
}

function readGroups(groups: readonly unknown[]): { id: number; filters: Filter[] } | undefined {
  const [chain, id, check, numberId, digits] = groups as (string | undefined)[];
  if (chain !== undefined && id !== undefined) {
    if (checkLetters(chain + id) !== check) return undefined;
    return { id: Number.parseInt(id, 36), filters: [...chain].filter((c): c is Filter => c !== 'n') };
  }
  if (numberId === undefined || numberCheck(Number(numberId)) !== Number(digits)) return undefined;
  return { id: Number(numberId), filters: [] };
}

function checkLetters(body: string): string {
  let sum = 7;
  for (const c of body) sum = (sum * 131 + c.charCodeAt(0)) % 456_976; // 26^4
  let letters = '';
  for (let i = 0; i < 4; i++, sum = Math.floor(sum / 26)) letters += String.fromCharCode(65 + (sum % 26));
  return letters;
}

function numberCheck(id: number): number {
  return (id * 7919 + 4517) % 9973;
}

function pad(n: number): string {
  return String(n).padStart(4, '0');
}
