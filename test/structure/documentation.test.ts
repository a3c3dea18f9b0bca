import { exampleErrors, examplesOf } from './examples';
import { exported, optionalMembers, reachable } from './public-api';

/** Optional members without a default of ours. */
const foreign: Readonly<Record<string, string>> = {
  'KubeObject.metadata.namespace': 'an object as Kubernetes has it',
  "SiteSchema.'~standard'.types": 'the shape of Standard Schema',
};

const classes = exported.filter(({ kind }) => kind === 'class');

test('every optional member of the public interfaces says its default', () => {
  const silent = reachable.flatMap(optionalMembers).filter(({ defaultText }) => !defaultText?.trim());
  expect(silent.map(({ name }) => name).filter((name) => !(name in foreign))).toEqual([]);
});

test('every exception to that is in use', () => {
  const members = reachable.flatMap(optionalMembers).map(({ name }) => name);
  expect(Object.keys(foreign).filter((name) => !members.includes(name))).toEqual([]);
});

test.each(classes.map(({ name, text, examples }) => ({ name, text, examples })))(
  '$name says what it is, with an example',
  ({ text, examples }) => {
    expect(text).toMatch(/^[A-Z`].{15,}?[.:](\s|$)/s);
    expect(examples).toHaveLength(1);
  },
);

test('no two things are explained by the same first line', () => {
  const lines = reachable.map(({ name, text }) => ({ name, line: text.split('\n')[0] ?? '' }));
  const copies = lines.filter(({ name, line }) => line && lines.some((l) => l.line === line && l.name !== name));
  expect(copies).toEqual([]);
});

describe('the example of', () => {
  const examples = examplesOf(exported);
  const errors = exampleErrors(examples);

  test.each([...examples.keys()])('%s compiles', (name) => {
    expect(errors.get(name)).toEqual([]);
  });
});

test.each([
  ['a name that is nowhere', 'nowhere.synth();', /Cannot find name 'nowhere'/],
  ['a name in the preamble with a wrong use', 'store.synth();', /'synth' does not exist/],
  ['a wrong value of a site', 'Placement.on(store).where({ values: { size: 1 } });', /'size' does not exist/],
  ['half a statement', 'const fleet =', /Expression expected/],
])('an example with %s does not compile', (name, text, message) => {
  expect(
    exampleErrors(new Map([[name, text]]))
      .get(name)
      ?.join('\n'),
  ).toMatch(message);
});
