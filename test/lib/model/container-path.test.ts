import { filePathProblem, isContainerPath, pathSlug } from '../../../lib/model/container-path';

test.each(['/a', '/etc/pos/store.json', '/..data', '/a b/ü', '/a/...'])('%s can be mounted at', (path) => {
  expect(isContainerPath(path)).toBe(true);
});

test.each(['', '/', 'a', './a', '/a/', '//a', '/a//b', '/.', '/a/..', '/../a', '/a/./b', '/a:b', '/a\0b'])(
  '%j cannot be mounted at',
  (path) => {
    expect(isContainerPath(path)).toBe(false);
  },
);

test.each([
  ['/data', 'data'],
  ['/var/lib/My_App', 'var-lib-my-app'],
  ['/_x_', 'x'],
  ['/scratch', 'scratch'],
])('%s is %s in a name', (path, slug) => {
  expect(pathSlug(path)).toBe(slug);
});

test.each([
  ['without a letter', '/_', /^[0-9a-f]{8}$/],
  ['that is long', `/${'long/'.repeat(20)}x`, /^long-.*-[0-9a-f]{8}$/],
  ["that looks like another volume's name", '/files', /^files-[0-9a-f]{8}$/],
  ["that begins like another volume's name", '/secret/db', /^secret-db-[0-9a-f]{8}$/],
])('a path %s bears its digest', (_what, path, slug) => {
  expect(pathSlug(path)).toMatch(slug);
  expect(pathSlug(path).length).toBeLessThanOrEqual(48);
});

test.each([
  ['/etc/a', [], undefined],
  ['/data/a', ['/data'], undefined],
  ['/etc/ab', ['/etc/a'], undefined],
  ['/data', ['/data'], /both a file and a mount/],
  ['/data', ['/data/x'], /\/data\/x inside of it/],
  ['etc/a', [], /write an absolute path/],
])('a file at %s beside %j', (path, others, problem) => {
  const found = filePathProblem(path, [path], others);
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});
