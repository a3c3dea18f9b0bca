import ts from 'typescript';
import { sources } from '../structure/sources';
import { readDoc, tablesWith } from './markdown';

const page = readDoc('architecture.md');
const { text = '' } = sources.find(({ file }) => file === 'lib/model/distribution.ts') ?? {};

function membersOf(name: string): string[] {
  const file = ts.createSourceFile('distribution.ts', text, ts.ScriptTarget.Latest, true);
  const found = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  return (found?.members ?? []).map((member) => member.name?.getText(file) ?? '').sort();
}

test.each([
  ['Distribution', 'of `Distribution`', ['machines']],
  ['Machines', 'of its `machines`', []],
])('each member of %s is in its table', (name, head, more) => {
  const rows = tablesWith([head, 'asked by', 'says'], page).flat();
  const told = rows.flatMap(([cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, member = '']) => member));
  expect([...told, ...more].sort()).toEqual(membersOf(name));
  expect(told.length).toBeGreaterThan(5);
});
