import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse, parseDocument } from 'yaml';
import { applyFilters } from '../../../lib/model/filter';
import { mapScalars } from '../../../lib/model/kube-object';
import { numberHole, splitTokens, TokenTable } from '../../../lib/model/token';
import { printYaml, toTemplate } from '../../../lib/render/yaml-template';
import { hostileTexts, inventoryText } from '../../support/hostile';

const tokens = new TokenTable(['site.name', 'site.values.a', 'site.values.b', 'site.values.n']);
const [a, b, n] = [tokens.text('site.values.a'), tokens.text('site.values.b'), tokens.number('site.values.n')];

interface Values {
  readonly a: string;
  readonly b: string;
  readonly n: number;
}

function written(tree: unknown, values: Values): string {
  const of = (hole: string) => values[hole.slice('site.values.'.length) as keyof Values];
  const fitsOnLine = (use: { hole: string; filters: readonly never[] | readonly unknown[] }) =>
    /^[\x20-\x7e]*(?<! )$/.test(applyFilters(of(use.hole), use.filters as []));
  const { texts, holes } = toTemplate(printYaml(tree, tokens, fitsOnLine), tokens);
  return texts.map((text, i) => text + (holes[i] ? applyFilters(of(holes[i].hole), holes[i].filters) : '')).join('');
}

function meant(tree: unknown, values: Values): unknown {
  const of = (hole: string) => values[hole.slice('site.values.'.length) as keyof Values];
  return mapScalars(tree, (value) => {
    const number = typeof value === 'number' ? numberHole(value, tokens) : undefined;
    if (number) return of(number.hole);
    if (typeof value === 'number') return value;
    return splitTokens(value, tokens)
      .map((part) => (typeof part === 'string' ? part : String(of(part.hole))))
      .join('');
  });
}

/** Three readers: YAML 1.2, YAML 1.1, and another library's. */
function readings(text: string): unknown[] {
  return [parse(text), parseDocument(text, { version: '1.1' }).toJS(), load(text)];
}

const tree = {
  whole: a,
  joined: `${a}-${b}`,
  inside: `x ${a} y`,
  number: n,
  numberInText: `n=${n}`,
  file: `first line\nkey = ${a}\nlast ${b} line\n`,
  holeFirst: `${a}\n${b}\n`,
  noEnd: `one\ntwo ${a}`,
  list: [a, n, { deep: b }],
  literal: 'yes',
};
// Readers take keys of up to 1,024 characters; those of Kubernetes have 317 at most, which the grammar of fields holds.
const keyed = { [`key-${a}`]: `in ${b}` };

test.each(hostileTexts)('a hole filled with %j reads as that text everywhere', (text) => {
  const values = { a: text, b: `<${text}>`, n: 3 };
  for (const reading of readings(written(tree, values))) expect(reading).toEqual(meant(tree, values));
  const short = { ...values, a: text.slice(0, 300) };
  for (const reading of readings(written(keyed, short))) expect(reading).toEqual(meant(keyed, short));
});

test('any values of an inventory read as they are', () => {
  fc.assert(
    fc.property(inventoryText, inventoryText, fc.double({ noNaN: true, noDefaultInfinity: true }), (x, y, z) => {
      const values = { a: x, b: y, n: Object.is(z, -0) ? 0 : z };
      for (const reading of readings(written(tree, values))) expect(reading).toEqual(meant(tree, values));
    }),
    { numRuns: 200 },
  );
});

test('any literal text, as value, key or in a list, reads as it is', () => {
  const literal = fc.oneof(
    inventoryText,
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replace(/\p{Cs}/gu, '')),
  );
  fc.assert(
    fc.property(literal, literal, (x, y) => {
      const given = { [`k${x}`]: y, list: [x, [y]], deep: { deeper: { value: x } } };
      for (const reading of readings(written(given, { a: '', b: '', n: 0 }))) expect(reading).toEqual(given);
    }),
    { numRuns: 200 },
  );
});

test('text of several lines stays readable as a block', () => {
  expect(written({ file: `a = 1\nb = ${a}\n` }, { a: 'x', b: '', n: 0 })).toBe('file: |\n  a = 1\n  b = x\n');
  expect(written({ file: `a = 1\nb = ${a}\n` }, { a: 'two\nlines', b: '', n: 0 })).toBe(
    'file: "a = 1\\nb = two\\nlines\\n"\n',
  );
});

test('plain words stay plain', () => {
  expect(printYaml({ kind: 'Deployment', image: 'ghcr.io/acme/pos:1.4.2', replicas: 1 }, tokens, () => true)).toBe(
    'kind: Deployment\nimage: ghcr.io/acme/pos:1.4.2\nreplicas: 1\n',
  );
});
