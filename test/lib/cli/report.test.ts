import { addPair } from '../../../lib/cli/parameters';
import { count, table } from '../../../lib/cli/report';

test('a table has its columns under each other, numbers to the right', () => {
  expect(
    table([
      ['profile', 'sites'],
      ['rpi', 3],
      ['n100-16gb', 216],
    ]),
  ).toBe('profile    sites\nrpi            3\nn100-16gb    216');
});

test('one is one, and all else are more', () => {
  expect([count(0, 'site'), count(1, 'site'), count(2, 'site')]).toEqual(['0 sites', '1 site', '2 sites']);
});

test('a parameter is everything before and behind the first equals sign', () => {
  expect(addPair('url=a=b', { region: 'north' })).toEqual({ region: 'north', url: 'a=b' });
  expect(() => addPair('=x')).toThrow('Write key=value.');
  expect(() => addPair('x')).toThrow('Write key=value.');
});
