import ts from 'typescript';
import { type Source, sources, targetOf } from './sources';

/** What nothing imports, with the reason. */
const closedSchema = 'the closed schema of what an engine emits: its tests hold every object to it';
const exceptions: Readonly<Record<string, string>> = {
  'lib/catalog/argo-cd.ts ARGO_CD_FIELDS': closedSchema,
  'lib/catalog/flux.ts FLUX_FIELDS': closedSchema,
  'lib/catalog/rancher-fleet.ts FLEET_OBJECT_KEYS': closedSchema,
  'lib/catalog/rancher-fleet.ts FLEET_YAML_KEYS': closedSchema,
};

/** Names by the file that declares them: `lib/model/plan.ts Plan`; `lib/model/plan.ts *` for all of it. */
interface Names {
  /** What it exports and does not use itself: signatures name types that nobody has to import. */
  readonly exported: readonly string[];
  readonly imported: readonly string[];
}

function namesOf({ file, text }: Source): Names {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const exported: string[] = [];
  const imported: string[] = [];
  const from = (specifier: ts.Expression | undefined): string =>
    specifier && ts.isStringLiteral(specifier) && specifier.text.startsWith('.') ? targetOf(file, specifier.text) : '';
  for (const statement of tree.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      const to = from(statement.moduleSpecifier);
      if (bindings && ts.isNamedImports(bindings))
        imported.push(...bindings.elements.map(({ name, propertyName }) => `${to} ${(propertyName ?? name).text}`));
      else if (bindings) imported.push(`${to} *`);
    } else if (ts.isExportDeclaration(statement)) {
      const to = from(statement.moduleSpecifier);
      const { exportClause } = statement;
      if (exportClause && ts.isNamedExports(exportClause))
        imported.push(...exportClause.elements.map(({ name, propertyName }) => `${to} ${(propertyName ?? name).text}`));
    } else if (isExported(statement)) {
      exported.push(...declaredIn(statement));
    }
  }
  const uses = identifiersOf(tree);
  const only = exported.filter((name) => uses.filter((use) => use === name).length === 1);
  return { exported: only.map((name) => `${file} ${name}`), imported };
}

function identifiersOf(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node.text);
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function declaredIn(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier };
  return name ? [name.text] : [];
}

/** Exports of `lib` that nothing uses but, it may be, tests. */
function unusedOf(all: readonly Source[]): string[] {
  const names = all.map(namesOf);
  const imported = new Set(names.flatMap((file) => file.imported));
  return names
    .flatMap(({ exported }) => exported)
    .filter((name) => name.startsWith('lib/'))
    .filter((name) => !imported.has(name) && !imported.has(name.replace(/ .*/, ' *')));
}

const unused = unusedOf(sources);

test('what a file of lib exports, the package uses', () => {
  expect(unused.filter((name) => !(name in exceptions))).toEqual([]);
});

test('every exception is one', () => {
  expect(Object.keys(exceptions).filter((name) => !unused.includes(name))).toEqual([]);
});

test('the walker knows each way to export and to import', () => {
  const exporting =
    'export const a = 1;\nexport function b() {}\nexport interface C { c: D }\nexport type D = 1;\nconst e = 2;';
  const at = (text: string): Source => ({ file: 'lib/model/x.ts', text });
  const plan = { file: 'lib/model/plan.ts', text: exporting };
  const left = (text: string) => unusedOf([plan, at(text)]).map((name) => name.replace(/.* /, ''));
  expect(left('')).toEqual(['a', 'b', 'C']);
  expect(left("import { a, type C } from './plan';")).toEqual(['b']);
  expect(left("import { b as z } from './plan';\nexport { a } from './plan';")).toEqual(['C']);
  expect(left("import * as all from './plan';")).toEqual([]);
});
