import type { ArtifactUse } from '../../../lib/artifacts/uses';
import { UsageError } from '../../../lib/cli/exit-codes';
import { assignSources, parseSource } from '../../../lib/cli/lock-sources';
import type { LockMember } from '../../../lib/model/artifact-lock';

const uses = (...members: readonly LockMember[]): ArtifactUse[] =>
  members.map((member) => ({ member, version: 'v1', architectures: [], path: 'grocer/store' }));
const assign = (sources: readonly string[], ...members: readonly LockMember[]) =>
  assignSources(sources.map(parseSource), uses(...members));

test.each<[string, ReturnType<typeof parseSource>]>([
  ['https://mirror.example/k3s', { url: 'https://mirror.example/k3s' }],
  ['https://mirror.example/a=b', { url: 'https://mirror.example/a=b' }],
  ['k3s=https://mirror.example/k3s', { member: 'k3s', url: 'https://mirror.example/k3s' }],
  ['cni-plugins=http://10.0.0.5', { member: 'cniPlugins', url: 'http://10.0.0.5' }],
])('%s is read', (text, source) => expect(parseSource(text)).toEqual(source));

test.each<[string, RegExp]>([
  [
    'rke2=https://mirror.example',
    /^--source knows no 'rke2'; it takes a URL, or one of cni-plugins, k3s, kubeedge with =URL$/,
  ],
  ['microk8s=https://mirror.example', /^--source knows no 'microk8s'/],
  ['k3s=mirror', /^--source is no URL \(found mirror\)/],
])('%s is not understood', (text, message) => {
  expect(() => parseSource(text)).toThrow(UsageError);
  expect(() => parseSource(text)).toThrow(message);
});

test('a URL alone is of the one thing that machines install; what comes from a store does not count', () => {
  expect(assign(['https://m.example'], 'k3s')).toEqual({ k3s: 'https://m.example' });
  expect(assign(['https://m.example'], 'k3s', 'microk8s')).toEqual({ k3s: 'https://m.example' });
});

test('each of several has its own', () => {
  expect(assign(['k3s=https://a.example', 'kubeedge=https://b.example'], 'k3s', 'kubeedge', 'cniPlugins')).toEqual({
    k3s: 'https://a.example',
    kubeedge: 'https://b.example',
  });
});

test.each<[string, string[], LockMember[], string]>([
  [
    'a URL that may be of several',
    ['https://m.example'],
    ['k3s', 'kubeedge', 'cniPlugins'],
    '--source https://m.example may be of cni-plugins, k3s, kubeedge; say of which, once for each: --source cni-plugins=https://m.example',
  ],
  [
    'what no machine installs',
    ['kubeedge=https://m.example'],
    ['k3s'],
    "--source https://m.example is for nothing: the program's machines install k3s",
  ],
  [
    'a folder where all comes from the store',
    ['https://m.example'],
    ['microk8s'],
    "--source https://m.example is for nothing: the program's machines install nothing that comes from such a folder",
  ],
  [
    'one thing twice',
    ['k3s=https://a.example', 'https://b.example'],
    ['k3s'],
    '--source names k3s twice; name it once',
  ],
])('%s is refused', (_what, sources, members, message) => {
  expect(() => assign(sources, ...members)).toThrow(new UsageError(message));
});
