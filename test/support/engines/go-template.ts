import { Refused } from './assembly-files';

/** A model of Go's text/template for what engines are given by EdgeCDK and nothing more: all else is refused. */
export interface GoTemplate {
  readonly open: string;
  readonly close: string;
}

export const CURLY: GoTemplate = { open: '{{', close: '}}' };
export const DOLLAR: GoTemplate = { open: '${', close: '}' };

type Node = { readonly text: string } | { readonly action: readonly Token[] };
type Token = { readonly kind: 'string' | 'word' | 'variable' | 'field' | 'sign'; readonly text: string };
interface Scope {
  readonly dot: unknown;
  readonly variables: Map<string, unknown>;
}

const parsedTemplates = new Map<string, readonly Node[]>();

export function fillGoTemplate(text: string, dot: unknown, dialect: GoTemplate = CURLY): string {
  if (!text.includes(dialect.open)) return text;
  const key = `${dialect.open}${text}`;
  const nodes = parsedTemplates.get(key) ?? nodesOf(text, dialect);
  parsedTemplates.set(key, nodes);
  const scope: Scope = { dot, variables: new Map() };
  const { printed, next } = run(nodes, 0, scope);
  if (next !== nodes.length) throw new Refused('a template has an end too many');
  return printed;
}

function nodesOf(text: string, { open, close }: GoTemplate): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf(open, at);
    if (start < 0) return [...nodes, { text: text.slice(at) }];
    nodes.push({ text: text.slice(at, start) });
    const { tokens, end } = actionAt(text, start + open.length, close);
    nodes.push({ action: tokens });
    at = end;
  }
}

/** Quotes are read before the closing delimiter is looked for, as Go does. */
function actionAt(text: string, from: number, close: string): { readonly tokens: Token[]; readonly end: number } {
  const tokens: Token[] = [];
  const pattern =
    /[ \t\n]+|("(?:[^"\\\n]|\\.)*")|(\$[A-Za-z_0-9]*)|((?:\.[A-Za-z_][A-Za-z_0-9]*)|\.(?![A-Za-z_]))|([A-Za-z_][A-Za-z_0-9]*)|(:=|[|()])/y;
  let at = from;
  for (;;) {
    if (text.startsWith(close, at)) return { tokens, end: at + close.length };
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new Refused(`a template has ${JSON.stringify(text.slice(at, at + 20))}, which is not understood`);
    at = pattern.lastIndex;
    const kinds = ['string', 'variable', 'field', 'word', 'sign'] as const;
    const i = found.slice(1).findIndex((part) => part !== undefined);
    const kind = kinds[i];
    if (kind) tokens.push({ kind, text: found[0] });
  }
}

const isWord = (node: Node | undefined, word: string) =>
  node !== undefined && 'action' in node && node.action[0]?.kind === 'word' && node.action[0].text === word;

/** Runs until the end, or until an `else` or `end` that belongs to an `if` around. */
function run(nodes: readonly Node[], from: number, scope: Scope): { readonly printed: string; readonly next: number } {
  let printed = '';
  let at = from;
  while (at < nodes.length) {
    const node = nodes[at];
    if (!node || isWord(node, 'else') || isWord(node, 'end')) break;
    if ('text' in node) printed += node.text;
    else if (isWord(node, 'if')) {
      const chosen = branch(nodes, at, scope);
      printed += chosen.printed;
      at = chosen.next;
      continue;
    } else printed += printedAction(node.action, scope);
    at++;
  }
  return { printed, next: at };
}

function branch(nodes: readonly Node[], from: number, scope: Scope) {
  let at = from;
  let printed: string | undefined;
  for (;;) {
    const node = nodes[at];
    if (!node || !('action' in node)) throw new Refused('a template has an if without an end');
    if (isWord(node, 'end')) return { printed: printed ?? '', next: at + 1 };
    const condition = node.action.slice(node.action[0]?.text === 'else' ? 1 : 0);
    const isElse = condition.length === 0;
    const holds = printed === undefined && (isElse || evaluate(condition.slice(1), scope) === true);
    if (!isElse && condition[0]?.text !== 'if') throw new Refused(`a template has else ${condition[0]?.text}`);
    if (holds) {
      const done = run(nodes, at + 1, scope);
      printed = done.printed;
      at = done.next;
    } else at = skip(nodes, at + 1);
  }
}

function skip(nodes: readonly Node[], from: number): number {
  let depth = 0;
  for (let at = from; at < nodes.length; at++) {
    if (isWord(nodes[at], 'if')) depth++;
    else if (depth === 0 && (isWord(nodes[at], 'else') || isWord(nodes[at], 'end'))) return at;
    else if (isWord(nodes[at], 'end')) depth--;
  }
  throw new Refused('a template has an if without an end');
}

function printedAction(action: readonly Token[], scope: Scope): string {
  const [variable, sign] = action;
  if (variable?.kind === 'variable' && sign?.text === ':=') {
    scope.variables.set(variable.text, evaluate(action.slice(2), scope));
    return '';
  }
  const value = evaluate(action, scope);
  if (typeof value === 'string' || typeof value === 'number') return `${value}`;
  throw new Refused(`a template prints ${JSON.stringify(value)}`);
}

function evaluate(tokens: readonly Token[], scope: Scope): unknown {
  const reader = { tokens, at: 0 };
  const value = pipeline(reader, scope);
  if (reader.at !== tokens.length) throw new Refused(`a template has ${tokens[reader.at]?.text} where nothing fits`);
  return value;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

const isSign = ({ tokens, at }: Reader, sign: string) => tokens[at]?.kind === 'sign' && tokens[at]?.text === sign;

function pipeline(reader: Reader, scope: Scope): unknown {
  let value = command(reader, scope, []);
  while (isSign(reader, '|')) {
    reader.at++;
    value = command(reader, scope, [value]);
  }
  return value;
}

function command(reader: Reader, scope: Scope, last: readonly unknown[]): unknown {
  const first = reader.tokens[reader.at];
  if (first?.kind !== 'word') {
    if (last.length > 0) throw new Refused('a template pipes into what is no function');
    return operand(reader, scope);
  }
  reader.at++;
  const given: unknown[] = [];
  while (reader.at < reader.tokens.length && !isSign(reader, '|') && !isSign(reader, ')'))
    given.push(operand(reader, scope));
  const made = functions[first.text];
  if (!made) throw new Refused(`a template calls ${first.text}`);
  return made(...given, ...last);
}

function operand(reader: Reader, scope: Scope): unknown {
  const token = reader.tokens[reader.at++];
  if (!token) throw new Refused('a template lacks an operand');
  if (token.kind === 'string') return JSON.parse(token.text) as string;
  if (token.kind === 'field')
    return fields(reader, token.text === '.' ? scope.dot : member(scope.dot, token.text.slice(1)));
  if (token.kind === 'variable') {
    if (!scope.variables.has(token.text)) throw new Refused(`a template has no variable ${token.text}`);
    return fields(reader, scope.variables.get(token.text));
  }
  if (token.text === '(') {
    const value = pipeline(reader, scope);
    if (!isSign(reader, ')')) throw new Refused('a template lacks )');
    reader.at++;
    return fields(reader, value);
  }
  throw new Refused(`a template has ${token.text} as an operand`);
}

function fields(reader: Reader, value: unknown): unknown {
  let found = value;
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token?.kind !== 'field' || token.text === '.') return found;
    found = member(found, token.text.slice(1));
    reader.at++;
  }
}

/** As with `missingkey=error`, which all of them are given but Helm; what Helm would write there is never wanted. */
function member(value: unknown, name: unknown): unknown {
  if (typeof value !== 'object' || value === null || typeof name !== 'string' || !Object.hasOwn(value, name))
    throw new Refused(`a template finds no ${String(name)}`);
  return (value as Readonly<Record<string, unknown>>)[name];
}

const functions: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
  index: (value, name) => member(value, name),
  eq: (a, b) => a === b,
  printf: (format, ...given) => `${format}: ${JSON.stringify(given)}`, // only ever a message
  fail: (message) => {
    throw new Refused(`${message}`);
  },
  dict: (key, value) => ({ [`${key}`]: value }),
  // Sprig leaves out what is not there.
  pick: (value, ...names) =>
    Object.fromEntries(names.flatMap((name) => (has(value, name) ? [[name, member(value, name)]] : []))),
  toRawJson: (value) => JSON.stringify(value),
  toJson: (value) => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped),
  mustFromJson: (text) => JSON.parse(`${text}`) as unknown,
};

function has(value: unknown, name: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, `${name}`);
}

function escaped(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
