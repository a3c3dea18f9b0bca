import { isMirrorUrl } from '../../../lib/model/mirror-url';

test.each([
  'https://mirror.example',
  'http://10.20.7.5:5000',
  'https://mirror.example:5000/v2/hub',
  'https://mirror.example/',
  'http://[fd00::5]:5000',
])('%s is the address of a mirror', (url) => {
  expect(isMirrorUrl(url)).toBe(true);
});

test.each([
  'mirror.example',
  'ftp://mirror.example',
  'https://',
  'https://joe:hunter2@mirror.example',
  'https://mirror.example:99999',
  'http://10.20..5:5000',
  'http://10.20.x y.5',
  'https://mirror.example/?all',
  'https://mirror.example"\nserver = "https://other.example',
])('%j is none', (url) => {
  expect(isMirrorUrl(url)).toBe(false);
});
