import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AssemblyRecord,
  assemblyFileName,
  assemblyFormat,
  type SiteRecord,
  temporary,
} from '../model/assembly-record';
import { sha256 } from '../model/digest';
import { error, SynthError } from '../model/problem';

/** An output folder that an earlier run wrote. */
export interface Assembly {
  readonly outDir: string;
  readonly record: AssemblyRecord;
  /** Text of a shard's index. Throws `SynthError` where it is missing or is not the one that `assembly.json` speaks of. */
  shardText(shard: string): string;
  /** All sites, shard by shard; within a shard sorted by name. */
  sites(): Iterable<SiteRecord>;
}

/** Undefined for a folder that is not there, or is empty. Throws `SynthError` for one that holds something else. */
export function readAssembly(outDir: string, fleet: string): Assembly | undefined {
  const refuse = (message: string) => new SynthError([error(fleet, message)]);
  const names = listFolder(outDir, refuse).filter((name) => !name.startsWith(writingMarker));
  if (names.length === 0) return undefined;
  const file = join(outDir, assemblyFileName);
  if (!existsSync(file)) {
    // A first run that was killed leaves its marker, and files that only it can have made.
    if (existsSync(join(outDir, writingMarker))) return undefined;
    throw refuse(
      `cannot write to ${outDir}: it holds ${names.slice(0, 3).join(', ')} and no ${assemblyFileName} of ours; name another folder, or empty it`,
    );
  }
  let record: Partial<AssemblyRecord>;
  try {
    record = JSON.parse(readFileSync(file, 'utf8'));
  } catch (e) {
    throw refuse(`cannot read ${file}: ${(e as Error).message}; restore it, or name another folder`);
  }
  if (record.producer !== 'edgecdk')
    throw refuse(`cannot write to ${outDir}: its ${assemblyFileName} is not of EdgeCDK; name another folder`);
  if (record.format !== assemblyFormat)
    throw refuse(
      `cannot read ${file}: it has format ${record.format}, and this EdgeCDK knows ${assemblyFormat}; use the release that wrote it, or name another folder`,
    );
  if (record.fleet !== fleet)
    throw refuse(`cannot write to ${outDir}: it holds the fleet ${record.fleet}; name another folder, or empty it`);
  return assembly(outDir, record as AssemblyRecord, refuse);
}

/** A file that stands in the output folder while it is written, and after a crash. */
export const writingMarker = '.edgecdk-writing';

function assembly(outDir: string, record: AssemblyRecord, refuse: (message: string) => Error): Assembly {
  const shardText = (shard: string) => {
    const file = join(outDir, 'sites', shard, 'index.ndjson');
    // A run that was cut short right after it wrote assembly.json has not renamed all shards yet.
    for (const candidate of [file, `${file}${temporary}`]) {
      const text = existsSync(candidate) ? readFileSync(candidate, 'utf8') : '';
      if (sha256(text) === record.shards[shard]?.digest) return text;
    }
    throw refuse(`cannot trust ${file}: it is missing or was changed by hand; restore the folder, or empty it`);
  };
  return {
    outDir,
    record,
    shardText,
    *sites() {
      for (const shard of Object.keys(record.shards)) {
        for (const line of shardText(shard).split('\n')) if (line !== '') yield JSON.parse(line) as SiteRecord;
      }
    },
  };
}

function listFolder(folder: string, refuse: (message: string) => Error): string[] {
  try {
    return readdirSync(folder);
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw refuse(`cannot use ${folder} as output folder (${code}); name a folder`);
  }
}
