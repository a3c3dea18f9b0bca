/** One measurement, in a process of its own: `measure.ts <case> <sites> <folder>`. Prints a line of JSON. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { chartFleet, containerFleet, synthCdk8sApp, synthCdk8sApps, vanFleet } from './fleets';

/** Each describes a fleet of so many sites and synthesizes it into a folder. */
const cases = {
  container: (sites: number, outDir: string) => containerFleet(sites).synth({ outDir }),
  chart: (sites: number, outDir: string) => chartFleet(sites).synth({ outDir }),
  vans: (sites: number, outDir: string) => vanFleet(sites).synth({ outDir }),
  'cdk8s-app': synthCdk8sApp,
  'cdk8s-apps': synthCdk8sApps,
};
export type Case = keyof typeof cases;

export interface Figures {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

export interface Measurement {
  readonly sites: number;
  /** Description and synthesis, into an empty folder. */
  readonly first: Figures;
  /** The same once more over what is there. @default - not measured */
  readonly again?: Figures;
  /** The same bytes, written file by file. */
  readonly raw: Figures;
  readonly files: number;
  readonly megabytes: number;
  /** Objects of a cluster that sites share, and those that its sites add. */
  readonly objects: { readonly shared: number; readonly perSite: number };
  /** Largest resident set. */
  readonly peakMegabytes: number;
}

function figuresOf(work: () => void): Figures {
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  work();
  const used = process.cpuUsage(cpu);
  return {
    wallSeconds: Number(process.hrtime.bigint() - wall) / 1e9,
    cpuSeconds: (used.user + used.system) / 1e6,
  };
}

function measure(which: Case, sites: number, folder: string): Measurement {
  const scratch = mkdtempSync(join(folder, 'edgecdk-bench-'));
  try {
    const out = join(scratch, 'out');
    mkdirSync(out);
    const first = figuresOf(() => cases[which](sites, out));
    const again = which.startsWith('cdk8s') ? undefined : figuresOf(() => cases[which](sites, out));
    const peakMegabytes = process.resourceUsage().maxRSS / 1024;
    const files = readAll(out);
    const raw = figuresOf(() => writeAll(files, join(scratch, 'raw')));
    const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
    const objects = {
      shared: objectsBelow(files, /^clusters\/[^/]+\/manifests\//),
      perSite: objectsBelow(files, /^clusters\/[^/]+\/sites\//),
    };
    return { sites, first, again, raw, files: files.length, megabytes: bytes / 1e6, objects, peakMegabytes };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface FileContent {
  readonly path: string;
  readonly content: Buffer;
}

function readAll(folder: string): FileContent[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file), content: readFileSync(file) }));
}

function objectsBelow(files: readonly FileContent[], folder: RegExp): number {
  return files
    .filter(({ path }) => folder.test(path))
    .reduce((sum, { content }) => sum + (content.toString('utf8').match(/^kind: /gm)?.length ?? 0), 0);
}

function writeAll(files: readonly FileContent[], folder: string): void {
  const made = new Set<string>();
  for (const { path, content } of files) {
    const file = join(folder, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, content);
  }
}

if (require.main === module) {
  const [which = '', sites, folder] = process.argv.slice(2);
  if (!isCase(which) || !folder) throw new Error(`usage: measure.ts ${Object.keys(cases).join('|')} <sites> <folder>`);
  console.log(JSON.stringify(measure(which, Number(sites), folder)));
}

function isCase(name: string): name is Case {
  return name in cases;
}
