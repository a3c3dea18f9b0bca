import { parseAllDocuments } from 'yaml';
import { fluxText } from '../../../../lib/engines/flux/flux-text';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { TokenTable, withFilter } from '../../../../lib/model/token';

const tokens = new TokenTable(['site.name', 'site.values.a', 'site.values.b', 'site.values.port']);
const hole = {
  name: tokens.text('site.name'),
  a: tokens.text('site.values.a'),
  b: tokens.text('site.values.b'),
  port: tokens.number('site.values.port'),
};

function textOf(data: unknown): string {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'pos' }, data } as KubeObject;
  return fluxText([object], tokens).split('\ndata:\n')[1] ?? '';
}

/** A variable as it stands between double quotes, and one of a number. */
const text = (name: string) => `\u0024{${name}/.\\u0007/}`;
const number = (name: string) => `\u0024{${name}}`;

/** What Flux' own code makes of it is proven in test/e2e/delivery/flux.e2e.ts. */
test.each<[string, unknown, string]>([
  ['a whole text', hole.a, `"${text('values__a')}"`],
  ['part of a text', `x-${hole.a}.${hole.b}`, `"x-${text('values__a')}.${text('values__b')}"`],
  ['a number', hole.port, number('values__port')],
  ['a number in a text', `n=${hole.port}`, `"n=${text('values__port')}"`],
  ['base64', withFilter(hole.a, 'b'), `"${text('bj__values__a')}"`],
  ['JSON in a text', `{"a":"${withFilter(hole.a, 'j')}"}`, `"{\\"a\\":\\"${text('jj__values__a')}\\"}"`],
  ['a file with a hole', `a\nb = ${hole.a}\n`, `"a\\nb = ${text('values__a')}\\n"`],
  ["a dollar sign of the user's own", 'a \u0024{HOME} $(X) $$ $', 'a $\u0024{HOME} $$(X) $$$$ $$'],
  ['a dollar sign before a hole', `$${hole.a}`, `"$$${text('values__a')}"`],
  ['what looks like one of ours', '\u0024{values__a/.\u0007/}', `"$${text('values__a')}"`],
  ['a file without holes', 'a: $1\nb: \u0024{X}\n', '|\n    a: $$1\n    b: $\u0024{X}'],
  ['plain words', 'a word', 'a word'],
  ['a text that is no number', '0042', '"0042"'],
  ['an odd character', 'a\u2028b', `"a${text('edgecdk_escape')}u2028b"`],
  ['an odd character beside a hole', `\ufeff${hole.a}`, `"${text('edgecdk_escape')}ufeff${text('values__a')}"`],
  ["a mark of the user's own", '\ue000u2028', `"${text('edgecdk_escape')}ue000u2028"`],
])('%s', (_, value, printed) => {
  expect(textOf({ key: value })).toBe(`  key: ${printed}\n`);
});

test('a hole in a key is a text, too', () => {
  expect(textOf({ [`${hole.name}.json`]: 'x' })).toBe(`  "${text('name')}.json": x\n`);
});

test('a space beside a hole is an escape where Flux may break the line', () => {
  const before = 'x'.repeat(80);
  const [a, space] = [text('values__a'), `${text('edgecdk_escape')}u0020`];
  expect(textOf({ k: `${before} ${hole.a} y` })).toBe(`  k: "${before}${space}${a}${space}y"\n`);
  expect(textOf({ k: `é${' x'.repeat(36)} ${hole.a}` })).toContain(`x x${space}${a}`);
  expect(textOf({ k: `e${' x'.repeat(36)} ${hole.a}` })).toContain(`x x ${a}`);
  expect(textOf({ k: `x ${hole.a} y` })).toBe(`  k: "x ${a} y"\n`);
  expect(textOf({ k: `${before} ${before}` })).not.toContain('edgecdk_escape');
});

test('an object that asks Flux to put nothing into it stands there as it is', () => {
  const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', annotations }, data: { k: 'a $x \u2028' } };
  expect(fluxText([object], tokens)).toContain('k: "a $x \\u2028"\n');
});

test('objects are documents of one file, which any YAML reader takes', () => {
  const object = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } });
  const printed = fluxText([object('a'), object(hole.name)], tokens);
  expect(printed.startsWith('---\n')).toBe(true);
  expect(parseAllDocuments(printed).map((one) => one.toJS().metadata.name)).toEqual(['a', '\u0024{name/.\u0007/}']);
});
