/**
 * `npm run bench`: EdgeCDK against cdk8s and against the bare write of its output, all in this run and on this machine. Figures are printed and never
 * asserted; a machine that does other work changes them, ratios less than seconds.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case, Figures, Measurement } from './measure';

const sites = 1_000;
const manySites = 10_000;
const fewVans = 50;
const manyVans = 500;
const repeats = 3;
const limitMinutes = 10;
const nameWidth = 44;

/** In memory the programs are compared, on disk mostly the file system is. */
const folders = [
  { name: 'memory', folder: '/dev/shm' },
  { name: 'disk', folder: tmpdir() },
].filter(({ folder }) => existsSync(folder));

/** In a process of its own, so that no measurement warms up another; undefined if it takes too long. */
function run(which: Case, count: number, folder: string): Measurement | undefined {
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'measure.ts'), which, String(count), folder],
    { encoding: 'utf8', timeout: limitMinutes * 60_000 },
  );
  if (error && 'code' in error && error.code === 'ETIMEDOUT') return undefined;
  if (status !== 0) throw new Error(`${which} with ${count} sites failed\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** The middle one of a few, by CPU time; undefined if one takes too long. */
function median(which: Case, count: number, folder: string): Measurement | undefined {
  const all: Measurement[] = [];
  while (all.length < repeats) {
    const one = run(which, count, folder);
    if (!one) return undefined;
    all.push(one);
  }
  return all.sort((a, b) => a.first.cpuSeconds - b.first.cpuSeconds)[Math.floor(repeats / 2)];
}

/** One App grows with the square of the sites: where that is too slow for this machine, fewer are measured, and it is said. */
function oneApp(folder: string): { readonly cdk8s: Measurement; readonly ours: Measurement } | undefined {
  for (const count of [sites, sites / 2, sites / 4]) {
    const cdk8s = median('cdk8s-app', count, folder);
    const ours = cdk8s && median('chart', count, folder);
    if (ours) return { cdk8s, ours };
    console.log(`cdk8s with ${count} sites in one App takes more than ${limitMinutes} minutes`);
  }
  return undefined;
}

function compare(name: string, folder: string): void {
  const pair = oneApp(folder);
  const apps = median('cdk8s-apps', sites, folder);
  const own = median('container', sites, folder);
  const many = name === 'memory' ? median('container', manySites, folder) : undefined;

  heading(`in ${name} (${folder})`, ['sites', 'wall s', 'CPU s', 'files', 'MB', 'peak MB']);
  if (pair) row('cdk8s, one App with a chart for each site', pair.cdk8s);
  if (apps) row('cdk8s, an App for each site', apps);
  if (pair) row('EdgeCDK, the same objects in ChartWorkloads', pair.ours);
  for (const measured of [own, many]) {
    if (!measured) continue;
    row('EdgeCDK, ContainerWorkloads', measured);
    if (measured.again) row('  the same again, unchanged', measured, measured.again);
    row('  bare write of the same files', measured, measured.raw);
  }
  heading('ratios', ['', 'wall', 'CPU']);
  if (pair) ratio(`cdk8s in one App / EdgeCDK, ${pair.ours.sites} sites`, pair.cdk8s.first, pair.ours.first);
  if (apps && pair?.ours.sites === sites)
    ratio(`cdk8s in many Apps / EdgeCDK, ${sites} sites`, apps.first, pair.ours.first);
  if (own) ratio(`EdgeCDK / bare write, ${own.sites} sites`, own.first, own.raw);
  if (many) ratio(`EdgeCDK / bare write, ${many.sites} sites`, many.first, many.raw);
  if (many?.again) ratio(`first / unchanged, ${many.sites} sites`, many.first, many.again);
  if (own && many) ratio(`EdgeCDK, ${many.sites} sites / ${own.sites} sites`, many.first, own.first);
}

/** Many sites in one cluster: what they share must not grow with them, and nothing with their square. */
function compareVans(folder: string): void {
  const few = median('vans', fewVans, folder);
  const many = median('vans', manyVans, folder);
  if (!few || !many) return;
  heading(`vans of one KubeEdge cluster, in ${folder}`, ['sites', 'wall s', 'CPU s', 'files', 'MB', 'peak MB']);
  for (const measured of [few, many]) {
    row('EdgeCDK, 20 objects of each van', measured);
    const { shared, perSite } = measured.objects;
    console.log(`  ${shared} objects that all vans share, ${perSite.toLocaleString('en')} of vans`);
  }
  heading('ratios', ['', 'wall', 'CPU']);
  ratio(`EdgeCDK, ${manyVans} vans / ${fewVans} vans`, many.first, few.first);
}

function heading(title: string, columns: readonly string[]): void {
  console.log(`\n${line(title, columns)}`);
}

function row(name: string, of: Measurement, figures?: Figures): void {
  const { wallSeconds, cpuSeconds } = figures ?? of.first;
  const size = figures ? [] : [of.files.toLocaleString('en'), of.megabytes.toFixed(1), of.peakMegabytes.toFixed(0)];
  console.log(line(name, [of.sites.toLocaleString('en'), wallSeconds.toFixed(2), cpuSeconds.toFixed(2), ...size]));
}

function ratio(name: string, slow: Figures, fast: Figures): void {
  const times = (of: keyof Figures) => `${(slow[of] / fast[of]).toFixed(1)}x`;
  console.log(line(name, ['', times('wallSeconds'), times('cpuSeconds')]));
}

function line(name: string, cells: readonly string[]): string {
  return (name.padEnd(nameWidth) + cells.map((cell) => cell.padStart(9)).join('')).trimEnd();
}

console.log(
  `${availableParallelism()} cores, Node.js ${process.version}; 15 objects a site; each figure the median of ${repeats} processes`,
);
for (const { name, folder } of folders) compare(name, folder);
const [first] = folders;
if (first) compareVans(first.folder);
