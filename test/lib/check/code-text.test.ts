import { codeTextProblems } from '../../../lib/check/code-text';
import { objectSets } from '../../../lib/check/object-set';
import { Encode } from '../../../lib/model/encode';
import { type TokenTable, withFilter } from '../../../lib/model/token';
import { checkPlan, configMap, podOwner } from '../../support/check-plan';

const sites = [
  { name: 'store-1', values: { contact: 'Ana', id: '0042', lanes: 2, tags: ['a'] } },
  { name: 'store-2', values: { contact: "O'Neill", id: '0043', lanes: 3, tags: ['a', 'b'] } },
];

function problemsOf(objects: (tokens: TokenTable) => readonly object[]) {
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects }] });
  return codeTextProblems(objectSets(plan, rendering), plan.tokens);
}

const contact = (t: TokenTable) => t.text('site.values.contact');
const inFile = (name: string, text: (t: TokenTable) => string) =>
  problemsOf((t) => [configMap('pos', { [name]: text(t) })]);
const inArgs = (...args: ((t: TokenTable) => string)[]) =>
  problemsOf((t) => [podOwner('pos', { container: { args: args.map((arg) => arg(t)) } })]);

test('an unsafe value in code names hole, place, value, sites and remedy', () => {
  expect(inFile('store.json', (t) => `{ "contact": "${contact(t)}" }`)).toEqual([
    {
      path: 'fleet/pos',
      severity: 'error',
      sites: ['store-2'],
      message:
        'has site.values.contact in text that something parses, at data["store.json"] of ConfigMap default/pos, and "O\'Neill" could mean more than itself there; ' +
        'write it as Encode.json(site.values.contact)',
    },
  ]);
});

test.each<[string, string, (value: string) => string]>([
  ['Encode.json', 'a.json', (v) => `[${v}]`],
  ['Encode.json', 'a', (v) => `{"a":"${v}"}`],
  ['Encode.yaml', 'a.yaml', (v) => `a:\n- ${v}`],
  ['Encode.yaml', 'a', (v) => `a: ${v}\n`],
  ['Encode.shell', 'a.sh', (v) => `echo ${v};`],
  ['Encode.shell', 'a', (v) => `#!/bin/sh\necho ${v}`],
  ['Encode.url', 'a', (v) => `https://a.example/${v}`],
  ['Encode.json, yaml, shell or url', 'a', (v) => `a = "${v}"`],
])('the remedy is %s in %s', (remedy, file, text) => {
  expect(inFile(file, (t) => text(contact(t)))).toMatchObject([{ message: expect.stringContaining(remedy) }]);
});

test.each<[string, (t: TokenTable) => string]>([
  ['a value alone', (t) => contact(t)],
  ['plain words', (t) => `${contact(t)} of store-${t.text('site.name')}/x=y:z`],
  ['safe values', (t) => `{"id":"${t.text('site.values.id')}"}`],
  ['numbers', (t) => `{"lanes":${t.number('site.values.lanes')}}`],
  ['an encoded value', (t) => `{"contact":${Encode.json(contact(t))}}`],
  ['JSON as a whole string', (t) => t.text('site.json.tags')],
  ['a literal text', () => `{"a": "O'Neill"}`],
])('%s is no problem', (_what, text) => {
  expect(inFile('a', text)).toEqual([]);
});

test('white space makes a command of an argument', () => {
  expect(inArgs((t) => `--contact=${contact(t)}`)).toEqual([]);
  expect(inArgs((t) => `echo ${contact(t)}`)).toMatchObject([
    { message: expect.stringContaining('Encode.shell(site.values.contact)') },
  ]);
});

test('the filter that keeps $(NAME) from being expanded encodes nothing', () => {
  expect(inArgs((t) => withFilter(`echo ${contact(t)}`, 'd'))).toHaveLength(1);
  expect(inArgs((t) => withFilter(`echo ${Encode.shell(contact(t))}`, 'd'))).toEqual([]);
});

test('values of a Helm chart are encoded by us', () => {
  const valuesContent = (t: TokenTable) =>
    `contact: "${withFilter(contact(t), 'j')}"\ntags: "${withFilter(t.text('site.json.tags'), 'j')}"\n`;
  const chart = (t: TokenTable) => ({
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: 'a' },
    spec: { valuesContent: valuesContent(t) },
  });
  expect(problemsOf((t) => [chart(t)])).toEqual([]);
});

test('JSON of a value stands in no longer text', () => {
  expect(inFile('a', (t) => `tags ${t.text('site.json.tags')}`)).toMatchObject([
    { message: expect.stringContaining('has site.json.tags inside a longer text, at data.a of ConfigMap default/pos') },
  ]);
});

test('a text that stands in many objects is one problem', () => {
  const text = (t: TokenTable) => ({ a: `{${contact(t)}}` });
  expect(problemsOf((t) => [configMap('a', text(t)), configMap('b', text(t))])).toHaveLength(1);
});
