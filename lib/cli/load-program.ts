import { basename, dirname, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register as registerCommonJs } from 'tsx/cjs/api';
import { type FleetLike, isFleet } from '../model/fleet-symbol';
import type { SynthOptions, SynthResult } from '../synth';
import { ProgramError, UsageError } from './exit-codes';

export type ProgramFleet = FleetLike<SynthOptions, SynthResult>;

/** Runs a program, without a build step, and gives the fleet that it exports. */
export async function loadProgram(file: string, parameters: Readonly<Record<string, string>>): Promise<ProgramFleet> {
  // Imported and not required: the CommonJS face of this part looks for its loader in a folder that is not there (tsx 4.23).
  const { register: registerModules } = await import('tsx/esm/api');
  inFolder(dirname(file), () => {
    registerCommonJs();
    registerModules();
  });
  const exported = await running(file, () => import(pathToFileURL(file).href) as Promise<Record<string, unknown>>);
  const found = exportedFleet(exported, basename(file));
  if (typeof found !== 'function') {
    if (Object.keys(parameters).length === 0) return found;
    throw new UsageError(
      `${basename(file)} takes no parameters: its default export is a fleet and no function from parameters to one`,
    );
  }
  const made: unknown = await running(file, () => found(parameters));
  if (isFleet(made)) return made as ProgramFleet;
  throw new ProgramError(`${basename(file)} exports a function that returns ${describe(made)}; it must return a Fleet`);
}

/** tsx takes the tsconfig.json that it sees from the current folder, where the program's own is meant, as in the type check. */
function inFolder(folder: string, run: () => void): void {
  const before = process.cwd();
  process.chdir(folder);
  try {
    run();
  } finally {
    process.chdir(before);
  }
}

type MakeFleet = (parameters: Readonly<Record<string, string>>) => unknown;

/** The default export, or the only fleet among the named ones. */
export function exportedFleet(exported: Readonly<Record<string, unknown>>, name: string): ProgramFleet | MakeFleet {
  const main = defaultOf(exported);
  if (isFleet(main)) return main as ProgramFleet;
  if (typeof main === 'function') return main as MakeFleet;
  // A CommonJS program shows its exports both by name and below `default`.
  const named = { ...(typeof main === 'object' ? main : {}), ...exported } as Record<string, unknown>;
  const fleets = Object.keys(named).filter((key) => key !== 'default' && isFleet(named[key]));
  const [only] = fleets;
  if (only !== undefined && fleets.length === 1) return named[only] as ProgramFleet;
  if (fleets.length > 1)
    throw new ProgramError(
      `${name} exports ${fleets.length} fleets (${fleets.join(', ')}); export the one that is meant as default`,
    );
  const keys = Object.keys(named)
    .filter((key) => key !== '__esModule' && key !== 'module.exports' && (key !== 'default' || isOther(main)))
    .map((key) => (key === 'default' ? `${describe(main)} as default` : key));
  throw new ProgramError(
    `${name} exports ${keys.length > 0 ? `${keys.join(', ')}, but no fleet` : 'nothing'}; end it with \`export default fleet\``,
  );
}

/** A default export that stands for something, and not for the exports of a CommonJS program. */
function isOther(main: unknown): boolean {
  return main !== undefined && (typeof main !== 'object' || main?.constructor !== Object);
}

function defaultOf(exported: Readonly<Record<string, unknown>>): unknown {
  const main = exported.default;
  const isModule = typeof main === 'object' && main !== null && '__esModule' in main && 'default' in main;
  return isModule ? (main as { readonly default: unknown }).default : main;
}

/** The folders of this package, whatever the folder is called that it lies in. */
const ours = ['lib', 'constructs'].map((folder) => resolve(__dirname, '../..', folder) + sep);

/** What the program throws, with the lines of the user's own files. */
async function running<T>(file: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (e) {
    throw new ProgramError(`${basename(file)} throws ${e instanceof Error ? explain(e) : describe(e)}`);
  }
}

function explain(e: Error): string {
  const places = (e.stack ?? '')
    .split('\n')
    .filter(
      (line) =>
        /^\s+at /.test(line) &&
        !/node:|node_modules|[\\/]edgecdk[\\/]build[\\/]/.test(line) &&
        !ours.some((folder) => line.includes(folder)),
    )
    .map((line) => `\n    ${line.trim().replaceAll(`${process.cwd()}/`, '').replace('file://', '')}`);
  const hint = /__dirname is not defined/.test(e.message)
    ? '\n    In an ES module write import.meta.dirname instead of __dirname.'
    : '';
  return `${e.name}: ${e.message}${hint}${places.slice(0, 5).join('')}`;
}

function describe(value: unknown): string {
  return value === undefined || value === null
    ? String(value)
    : typeof value === 'object'
      ? `an object (${value.constructor?.name})`
      : `a ${typeof value}`;
}

export function shortPath(file: string): string {
  return relative(process.cwd(), file) || file;
}
