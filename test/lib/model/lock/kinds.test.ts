import type { ArtifactLock } from '../../../../lib/model/artifact-lock';
import { cacheFolder } from '../../../../lib/model/lock/cache-folder';
import { LOCK_MEMBERS, RELEASE_KINDS } from '../../../../lib/model/lock/kinds';
import { cniPluginsFileName, kubeEdgeFileNames } from '../../../../lib/model/lock/kubeedge';
import { lockedSnaps } from '../../../../lib/model/lock/microk8s';
import { parseArtifactLock } from '../../../../lib/model/lock/parse';
import { printArtifactLock } from '../../../../lib/model/lock/print';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
const names = kubeEdgeFileNames('v1.23.1', 'arm');
const plugins = cniPluginsFileName('v1.9.1', 'arm');

function edgeFile(file: string) {
  return { file, url: `https://mirror.example/kubeedge/v1.23.1/${file}`, sha512: a + b, sha256: a };
}

const lock: ArtifactLock = {
  format: 1,
  k3s: {},
  microk8s: {
    '1.34/stable': { lockedOn: '2026-11-24' },
    '1.33-strict/stable': {
      lockedOn: '2026-11-24',
      arm64: {
        'snapd.snap': { file: 'snapd_21759.snap', sha256: a },
        'snapd.assert': { file: 'snapd_21759.assert', sha256: b },
        'microk8s.snap': { file: 'microk8s_7890.snap', sha256: a },
        'microk8s.assert': { file: 'microk8s_7890.assert', sha256: b },
        'core20.snap': { file: 'core20_2434.snap', sha256: a },
        'core20.assert': { file: 'core20_2434.assert', sha256: b },
        images: { file: 'microk8s-images.tar', sha256: a },
      },
    },
  },
  kubeedge: {
    'v1.23.1': {
      lockedOn: '2026-11-24',
      arm: { keadm: edgeFile(names.keadm), edgecore: edgeFile(names.edgecore) },
    },
  },
  cniPlugins: {
    'v1.9.1': {
      lockedOn: '2026-11-24',
      arm: { archive: { file: plugins, url: `https://mirror.example/cni/v1.9.1/${plugins}`, sha256: a } },
    },
  },
};

/** The text of the lock with another value at one place, or without it. */
function changed([...path]: readonly string[], value: unknown): string {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(lock));
  const last = path.pop() ?? '';
  const at = path.reduce((record, key) => record[key] as Record<string, unknown>, copy);
  at[last] = value;
  return JSON.stringify(copy);
}

test('a lock of all that can be locked is read as it was', () => {
  expect(parseArtifactLock(printArtifactLock(lock))).toEqual(lock);
});

test('members, releases and parts are printed sorted, and those that hold nothing are left out', () => {
  const keys = [...printArtifactLock(lock).matchAll(/^ {2,8}"([^"]+)": [{1]/gm)].map(([, key]) => key);
  expect(keys).toEqual([
    ...['format', 'cniPlugins', 'v1.9.1', 'arm', 'archive'],
    ...['kubeedge', 'v1.23.1', 'arm', 'edgecore', 'keadm'],
    ...['microk8s', '1.33-strict/stable', 'arm64', 'core20.assert', 'core20.snap', 'images', 'microk8s.assert'],
    ...['microk8s.snap', 'snapd.assert', 'snapd.snap', '1.34/stable'],
  ]);
  expect(printArtifactLock({ format: 1, k3s: {}, kubeedge: {} })).toBe('{\n  "format": 1\n}\n');
});

test('a lock of K3s alone, and one that holds nothing, are locks', () => {
  expect(parseArtifactLock('{"format":1,"k3s":{}}')).toEqual({ format: 1, k3s: {} });
  expect(parseArtifactLock('{"format":1}')).toEqual({ format: 1, k3s: {} });
});

test('snaps are installed in their order: snapd, what MicroK8s rests on, MicroK8s', () => {
  const { snaps, images } = lockedSnaps(lock.microk8s?.['1.33-strict/stable']?.arm64 ?? {});
  expect(snaps).toEqual([
    { name: 'snapd', revision: 21759, snapSha256: a, assertSha256: b },
    { name: 'core20', revision: 2434, snapSha256: a, assertSha256: b },
    { name: 'microk8s', revision: 7890, snapSha256: a, assertSha256: b },
  ]);
  expect(images).toEqual({ file: 'microk8s-images.tar', sha256: a });
});

test('each kind has a name of its own and an example that it takes for a version', () => {
  expect(Object.keys(RELEASE_KINDS).sort()).toEqual(LOCK_MEMBERS);
  expect(new Set(Object.values(RELEASE_KINDS).map(({ name }) => name)).size).toBe(LOCK_MEMBERS.length);
  expect(Object.values(RELEASE_KINDS).filter(({ isVersion, example }) => !isVersion(example))).toEqual([]);
});

test.each([
  [cacheFolder('k3s', 'v1.33.5+k3s1', 'arm64'), 'k3s/v1.33.5+k3s1'],
  [cacheFolder('cniPlugins', 'v1.9.1', 'arm64'), 'cni-plugins/v1.9.1'],
  [cacheFolder('microk8s', '1.33-strict/stable', 'arm64'), 'microk8s/1.33-strict-stable/arm64'],
])('files lie in %s', (folder, expected) => expect(folder).toBe(expected));

const edge = ['kubeedge', 'v1.23.1', 'arm'];
const snaps = ['microk8s', '1.33-strict/stable', 'arm64'];

test.each<[string, string, RegExp[]]>([
  [
    'a release candidate',
    changed(['kubeedge', 'v1.23.1-rc.0'], {}),
    [/^kubeedge has "v1\.23\.1-rc\.0", which is no release of KubeEdge; releases are named like v1\.23\.1$/],
  ],
  [
    'a release of KubeEdge without architectures',
    changed(['kubeedge', 'v1.23.1'], { lockedOn: '2026-11-24' }),
    [/^v1\.23\.1 has no architecture/],
  ],
  ['no keadm', changed([...edge, 'keadm'], undefined), [/^v1\.23\.1\.arm has no keadm$/]],
  [
    'an archive for another architecture',
    changed([...edge, 'keadm', 'file'], 'keadm-v1.23.1-linux-arm64.tar.gz'),
    [/keadm\.file must be keadm-v1\.23\.1-linux-arm\.tar\.gz/],
  ],
  [
    'an archive without the SHA-512 of its makers',
    changed([...edge, 'keadm', 'sha512'], undefined),
    [/keadm has no sha512$/],
  ],
  [
    'a short SHA-512',
    changed([...edge, 'keadm', 'sha512'], a),
    [/keadm\.sha512 must be 128 lower-case hexadecimal digits/],
  ],
  [
    'plug-ins of another version',
    changed(['cniPlugins', 'v1.9.1', 'arm', 'archive', 'file'], cniPluginsFileName('v1.9.0', 'arm')),
    [/archive\.file must be cni-plugins-linux-arm-v1\.9\.1\.tgz/],
  ],
  [
    'a track without a risk',
    changed(['microk8s', '1.33'], {}),
    [/^microk8s has "1\.33", which is no release of MicroK8s; releases are named like 1\.33\/stable$/],
  ],
  ['the track that goes on by itself', changed(['microk8s', 'latest/stable'], {}), [/^microk8s has "latest\/stable"/]],
  [
    'MicroK8s for ARMv7',
    changed(['microk8s', '1.34/stable', 'arm'], {}),
    [/^1\.34\/stable\.arm is no architecture of MicroK8s; it is released for amd64, arm64$/],
  ],
  ['no MicroK8s', changed([...snaps], { images: { file: 'x.tar', sha256: a } }), [/arm64 has no microk8s\.snap$/]],
  ['a snap without its assertions', changed([...snaps, 'core20.assert'], undefined), [/arm64 has no core20\.assert$/]],
  [
    'assertions of another revision',
    changed([...snaps, 'core20.assert', 'file'], 'core20_1.assert'),
    [/arm64 has core20_2434\.snap and core20_1\.assert, which are not of one revision of the snap$/],
  ],
  [
    'a snap by the name of another',
    changed([...snaps, 'core20.snap', 'file'], 'core22_1.snap'),
    [/core20\.snap\.file must be named like core20_1234\.snap \(found "core22_1\.snap"\)$/],
  ],
  [
    'a path for a snap',
    changed([...snaps, 'core20.snap', 'file'], '../core20_1.snap'),
    [/core20\.snap\.file must be named like/],
  ],
  [
    'images with a space in their name',
    changed([...snaps, 'images', 'file'], 'all images.tar'),
    [/images\.file must be named like microk8s-images\.tar/],
  ],
  [
    'a URL for a copy',
    changed([...snaps, 'images', 'url'], 'https://m.example/microk8s-images.tar'),
    [/images has "url", and knows only file, sha256$/],
  ],
  [
    'an unknown part',
    changed([...snaps, 'core20.exe'], {}),
    [/arm64 has "core20\.exe", and knows only images and the \.snap and \.assert of snaps$/],
  ],
])('a lock with %s is refused', (_what, text, messages) => {
  const read = parseArtifactLock(text) as { problems: string[] };
  expect(read.problems).toEqual(messages.map((message) => expect.stringMatching(message)));
});
