import ts from 'typescript';
import type { Source } from './sources';

/** Members that make a result depend on more than its input. */
const members: Readonly<Record<string, readonly string[]>> = {
  process: ['env', 'argv', 'cwd', 'hrtime', 'uptime', 'platform'],
  Date: ['now'],
  Math: ['random'],
  performance: ['now'],
  crypto: ['randomUUID', 'randomBytes', 'getRandomValues', 'randomInt'],
  os: ['hostname', 'tmpdir', 'homedir', 'platform', 'userInfo'],
};

/** Members of any object that go by the locale or the time zone of the machine. */
const local = ['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase', 'toLocaleDateString'];
const localDate = ['getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes', 'getTimezoneOffset'];
const globals = ['fetch', 'Intl', 'WebSocket', 'setTimeout', 'setInterval'];

/** Where a source reads the environment, the clock, chance or the machine's locale: `lib/x.ts:3 process.env`. */
export function impuritiesOf({ file, text }: Source): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const report = (node: ts.Node, what: string) =>
    found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);
  const visit = (node: ts.Node): void => {
    const what = impurityOf(node);
    if (what !== undefined) report(node, what);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date'))
    return node.arguments?.length ? undefined : 'new Date()';
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date()';
  if (ts.isPropertyAccessExpression(node)) return memberOf(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return memberOf(node.expression, node.argumentExpression.text);
  if (ts.isVariableDeclaration(node) && node.initializer && ts.isObjectBindingPattern(node.name)) {
    const { name, initializer } = node;
    return name.elements.map((e) => memberOf(initializer, (e.propertyName ?? e.name).getText())).find((m) => m);
  }
  if (ts.isImportSpecifier(node)) {
    const from = (node.parent.parent.parent.moduleSpecifier as ts.StringLiteral).text.replace(/^node:/, '');
    const name = (node.propertyName ?? node.name).text;
    return members[from.replace('perf_hooks', 'performance')]?.includes(name) ? `${from}.${name}` : undefined;
  }
  if (ts.isIdentifier(node) && globals.includes(node.text) && isUse(node)) return node.text;
  return undefined;
}

function memberOf(object: ts.Expression, member: string): string | undefined {
  if (local.includes(member) || localDate.includes(member)) return member;
  const name = ts.isPropertyAccessExpression(object) ? object.name.text : ts.isIdentifier(object) ? object.text : '';
  return Object.hasOwn(members, name) && members[name]?.includes(member) ? `${name}.${member}` : undefined;
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** Not a member or a property that happens to have that name. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  return !(
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent)
  );
}
