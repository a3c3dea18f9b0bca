import { Encode } from '../../../../../lib/model/encode';
import { fillText } from '../../../../../lib/model/hole-value';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import { TokenTable } from '../../../../../lib/model/token';
import { annotateFiles, filesAnnotation } from '../../../../../lib/render/workload/container/annotate-files';
import { render, runs, template } from './fixtures';

const names = ['site.name', 'site.values.a', 'site.values.b', 'site.values.n'];
const tokens = new TokenTable(names);
const a = tokens.text('site.values.a');
const b = tokens.text('site.values.b');

function annotation(objects: readonly KubeObject[]): string | undefined {
  return (template(objects).metadata as { annotations?: Record<string, string> }).annotations?.[filesAnnotation];
}

function markOf(files: Record<string, string>): string {
  return annotation(annotateFiles(render({ files }))) ?? '';
}

/** The mark as a site has it. */
function filled(files: Record<string, string>, values: Record<string, string | number>): string {
  return fillText(markOf(files), (hole) => values[hole] ?? '', tokens);
}

test('pods restart when the text of a file, or its path, changes', () => {
  const marks = [{ '/etc/a': '1' }, { '/etc/a': '2' }, { '/etc/b': '1' }, { '/etc/a': '1', '/etc/b': '1' }].map((f) =>
    markOf(f as never),
  );
  for (const mark of marks) expect(mark).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(marks).size).toBe(4);
  expect(markOf({ '/etc/a': '1' })).toBe(marks[0]);
});

test('pods of a site restart when its own values change, and no others', () => {
  const files = { '/etc/a': `x ${a} y ${a}` };
  const values = { 'site.values.a': 'Ana' };
  expect(filled(files, values)).toMatch(/^[0-9a-f]{16},Ana$/);
  expect(filled(files, { ...values, 'site.values.b': 'other' })).toBe(filled(files, values));
  expect(filled(files, { 'site.values.a': 'Bea' })).not.toBe(filled(files, values));
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['another place', { '/etc/a': `${a}-` }, { '/etc/a': `-${a}` }],
  ['another value', { '/etc/a': a }, { '/etc/a': b }],
  ['another order', { '/etc/a': a + b }, { '/etc/a': b + a }],
  ['another way of writing', { '/etc/a': a }, { '/etc/a': Encode.url(a) }],
  ['another file', { '/etc/a': a, '/etc/b': '' }, { '/etc/a': '', '/etc/b': a }],
])('a value at %s is another mark', (_what, before, after) => {
  const values = { 'site.values.a': 'x', 'site.values.b': 'y' };
  expect(filled(before, values)).not.toBe(filled(after, values));
});

test('values with commas are not taken for others', () => {
  const files = { '/etc/a': `${a}|${b}` };
  expect(filled(files, { 'site.values.a': 'x,y', 'site.values.b': 'z' })).not.toBe(
    filled(files, { 'site.values.a': 'x', 'site.values.b': 'y,z' }),
  );
});

test('numbers count too', () => {
  const files = { '/etc/a': `n=${tokens.number('site.values.n')}` };
  expect(filled(files, { 'site.values.n': 3 })).toMatch(/,3$/);
});

test('a further value in the schema restarts nothing', () => {
  const more = new TokenTable(['aaa', ...names]);
  const mark = markOf({ '/etc/a': `${more.text('site.values.a')} ${more.text('site.values.b')}` });
  const values: Record<string, string> = { 'site.values.a': 'x', 'site.values.b': 'y' };
  expect(fillText(mark, (hole) => values[hole] ?? '', more)).toBe(filled({ '/etc/a': `${a} ${b}` }, values));
});

test('a value that is encoded as often as it can be is still marked', () => {
  const often = Encode.url(Encode.url(Encode.url(Encode.json(a))));
  expect(filled({ '/etc/a': often }, { 'site.values.a': 'x' })).toMatch(/,x$/);
});

test('the same files give the same mark whether the probe or the tokens made the rest', () => {
  const objects = render({ files: { '/etc/a': 'x' } });
  expect(annotateFiles(objects).map(({ spec: _spec, ...rest }) => rest)).toEqual(
    objects.map(({ spec: _spec, ...rest }) => rest),
  );
  expect(annotation(objects)).toBe('pos');
});

test.each([
  ['every node', runs.everyNode],
  ['stateful', runs.stateful(1)],
  ['once', runs.once],
])('pods of %s are marked', (_kind, run) => {
  expect(annotation(annotateFiles(render({ run, files: { '/etc/a': '1' } })))).toMatch(/^[0-9a-f]{16}$/);
});

test('pods of a schedule are not marked, since each run finds the files as they are', () => {
  expect(annotation(annotateFiles(render({ run: runs.schedule, files: { '/etc/a': '1' } })))).toBeUndefined();
});

test('objects of others are left as they are', () => {
  const objects: KubeObject[] = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { a: '1' } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'own' },
      spec: { template: { spec: { volumes: [{ configMap: { name: 'own' } }] } } },
    },
    { apiVersion: 'acme.example/v1', kind: 'Door', metadata: { name: 'own' }, spec: { template: 'x' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'own' } },
  ];
  expect(annotateFiles(objects)).toEqual(objects);
});
