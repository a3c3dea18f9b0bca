import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../structure/sources';
import { readDoc } from './markdown';
import { printTraps, TRAP_LISTS } from './traps/print';
import { testsIn } from './traps/test-titles';

const traps = TRAP_LISTS.flatMap(({ title, traps }) =>
  traps.map((trap) => ({ ...trap, name: `${title} ${trap.number}` })),
);

test('docs/traps.md is what the lists say today; `npm run docs` makes it anew', () => {
  expect(readDoc('traps.md')).toBe(printTraps());
});

test('no number is left out: 44 of K3s and MicroK8s, 20 of KubeEdge, 18 that were reported', () => {
  const [k3s = [], microk8s = [], ...others] = TRAP_LISTS.map((list) => list.traps.map(({ number }) => number));
  const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  expect([[...k3s, ...microk8s], ...others]).toEqual([upTo(44), upTo(20), upTo(18)]);
});

test.each(traps)('$name is shown by tests that there are', ({ tests }) => {
  expect(tests).not.toEqual([]);
  for (const { file, title, row } of tests) {
    expect([file, existsSync(join(root, file)) && /\.test\.ts$/.test(file)]).toEqual([file, true]);
    const same = testsIn(readFileSync(join(root, file), 'utf8')).filter((found) => found.title === title);
    expect([file, title, same.length > 0]).toEqual([file, title, true]);
    if (row !== undefined) expect([file, row, same.some(({ rows }) => rows.has(row))]).toEqual([file, row, true]);
  }
});

test('what was decided stands where the page says', () => {
  const files = traps.flatMap(({ decided }) => decided?.file ?? []);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('each trap has one sentence of its own, and a word on how it is prevented', () => {
  expect(new Set(traps.map(({ trap }) => trap)).size).toBe(traps.length);
  for (const { name, trap, how } of traps)
    expect([name, /^\S.*\.$/.test(trap), /^\S.*[^.]$/.test(how)]).toEqual([name, true, true]);
});

test.each([
  ['a test', "test('a b', () => {});", 'a b', []],
  ['a row', "test.each([['x', 1]] as const)('a %s', () => {});", 'a %s', ['x']],
  ['rows of a variable', "const all = [{ name: 'x' }]; test.each(all)('$name', () => {});", '$name', ['x']],
  [
    'what is skipped where a shell is missing',
    "const here = is ? test : test.skip; here.each([['x']])('a', f);",
    'a',
    ['x'],
  ],
])('%s is found', (_, text, title, rows) => {
  expect(testsIn(text)).toEqual([{ title, rows: new Set(rows) }]);
});

test.each(["test.skip('a', f);", "describe('a', f);", "expect('a');", "// test('a', f);", "test.todo('a');"])(
  '%s is no test',
  (text) => {
    expect(testsIn(text)).toEqual([]);
  },
);
