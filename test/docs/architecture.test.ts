import ts from 'typescript';
import { sources } from '../structure/sources';
import { readDoc, tablesWith } from './markdown';

const page = readDoc('architecture.md');
function membersOf(model: string, name: string): string[] {
  const { text = '' } = sources.find((source) => source.file === model) ?? {};
  const file = ts.createSourceFile('distribution.ts', text, ts.ScriptTarget.Latest, true);
  const found = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  return (found?.members ?? []).map((member) => member.name?.getText(file) ?? '').sort();
}

test.each([
  ['Distribution', 'lib/model/distribution.ts', 'of `Distribution`', ['machines']],
  ['Machines', 'lib/model/distribution.ts', 'of its `machines`', []],
  ['DeliveryEngine', 'lib/model/delivery.ts', 'of `DeliveryEngine`', []],
])('each member of %s is in its table', (name, model, head, more) => {
  const rows = tablesWith([head, 'asked by', 'says'], page).flat();
  const told = rows.flatMap(([cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, member = '']) => member));
  expect([...told, ...more].sort()).toEqual(membersOf(model, name));
  expect(told.length).toBeGreaterThan(5);
});
