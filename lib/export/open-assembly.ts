import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, readAssembly, writingMarker } from '../assembly/read-assembly';
import { type AssemblyRecord, assemblyFileName } from '../model/assembly-record';
import { error, SynthError } from '../model/problem';

/** A finished assembly, of whatever fleet. Throws `SynthError` where the folder holds none, or one that is being written. */
export function openAssembly(outDir: string): Assembly {
  const refuse = (message: string) => new SynthError([error(outDir, message)]);
  const file = join(outDir, assemblyFileName);
  if (!existsSync(file))
    throw refuse(`holds no ${assemblyFileName}; run edgecdk synth first, or name the folder of an assembly`);
  if (existsSync(join(outDir, writingMarker)))
    throw refuse('is being written, or its synth was cut short; run edgecdk synth again');
  let record: Partial<AssemblyRecord>;
  try {
    record = JSON.parse(readFileSync(file, 'utf8'));
  } catch (e) {
    throw refuse(`has an ${assemblyFileName} that is no JSON: ${(e as Error).message}; run edgecdk synth again`);
  }
  if (record.producer !== 'edgecdk' || typeof record.fleet !== 'string')
    throw refuse(`has an ${assemblyFileName} that is not of EdgeCDK; name the folder of an assembly`);
  const assembly = readAssembly(outDir, record.fleet);
  if (!assembly) throw refuse('holds no assembly; run edgecdk synth first');
  return assembly;
}
