import { parse } from 'yaml';
import { yamlText } from '../../../../lib/render/node/yaml-text';

const WORDS = [
  'on',
  'off',
  'yes',
  'No',
  'y',
  '0644',
  '0o17',
  '12:30',
  '1e3',
  '1_000',
  '~',
  'null',
  '',
  ' a',
  'a: b',
  '#a',
  '*',
  '=',
  '2026-11-24',
];
const TEXTS = [
  'a\n',
  'a\nb\n',
  ' a\nb\n',
  'a \nb\n',
  'a\n\nb\n',
  'a\nb',
  'a\nb\n\n',
  'a\tb\nc\n',
  'ü\nb\n',
  'a\r\nb\n',
  '# a\n{{ b }}\n',
];

test.each([...WORDS, ...TEXTS])(
  '%j is the same text to readers of YAML 1.1 and 1.2, as value, item and key',
  (text) => {
    const value = { text, list: [text], nested: { [text]: 'x' } };
    for (const version of ['1.1', '1.2'] as const) expect(parse(yamlText(value), { version })).toEqual(value);
  },
);

test('numbers, switches and nothing stay what they are, and what is undefined is left out', () => {
  expect(yamlText({ a: 5, b: true, c: null, d: undefined, e: { f: undefined } })).toBe(
    'a: 5\nb: true\nc: null\ne: {}\n',
  );
});

test('a file is a block, so that it can be read', () => {
  expect(yamlText({ file: '#!/bin/sh\n\nexit 0\n' })).toBe('file: |\n  #!/bin/sh\n\n  exit 0\n');
});

test('the sign of a merge is a text where it is a value', () => {
  for (const version of ['1.1', '1.2'] as const) expect(parse(yamlText({ a: '<<' }), { version })).toEqual({ a: '<<' });
});
