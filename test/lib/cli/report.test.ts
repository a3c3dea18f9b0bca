import { addPair } from '../../../lib/cli/parameters';
import { byConstruct, count, describeWave, table } from '../../../lib/cli/report';
import { error } from '../../../lib/model/problem';

test('a table has its columns under each other, numbers to the right', () => {
  expect(
    table([
      ['profile', 'sites'],
      ['rpi', 3],
      ['n100-16gb', 216],
    ]),
  ).toBe('profile    sites\nrpi            3\nn100-16gb    216');
});

test('a table may have more rows than a function takes arguments', () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [`s-${i}`]);
  expect(table([['site'], ...rows]).endsWith('\ns-199999')).toBe(true);
});

test('problems of one construct stand under each other, and equal ones once', () => {
  const problems = [error('f/a', 'is slow'), error('f/b', 'is big'), error('f/a', 'is old'), error('f/b', 'is big')];
  expect(byConstruct(problems)).toEqual(['[f/a] is slow', '[f/a] is old', '[f/b] is big']);
});

test('one is one, and all else are more', () => {
  expect([count(0, 'site'), count(1, 'site'), count(2, 'site')]).toEqual(['0 sites', '1 site', '2 sites']);
});

test.each([
  [{ wave: 'pilot', sites: 1, offline: 0 }, 'wave pilot: 1 site'],
  [{ wave: 'all', sites: 97, offline: 12 }, 'wave all: 97 sites, 12 with a link that is down at times or always'],
])('a wave is told with its sites', (wave, expected) => {
  expect(describeWave(wave)).toBe(expected);
});

test('a parameter is everything before and behind the first equals sign', () => {
  expect(addPair('url=a=b', { region: 'north' })).toEqual({ region: 'north', url: 'a=b' });
  expect(() => addPair('region=south', { region: 'north' })).toThrow('region is given twice.');
  expect(() => addPair('=x')).toThrow('Write key=value.');
  expect(() => addPair('x')).toThrow('Write key=value.');
});
