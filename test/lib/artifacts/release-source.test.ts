import { problemOfSource, releaseUrl } from '../../../lib/artifacts/release-source';

const base = 'https://mirror.example/k3s/v1.33.5%2Bk3s1';

test.each([
  ['https://mirror.example/k3s', base],
  ['https://mirror.example/k3s//', base],
  ['HTTPS://Mirror.Example/a b', 'https://mirror.example/a%20b/v1.33.5%2Bk3s1'],
])('the folder of a release in %s is %s', (source, url) => {
  expect(releaseUrl(source, 'v1.33.5+k3s1')).toBe(url);
});

test.each<[string, RegExp | undefined]>([
  ['https://mirror.example/k3s', undefined],
  ['http://10.0.0.5:8080', undefined],
  [
    'mirror.example/k3s',
    /^is no URL \(found mirror\.example\/k3s\); write the folder that holds the releases, such as/,
  ],
  ['ftp://mirror.example', /^must be http or https \(found ftp:\/\/\)/],
  [
    'https://me:secret@mirror.example',
    /^must not hold a user or a password, since it is written to the lock; (?!.*secret)/,
  ],
  ['https://mirror.example/k3s?token=1', /^must not have a query or a fragment \(found \?token=1\)/],
])('%s as a source: %s', (source, message) => {
  if (message) expect(problemOfSource(source)).toMatch(message);
  else expect(problemOfSource(source)).toBeUndefined();
});
