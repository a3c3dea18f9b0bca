import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LockRequest, lockReleases } from '../../../lib/artifacts/lock-releases';
import { kubeEdgeFileNames, lockedEdge } from '../../../lib/model/lock/kubeedge';
import { parseArtifactLock } from '../../../lib/model/lock/parse';
import { printArtifactLock } from '../../../lib/model/lock/print';
import {
  cniPluginsFiles,
  kubeEdgeFiles,
  type Loopback,
  loopback,
  serving,
  sha256,
  sha512,
} from '../../support/loopback';

const [version, cniVersion] = ['v1.23.1', 'v1.9.1'];
let cache: string;
let files: Record<string, string>;
let server: Loopback;

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), 'edgecdk-lock-'));
  files = {
    ...kubeEdgeFiles(version, 'arm'),
    ...kubeEdgeFiles(version, 'arm64'),
    ...cniPluginsFiles(cniVersion, 'arm64'),
  };
  server = await loopback((request, response) => serving(files)(request, response));
});
afterEach(async () => {
  await server.close();
  rmSync(cache, { recursive: true, force: true });
});

const path = 'grocer/van';
const edge = { member: 'kubeedge', version, architectures: ['arm64'], path } as const;
const plugins = { member: 'cniPlugins', version: cniVersion, architectures: ['arm64'], path } as const;

function lock(request: Partial<LockRequest> = {}) {
  return lockReleases({
    uses: [edge],
    sources: { kubeedge: server.url, cniPlugins: server.url },
    cache,
    update: false,
    prune: false,
    today: '2026-11-24',
    patience: { silenceMs: 300, tries: 2, pauseMs: 1 },
    ...request,
  });
}

test('archives are fetched to the cache, held against their SHA-512, and locked by their SHA-256', async () => {
  const shown: unknown[] = [];
  const { lock: locked, problems } = await lock({ onProgress: (file) => shown.push(file) });
  expect(problems).toEqual([]);
  const names = kubeEdgeFileNames(version, 'arm64');
  const file = (name: string, text: string) => ({
    file: name,
    url: `${server.url}/${version}/${name}`,
    sha512: sha512(text),
    sha256: sha256(text),
  });
  expect(locked.kubeedge).toEqual({
    [version]: {
      lockedOn: '2026-11-24',
      arm64: {
        edgecore: file('kubeedge-v1.23.1-linux-arm64.tar.gz', 'edgecore v1.23.1 arm64'),
        keadm: file('keadm-v1.23.1-linux-arm64.tar.gz', 'keadm v1.23.1 arm64'),
      },
    },
  });
  expect(readFileSync(join(cache, 'kubeedge', version, names.edgecore), 'utf8')).toBe('edgecore v1.23.1 arm64');
  expect(new Set(shown)).toEqual(new Set(Object.values(names)));
  expect(parseArtifactLock(printArtifactLock(locked))).toEqual(locked);
});

test('what is locked is not fetched again while its makers publish the same SHA-512, with an empty cache too', async () => {
  const first = await lock();
  rmSync(join(cache, 'kubeedge'), { recursive: true });
  server.requests.length = 0;
  const again = await lock({ previous: first.lock });
  expect(again.lock).toBe(first.lock);
  expect(again.entries.map(({ state }) => state)).toEqual(['same']);
  expect(server.requests.every((request) => request.includes('/checksum_'))).toBe(true);
});

test('an archive that is not what its makers say is refused, and nothing of it stays', async () => {
  files[`/${version}/${kubeEdgeFileNames(version, 'arm64').edgecore}`] = 'evil';
  const { lock: locked, problems } = await lock();
  expect(locked.kubeedge).toBeUndefined();
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /\/kubeedge-v1\.23\.1-linux-arm64\.tar\.gz has the checksum [0-9a-f]{128}, and http\S+\/checksum_kubeedge-v1\.23\.1-linux-arm64\.tar\.gz\.txt says [0-9a-f]{128}: it was changed or/,
    ),
  ]);
  expect(readdirSync(join(cache, 'kubeedge', version))).toEqual([]);
});

test('a folder that nothing can be written to is an error that names another way', async () => {
  writeFileSync(join(cache, 'kubeedge'), '');
  const { problems } = await lock();
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^E[A-Z]+: .*; make room, or name another folder with --artifacts$/),
  ]);
});

test('a release that changed after it was locked is refused, and taken by leave', async () => {
  const { lock: previous } = await lock();
  files = { ...files, ...kubeEdgeFiles(version, 'arm64', 'other') };
  const refused = await lock({ previous });
  expect(refused.lock).toBe(previous);
  expect(refused.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^kubeedge-v1\.23\.1-linux-arm64\.tar\.gz of v1\.23\.1 is locked as .*find out who changed it/,
    ),
  ]);
  const { lock: updated, entries } = await lock({ previous, update: true, today: '2027-01-01' });
  expect(entries.map(({ state }) => state)).toEqual(['updated']);
  expect(updated.kubeedge?.[version]).toMatchObject({
    lockedOn: '2027-01-01',
    arm64: { keadm: { sha256: sha256('keadm other arm64') } },
  });
});

test.each<[string, string, RegExp]>([
  [
    'a web page',
    '<!DOCTYPE html>',
    /holds no SHA-512 \(found "<!DOCTYPE html>"\); name a source that has the files of KubeEdge/,
  ],
  ['a SHA-256', 'a'.repeat(64), /holds no SHA-512/],
])('%s in the place of the checksum is refused, and no archive is fetched', async (_what, text, message) => {
  files[`/${version}/checksum_${kubeEdgeFileNames(version, 'arm64').edgecore}.txt`] = text;
  expect((await lock()).problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  expect(existsSync(join(cache, 'kubeedge'))).toBe(false);
});

test('a release that is not there is an error that names one', async () => {
  files = {};
  const { problems } = await lock({ uses: [edge, { ...plugins, version: 'v9.9.9' }] });
  expect(problems.map(({ message }) => message.replace(/http\S+/, 'it'))).toEqual([
    'found no release v1.23.1 of KubeEdge for arm64: it answers with status 404. Name a version that was released (the newest of 1.23 that EdgeCDK knows is v1.23.1), or a source that has it with --source',
    'found no release v9.9.9 of CNI plug-ins for arm64: it answers with status 404. Name a version that was released (EdgeCDK takes v1.9.1), or a source that has it with --source',
  ]);
});

test('the CNI plug-ins are a release of their own, locked from the SHA-256 beside their archive', async () => {
  const { lock: locked, problems } = await lock({ uses: [plugins] });
  expect(problems).toEqual([]);
  expect(server.requests).toEqual(['/v1.9.1/cni-plugins-linux-arm64-v1.9.1.tgz.sha256']);
  expect(locked.cniPlugins?.[cniVersion]?.arm64?.archive).toEqual({
    file: 'cni-plugins-linux-arm64-v1.9.1.tgz',
    url: `${server.url}/v1.9.1/cni-plugins-linux-arm64-v1.9.1.tgz`,
    sha256: sha256('plug-ins v1.9.1 arm64'),
  });
});

test('a checksum of the plug-ins for another file is refused', async () => {
  files['/v1.9.1/cni-plugins-linux-arm64-v1.9.1.tgz.sha256'] = `${'a'.repeat(64)}  other.tgz\n`;
  expect((await lock({ uses: [plugins] })).problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/\.sha256 lists no cni-plugins-linux-arm64-v1\.9\.1\.tgz; name a source/),
  ]);
});

describe('what edge nodes install', () => {
  const wanted = { version, cniVersion };

  test('is of both releases, with the later of their days and the folders of both', async () => {
    const { lock: first } = await lock({ uses: [plugins], today: '2026-12-01' });
    const { lock: locked } = await lock({ uses: [edge, plugins], previous: first });
    expect(lockedEdge(locked, wanted, ['arm64'])).toEqual({
      artifacts: {
        edgecoreSha256: { arm64: sha256('edgecore v1.23.1 arm64') },
        keadmSha256: { arm64: sha256('keadm v1.23.1 arm64') },
        cniVersion,
        cniSha256: { arm64: sha256('plug-ins v1.9.1 arm64') },
        lockedOn: '2026-12-01',
      },
      baseUrl: `${server.url}/v1.23.1`,
      cniBaseUrl: `${server.url}/v1.9.1`,
    });
  });

  test('is missing by name where it is not locked', async () => {
    const { lock: locked } = await lock();
    expect(lockedEdge(undefined, wanted, ['arm64'])).toEqual({
      missing: ['KubeEdge v1.23.1 for arm64', 'CNI plug-ins v1.9.1 for arm64'],
    });
    expect(lockedEdge(locked, wanted, ['arm64', 'arm'])).toEqual({
      missing: ['CNI plug-ins v1.9.1 for arm64', 'KubeEdge v1.23.1 for arm', 'CNI plug-ins v1.9.1 for arm'],
    });
  });
});
