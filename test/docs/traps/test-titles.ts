import ts from 'typescript';

/** A test of a file: its title as it is written, and every text in the table that it runs over. */
export interface FoundTest {
  readonly title: string;
  readonly rows: ReadonlySet<string>;
}

/** Tests that run, read from the text of a file; what is skipped is none. */
export function testsIn(text: string): FoundTest[] {
  const file = ts.createSourceFile('a.test.ts', text, ts.ScriptTarget.Latest, true);
  const variables = new Map<string, ts.Expression>();
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      variables.set(node.name.text, node.initializer);
    if (ts.isCallExpression(node)) calls.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return calls.flatMap(({ expression, arguments: [title] }) => {
    if (title === undefined || !ts.isStringLiteralLike(title)) return [];
    const table = tableOf(expression, variables);
    return table === undefined
      ? []
      : [{ title: title.text, rows: new Set(table.flatMap((part) => textsIn(part, variables))) }];
  });
}

type Variables = ReadonlyMap<string, ts.Expression>;

/** Of `test`, nothing; of `test.each(table)`, the table; undefined of what runs no test. */
function tableOf(callee: ts.Expression, variables: Variables): ts.Expression[] | undefined {
  if (runsTests(callee, variables)) return [];
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return undefined;
  const { expression, name } = callee.expression;
  return name.text === 'each' && runsTests(expression, variables) ? [...callee.arguments] : undefined;
}

/** `test` itself, or what is `test` where a program is there: `const here = present('dash') ? test : test.skip`. */
function runsTests(callee: ts.Expression, variables: Variables): boolean {
  if (ts.isParenthesizedExpression(callee)) return runsTests(callee.expression, variables);
  if (ts.isConditionalExpression(callee)) return runsTests(callee.whenTrue, variables);
  if (!ts.isIdentifier(callee)) return false;
  const alias = variables.get(callee.text);
  return (
    callee.text === 'test' ||
    callee.text === 'it' ||
    (alias !== undefined && ts.isConditionalExpression(alias) && runsTests(alias, variables))
  );
}

/** Texts in an expression, and in the variable that it names. */
function textsIn(node: ts.Node, variables: Variables): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  const named = ts.isIdentifier(node) ? variables.get(node.text) : undefined;
  if (named !== undefined && !ts.isIdentifier(named)) return textsIn(named, new Map());
  const found: string[] = [];
  node.forEachChild((child) => void found.push(...textsIn(child, variables)));
  return found;
}
