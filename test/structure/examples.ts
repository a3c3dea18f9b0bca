import { join } from 'node:path';
import ts from 'typescript';
import { programOf } from './program';
import { type Documented, exported } from './public-api';
import { root } from './sources';

const preamble = join(root, 'test/structure/preamble.ts');
const folder = join(root, 'test/structure/virtual');

/** Compiler errors of each example, by the name of what it explains; the examples see what the package exports and the preamble. */
export function exampleErrors(examples: ReadonlyMap<string, string>): Map<string, string[]> {
  const virtual = new Map([...examples].map(([name, text]) => [fileOf(name), `${header()}\n${text}\nexport {};\n`]));
  const program = programOf([preamble], virtual.set(join(folder, 'globals.d.ts'), globals()));
  return new Map(
    [...examples.keys()].map((name) => {
      const file = program.getSourceFile(fileOf(name));
      return [name, [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(message)];
    }),
  );
}

/** Examples by the name of what they explain; of several each counts. */
export function examplesOf(all: readonly Documented[]): Map<string, string> {
  return new Map(all.flatMap(({ name, examples }) => examples.map((text, i) => [i ? `${name} ${i + 1}` : name, text])));
}

function fileOf(name: string): string {
  return join(folder, `${name.replaceAll(' ', '-')}.ts`);
}

function header(): string {
  const from = (names: readonly string[], module: string) => `import { ${names.join(', ')} } from '${module}';`;
  const values = exported.filter(({ kind }) => kind === 'class' || kind === 'function');
  const isTesting = ({ file }: Documented) => /(testing|match)\.ts$/.test(file);
  const names = (all: readonly Documented[]) => all.map(({ name }) => name);
  return [
    from(['Cpu', 'Duration', ...names(values.filter((v) => !isTesting(v))), 'Size'], 'edgecdk'),
    from(names(values.filter(isTesting)), 'edgecdk/testing'),
  ].join(' ');
}

/** Globals, so that an example may declare a name of its own. */
function globals(): string {
  const program = programOf([preamble]);
  const source = program.getSourceFile(preamble);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  const names = module
    ? program
        .getTypeChecker()
        .getExportsOfModule(module)
        .map((symbol) => symbol.name)
    : [];
  const variables = names.map((name) => `const ${name}: typeof import('../preamble').${name};`);
  return `export {};\ndeclare global {\n${variables.join('\n')}\n}\n`;
}

function message({ messageText, file, start }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
