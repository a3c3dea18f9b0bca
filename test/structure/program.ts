import { join } from 'node:path';
import ts from 'typescript';
import { root } from './sources';

const parsed = new Map<string, ts.SourceFile | undefined>();

/** As the tests are checked, so that `edgecdk` means the sources. */
const options: ts.CompilerOptions = {
  ...ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'test/tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    join(root, 'test'),
  ).options,
  noUnusedLocals: false,
  incremental: false,
  tsBuildInfoFile: undefined,
};

/** A program over files of the repository and of `virtual`, texts by path. Files are parsed once for all programs. */
export function programOf(files: readonly string[], virtual: ReadonlyMap<string, string> = new Map()): ts.Program {
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => virtual.has(file) || fileExists.call(host, file);
  host.readFile = (file) => virtual.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = virtual.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, languageVersion, true);
    if (!parsed.has(file)) parsed.set(file, getSourceFile.call(host, file, languageVersion, ...rest));
    return parsed.get(file);
  };
  return ts.createProgram([...files, ...virtual.keys()], options, host);
}
