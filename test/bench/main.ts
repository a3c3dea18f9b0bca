/**
 * `npm run bench`: EdgeCDK against cdk8s and against the bare write of its output, all in this run and on this machine. Figures are printed and never
 * asserted; a machine that does other work changes them, ratios less than seconds.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Case, Figures, Measurement } from './measure';

const sites = 1_000;
const manySites = 10_000;
const repeats = 3;
const limitMinutes = 10;

/** In a process of its own, so that no measurement warms up another; undefined if it takes too long. */
function run(which: Case, count: number): Measurement | undefined {
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'measure.ts'), which, String(count)],
    { encoding: 'utf8', timeout: limitMinutes * 60_000, env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  );
  if (error && 'code' in error && error.code === 'ETIMEDOUT') return undefined;
  if (status !== 0) throw new Error(`${which} with ${count} sites failed\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** The middle one of a few, by CPU time. */
function median(which: Case, count: number): Measurement {
  const all = Array.from({ length: repeats }, () => run(which, count)).filter((one) => one !== undefined);
  const middle = all.sort((a, b) => a.first.cpuSeconds - b.first.cpuSeconds)[Math.floor(all.length / 2)];
  if (!middle) throw new Error(`${which} with ${count} sites takes more than ${limitMinutes} minutes`);
  return middle;
}

/** cdk8s grows with the square of the sites: where that is too slow for this machine, fewer are measured and said. */
function cdk8s(): Measurement | undefined {
  for (const count of [sites, sites / 2, sites / 4]) {
    const measured = run('cdk8s', count);
    if (measured) return measured;
    console.log(`cdk8s with ${count} sites takes more than ${limitMinutes} minutes`);
  }
  return undefined;
}

function row(name: string, count: number, { wallSeconds, cpuSeconds }: Figures, of?: Measurement): string {
  const size = of
    ? [of.files.toLocaleString('en'), of.megabytes.toFixed(1), of.peakMegabytes.toFixed(0)]
    : ['', '', ''];
  const cells = [count.toLocaleString('en'), wallSeconds.toFixed(2), cpuSeconds.toFixed(2), ...size];
  return name.padEnd(44) + cells.map((cell) => cell.padStart(9)).join('');
}

function ratio(name: string, slow: Figures, fast: Figures): string {
  const times = (of: keyof Figures) => `${(slow[of] / fast[of]).toFixed(1)}x`.padStart(9);
  return `${name.padEnd(44)}${''.padStart(9)}${times('wallSeconds')}${times('cpuSeconds')}`;
}

function main(): void {
  console.log(`${availableParallelism()} cores, Node.js ${process.version}; 15 objects a site, median of ${repeats}\n`);
  const container = median('container', sites);
  const chart = median('chart', sites);
  const plain = cdk8s();
  const many = median('container', manySites);
  // At the same number of sites, or there is nothing to compare.
  const rival = plain && (plain.sites === sites ? chart : median('chart', plain.sites));

  const heads = ['sites', 'wall s', 'CPU s', 'files', 'MB', 'peak MB'];
  const lines = [
    ''.padEnd(44) + heads.map((head) => head.padStart(9)).join(''),
    row('EdgeCDK, container workloads', sites, container.first, container),
    ...(container.again ? [row('EdgeCDK, container workloads, unchanged', sites, container.again)] : []),
    row('bare write of the same files', sites, container.raw),
    row('EdgeCDK, chart workloads', sites, chart.first, chart),
    ...(plain ? [row('cdk8s, a chart per site, same objects', plain.sites, plain.first, plain)] : []),
    row('EdgeCDK, container workloads', manySites, many.first, many),
    ...(many.again ? [row('EdgeCDK, container workloads, unchanged', manySites, many.again)] : []),
    row('bare write of the same files', manySites, many.raw),
    '',
    ...(plain && rival ? [ratio(`cdk8s / EdgeCDK, at ${plain.sites} sites`, plain.first, rival.first)] : []),
    ratio(`EdgeCDK / bare write, at ${sites} sites`, container.first, container.raw),
    ratio(`EdgeCDK / bare write, at ${manySites} sites`, many.first, many.raw),
    ...(many.again ? [ratio(`first / unchanged, at ${manySites} sites`, many.first, many.again)] : []),
    ratio(`${manySites} sites / ${sites} sites`, many.first, container.first),
  ];
  console.log(lines.join('\n'));
}

main();
