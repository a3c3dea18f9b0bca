import { impuritiesOf } from './impurities';
import { sources } from './sources';

/** What reads more than its input, and may: a folder, or one thing in one file. */
const exceptions: Readonly<Record<string, string>> = {
  'lib/artifacts/get.ts fetch': 'downloads what is locked, for the command that may',
  'lib/artifacts/get.ts setTimeout': 'does not wait for ever',
  'lib/cli/': 'the command has arguments, a working folder and a terminal',
  'lib/engines/argo-cd/model-problems.ts Intl': 'the names of time zones, with a locale that is given',
  'lib/render/workload/cdk8s-settings.ts process.env': 'takes away what cdk8s would read, and puts it back',
  'lib/resolve/inventory/facts.ts Intl': 'the names of time zones, with a locale that is given',
};

const found = sources.flatMap(impuritiesOf);

function isExcepted(one: string, exception: string): boolean {
  return one.replace(/:\d+ /, ' ').startsWith(exception);
}

test('no source but the command reads the environment, the clock, chance or the locale', () => {
  expect(found.filter((one) => !Object.keys(exceptions).some((exception) => isExcepted(one, exception)))).toEqual([]);
});

test('every exception is in use', () => {
  expect(Object.keys(exceptions).filter((exception) => !found.some((one) => isExcepted(one, exception)))).toEqual([]);
});

test.each([
  ['process.env.HOME', 'process.env'],
  ["process['env'].HOME", 'process.env'],
  ['const { env } = process;', 'process.env'],
  ['const { env: e } = globalThis.process;', 'process.env'],
  ["import { env } from 'node:process';", 'process.env'],
  ['process.cwd()', 'process.cwd'],
  ['Date.now()', 'Date.now'],
  ['globalThis.Date.now()', 'Date.now'],
  ['new Date()', 'new Date()'],
  ['new Date', 'new Date()'],
  ['Date()', 'Date()'],
  ['new Date(0).getHours()', 'getHours'],
  ['Math.random()', 'Math.random'],
  ["import { randomUUID } from 'node:crypto';", 'crypto.randomUUID'],
  ["import { performance } from 'node:perf_hooks'; performance.now()", 'performance.now'],
  ['[].sort((a, b) => a.localeCompare(b))', 'localeCompare'],
  ['(1).toLocaleString()', 'toLocaleString'],
  ['new Intl.Collator()', 'Intl'],
  ["fetch('x')", 'fetch'],
])('%s is found', (text, what) => {
  expect(impuritiesOf({ file: 'lib/x.ts', text: `\n${text}` })).toContain(`lib/x.ts:2 ${what}`);
});

test.each([
  'new Date(0).toISOString()',
  "// Date.now()\nconst text = 'process.env';",
  'site.env, options.process, math.random',
  'const { env } = content;',
  "import { createHash } from 'node:crypto';",
])('%s passes', (text) => {
  expect(impuritiesOf({ file: 'lib/x.ts', text })).toEqual([]);
});
