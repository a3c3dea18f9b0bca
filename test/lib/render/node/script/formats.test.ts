import { K3S_SETTINGS, printK3sSettings } from '../../../../../lib/distributions/k3s/node/settings';
import { IDENTITY_NAMES, printIdentity } from '../../../../../lib/render/node/script/identity';
import { printManifest } from '../../../../../lib/render/node/script/manifest';
import { shellText } from '../../../../../lib/render/node/script/shell-text';

const file = { mode: '0600', owner: 'root:root', sha256: 'aa', effect: 'restart' } as const;

test('a manifest lists files by path, whatever order they come in, and ends with their number', () => {
  const files = [
    { ...file, path: '/etc/b' },
    { ...file, path: '/etc/B', mode: '0644' },
    { path: '/var/logs/', mode: '0700', owner: 'root:root', effect: 'live' } as const,
  ];
  const text = [
    '0644\troot:root\taa\trestart\t/etc/B',
    '0600\troot:root\taa\trestart\t/etc/b',
    '0700\troot:root\t-\tlive\t/var/logs/',
    '-\t-\tbb\ttree\tsettings',
    'end\t4',
    '',
  ].join('\n');
  expect(printManifest(files, [{ path: 'settings', sha256: 'bb' }])).toBe(text);
  expect(printManifest([...files].reverse(), [{ path: 'settings', sha256: 'bb' }])).toBe(text);
});

test.each([
  '/etc/a b',
  '/etc/a\tb',
  '/etc/a\nb',
  '/etc/../x',
  '/etc/..',
  '/etc//x',
  '/./x',
  "/etc/a'b",
  '/etc/ä',
  '/etc/a\\x2db',
])('a manifest cannot hold the path %j', (path) => {
  expect(() => printManifest([{ ...file, path }])).toThrow('a node tree cannot hold the path');
});

const SMALLEST = {
  role: 'agent',
  k3sVersion: 'v1.33.4+k3s1',
  install: 'preloaded',
  binarySha256: { arm: 'cc' },
  clockNotBefore: '2026-11-24',
} as const;

test('settings are lines of known names, each at most once, and defaults are written out', () => {
  const lines = printK3sSettings(SMALLEST).trimEnd().split('\n');
  const names = lines.map((line) => line.split('=')[0]);
  expect(lines).toContain('HEALTH_WAIT=600');
  expect(lines).toContain('BINARY_SHA256_ARM=cc');
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining([...K3S_SETTINGS.required]));
  expect([...K3S_SETTINGS.required, ...K3S_SETTINGS.optional]).toEqual(expect.arrayContaining(names));
});

test('a data disk has a marker even where none is named', () => {
  expect(printK3sSettings({ ...SMALLEST, dataMount: '/var/lib/rancher' })).toContain(
    'DATA_MARKER=.edgecdk-data-disk\n',
  );
  expect(printK3sSettings(SMALLEST)).not.toContain('DATA_');
});

test('a value of two lines is an error, not another setting', () => {
  expect(() => printK3sSettings({ ...SMALLEST, baseUrl: 'https://a\nROLE=server' })).toThrow(
    'BASE_URL must be one line',
  );
});

test('an identity has its known names first, and what has no value has no line', () => {
  const text = printIdentity(
    { nodeName: 'store-a', rank: 0, peers: ['https://b:6443', 'https://c:6443'] },
    { Z: '2', CITY: 'Zürich' },
  );
  expect(text).toBe('NODE_NAME=store-a\nRANK=0\nGENERATION=0\nPEERS=https://b:6443 https://c:6443\nCITY=Zürich\nZ=2\n');
  expect(IDENTITY_NAMES).toEqual(expect.arrayContaining(['NODE_NAME', 'RANK', 'GENERATION', 'PEERS']));
});

test('shell text keeps backslashes, and the braces of the shell', () => {
  expect(shellText`
a=\${b%%.*} ${'value'} printf '\n' "\$c"
`).toMatch(/^a=\$\{b%%\.\*\} value printf '\\n' "\\\$c"$/);
});
