import { profileFileName } from '../../../lib/model/profile-file';

test.each([
  ['n100-16gb+rpi-4b-4gb', /^n100-16gb\+rpi-4b-4gb$/],
  ['a/b', /^a_b-[0-9a-f]{8}$/],
  ['../x', /^\.\._x-[0-9a-f]{8}$/],
  ['x'.repeat(200), /^x{150}-[0-9a-f]{8}$/],
])('the name of a file for the profile %s is one on every system', (profile, expected) => {
  expect(profileFileName(profile)).toMatch(expected);
});

test('two profiles never have one name', () => {
  const names = ['a/b', 'a_b', 'a:b', 'x'.repeat(200), 'x'.repeat(201), 'x'.repeat(150)].map(profileFileName);
  expect(new Set(names).size).toBe(names.length);
});
