import { K3S_SOURCE } from '../../../lib/artifacts/k3s';
import { type LockRequest, lockReleases } from '../../../lib/artifacts/lock-releases';
import { k3sFileNames } from '../../../lib/model/artifact-lock';
import { type Loopback, loopback, releaseFiles, serving, sha256 } from '../../support/loopback';

const [old, next] = ['v1.33.5+k3s1', 'v1.34.1+k3s1'];
const base: Omit<LockRequest, 'uses'> = {
  cache: '/nowhere',
  update: false,
  prune: false,
  today: '2026-11-24',
  patience: { silenceMs: 300, tries: 2, pauseMs: 1 },
};
const servers: Loopback[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  for (const server of servers.splice(0)) await server.close();
});

async function serve(files: Record<string, string>): Promise<Loopback> {
  const server = await loopback(serving(files));
  servers.push(server);
  return server;
}

function use(version: string, ...architectures: LockRequest['uses'][number]['architectures']) {
  return { member: 'k3s' as const, version, architectures, path: 'grocer/store' };
}

test('binary and images of each release are locked, from its list of checksums alone', async () => {
  const { url, requests } = await serve({
    ...releaseFiles(old, 'arm64'),
    ...releaseFiles(old, 'arm'),
    ...releaseFiles(next, 'amd64'),
  });
  const uses = [use(old, 'arm', 'arm64'), use(next, 'amd64')];
  const { lock, problems } = await lockReleases({ ...base, uses, sources: { k3s: `${url}/` } });
  expect(problems).toEqual([]);
  expect([...requests].sort()).toEqual([
    '/v1.33.5%2Bk3s1/sha256sum-arm.txt',
    '/v1.33.5%2Bk3s1/sha256sum-arm64.txt',
    '/v1.34.1%2Bk3s1/sha256sum-amd64.txt',
  ]);
  const file = (name: string, content: string) => ({
    file: name,
    url: `${url}/v1.33.5%2Bk3s1/${name}`,
    sha256: sha256(content),
  });
  expect(lock.format).toBe(1);
  expect(Object.entries(lock.k3s).map(([name, { lockedOn }]) => [name, lockedOn])).toEqual([
    [old, '2026-11-24'],
    [next, '2026-11-24'],
  ]);
  expect(lock.k3s[old]?.arm).toEqual({
    binary: file('k3s-armhf', `binary ${old}`),
    images: file(k3sFileNames('arm').images, `images ${old} arm`),
  });
});

describe('without a source', () => {
  /** Where a new release is looked for, with nobody asked but servers of the test. */
  async function lookedFor(previous: LockRequest['previous']): Promise<string[]> {
    const real = globalThis.fetch;
    const asked: string[] = [];
    jest.spyOn(globalThis, 'fetch').mockImplementation((at, options) => {
      asked.push(String(at));
      return String(at).startsWith('http://127.0.0.1:')
        ? real(at, options)
        : Promise.resolve(new Response('', { status: 404 }));
    });
    await lockReleases({ ...base, uses: [use(old, 'arm64'), use(next, 'amd64')], previous });
    return asked;
  }
  const ofNext = '/v1.34.1%2Bk3s1/sha256sum-amd64.txt';

  test('releases come from K3s itself', async () => {
    expect(await lookedFor(undefined)).toEqual([
      `${K3S_SOURCE.home}/v1.33.5%2Bk3s1/sha256sum-arm64.txt`,
      `${K3S_SOURCE.home}${ofNext}`,
    ]);
  });

  test('releases come from where the locked ones came from', async () => {
    const { url } = await serve(releaseFiles(old, 'arm64'));
    const { lock } = await lockReleases({ ...base, uses: [use(old, 'arm64')], sources: { k3s: `${url}/mirror/..` } });
    expect(await lookedFor(lock)).toEqual([`${url}${ofNext}`]);
  });

  test('new releases come from K3s itself where the locked ones came from several places', async () => {
    const [one, two] = [await serve(releaseFiles(old, 'arm64')), await serve(releaseFiles(old, 'arm'))];
    const first = await lockReleases({ ...base, uses: [use(old, 'arm64')], sources: { k3s: one.url } });
    const { lock } = await lockReleases({
      ...base,
      uses: [use(old, 'arm')],
      previous: first.lock,
      sources: { k3s: two.url },
    });
    expect(await lookedFor(lock)).toEqual([`${K3S_SOURCE.home}${ofNext}`]);
  });
});

test('a release that is not there is an error that names one', async () => {
  const { url } = await serve({});
  const { problems } = await lockReleases({ ...base, uses: [use(next, 'amd64')], sources: { k3s: url } });
  expect(problems.map(({ message }) => message)).toEqual([
    `found no release ${next} of K3s for amd64: ${url}/v1.34.1%2Bk3s1/sha256sum-amd64.txt answers with status 404. Name a version that was released (the newest of 1.34 that EdgeCDK knows is v1.34.9+k3s1), or a source that has it with --source`,
  ]);
});

test('all that is not to be had is told at once, and nothing else is lost', async () => {
  const { url } = await serve({ ...releaseFiles(old, 'arm64'), '/v1.34.1%2Bk3s1/sha256sum-arm.txt': '<html>' });
  const uses = [use('v1.2.3+k3s1', 'amd64'), use(old, 'arm64'), use(next, 'amd64', 'arm')];
  const { lock, problems } = await lockReleases({ ...base, uses, sources: { k3s: url } });
  expect(Object.keys(lock.k3s)).toEqual([old]);
  expect(problems.map(({ path }) => path)).toEqual(['grocer/store', 'grocer/store', 'grocer/store']);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^found no release v1\.2\.3\+k3s1 of K3s for amd64: .* 404\. .*\(EdgeCDK knows v1\.27\.16\+k3s1, /,
    ),
    expect.stringMatching(/^found no release v1\.34\.1\+k3s1 of K3s for amd64: /),
    expect.stringMatching(/sha256sum-arm\.txt holds no checksum in line 1 \(found "<html>"\); name a source that has/),
  ]);
});

test('a source that is not there is an error that names another way', async () => {
  const { url, close } = await loopback(() => {});
  await close();
  const { problems } = await lockReleases({ ...base, uses: [use(old, 'arm64')], sources: { k3s: url } });
  expect(problems.map(({ message }) => message)).toEqual([
    `${url}/v1.33.5%2Bk3s1/sha256sum-arm64.txt cannot be read: nothing answers there; try again, or name another source with --source: it has the files of a release as <source>/<version>/<file>`,
  ]);
});

test('a release that changed after it was locked is refused', async () => {
  const first = await serve(releaseFiles(old, 'arm64'));
  const { lock: previous } = await lockReleases({ ...base, uses: [use(old, 'arm64')], sources: { k3s: first.url } });
  const second = await serve(releaseFiles(old, 'arm64', 'other'));
  const request = { ...base, uses: [use(old, 'arm64')], previous, sources: { k3s: second.url } };
  const { lock, problems } = await lockReleases(request);
  expect(lock).toEqual(previous);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^k3s-arm64 of v1\.33\.5\+k3s1 is locked as .* lists .*; k3s-airgap-images-arm64\.tar\.zst of/,
    ),
  ]);
  const updated = await lockReleases({ ...request, update: true });
  expect(updated.problems).toEqual([]);
  expect(updated.lock.k3s[old]?.arm64?.binary.sha256).toBe(sha256('binary other'));
});

test('what is locked needs no source: beside it, a channel is locked where nobody answers', async () => {
  const { url, close } = await loopback(serving(releaseFiles(old, 'arm64')));
  const { lock: previous } = await lockReleases({ ...base, uses: [use(old, 'arm64')], sources: { k3s: url } });
  await close();
  const channel = {
    member: 'microk8s',
    version: '1.33/stable',
    architectures: [],
    fromStore: true,
    path: 'd',
  } as const;
  const request = { ...base, uses: [use(old, 'arm64'), channel], previous };
  const { lock, problems } = await lockReleases(request);
  expect(problems).toEqual([]);
  expect(lock).toEqual({ ...previous, microk8s: { '1.33/stable': { lockedOn: '2026-11-24' } } });
  expect((await lockReleases({ ...request, update: true })).problems).toMatchObject([
    { message: expect.stringContaining('nothing answers there') },
  ]);
});

test('only the architectures that are asked for are read, and others are neither dropped nor called unused', async () => {
  const { url, requests } = await serve({ ...releaseFiles(old, 'arm64'), ...releaseFiles(old, 'amd64') });
  const uses = [use(old, 'amd64', 'arm64')];
  const { lock: previous } = await lockReleases({ ...base, uses, sources: { k3s: url } });
  const { lock, entries } = await lockReleases({
    ...base,
    uses: [use(old, 'arm64')],
    kept: uses,
    previous,
    prune: true,
  });
  expect(requests).toHaveLength(2);
  expect(lock).toEqual(previous);
  expect(entries).toEqual([{ member: 'k3s', version: old, architecture: 'arm64', state: 'same' }]);
});
