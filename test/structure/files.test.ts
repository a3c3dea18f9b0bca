import { sources } from './sources';

const longest = 300;

/** Tables of figures, with a source to each. */
const tables = /^lib\/catalog\//;

test(`no source is longer than ${longest} lines`, () => {
  const lengths = sources
    .filter(({ file }) => !tables.test(file))
    .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
  expect(lengths.filter(({ lines }) => lines > longest)).toEqual([]);
});

test('every source is one concept in one kebab-case file', () => {
  const odd = sources.filter(({ file }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(file));
  expect(odd.map(({ file }) => file)).toEqual([]);
});
