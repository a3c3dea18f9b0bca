import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One error of the compiler: where it begins, and all that is printed of it. */
export interface CompileError {
  readonly line: number;
  readonly message: string;
}

type Resolution = 'node16' | 'bundler' | 'node10';

const ways: Readonly<Record<Resolution, ts.CompilerOptions>> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node10: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
};

/** As `tsc --strict --noEmit` in a program's folder. The texts are written there first. Errors are those of the wanted files, by name. */
export function compile(folder: string, resolution: Resolution, texts: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
  const files = Object.keys(texts).map((file) => join(folder, file));
  const options: ts.CompilerOptions = {
    ...ways[resolution],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    types: ['node'],
    typeRoots: [join(folder, 'node_modules/@types')],
  };
  const program = ts.createProgram(files, options);
  return {
    /** Of one of the texts. */
    errorsOf: (file: string): CompileError[] => errorsIn(program, join(folder, file)),
    /** Of the package's own declarations, `file: message`. */
    declarationErrors: (): string[] =>
      program
        .getSourceFiles()
        .map((source) => source.fileName)
        .filter((file) => file.includes('/node_modules/edgecdk/'))
        .flatMap((file) => errorsIn(program, file).map(({ message }) => `${file.split('/edgecdk/')[1]}: ${message}`)),
    optionErrors: (): string[] => program.getOptionsDiagnostics().map(textOf),
  };
}

function errorsIn(program: ts.Program, file: string): CompileError[] {
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} is not in the program`);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => ({
    line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1,
    message: textOf(diagnostic),
  }));
}

function textOf(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
}
