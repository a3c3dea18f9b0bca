import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publishScript } from '../../../../lib/engines/argo-cd/publish-script';
import { contentOf, git, oci } from './sample-content';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cloud = { id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud' };
type Shape = 'hub' | 'site';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Writes down how it is called, what is in the layer, and its digest. */
const oras = `#!/bin/sh
echo "$@" >> "$CALLS"
tar -tzf layer.tar.gz | grep -v '/$' >> "$CALLS"
sha256sum < layer.tar.gz >> "$CALLS"
`;

function publish(shape: Shape, args: readonly string[] = ['v1'], program = oras) {
  const content = contentOf({ options: { shape, source: oci }, more: { sharedClusters: [cloud] } });
  write('out/delivery/argo-cd/publish.sh', publishScript(content));
  write('bin/oras', program);
  chmodSync(join(folder, 'bin/oras'), 0o755);
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, CALLS: calls, TMPDIR: folder };
  const script = join(folder, 'out/delivery/argo-cd/publish.sh');
  const { status, stderr } = spawnSync('sh', [script, ...args], { env, encoding: 'utf8' });
  return { status, stderr, lines: readFileSync(calls, 'utf8').split('\n').slice(0, -1) };
}

const push = (name: string) =>
  `push --annotation org.opencontainers.image.created=1970-01-01T00:00:00Z registry.example/fleet/${name} layer.tar.gz:application/vnd.oci.image.layer.v1.tar+gzip`;

function assembly(): void {
  write('out/workloads/pos/default/Chart.yaml', 'a');
  write('out/workloads/edgecdk-cluster/store/Chart.yaml', 'b');
  write('out/clusters/cloud/manifests/a.yaml', 'c');
  write('out/delivery/argo-cd/README.md', '');
  write('out/delivery/argo-cd/projects/edgecdk.yaml', 'd');
  write('out/delivery/argo-cd/workloads/pos/default/application.yaml', 'e');
  write('out/delivery/argo-cd/sites/1f/store-1/site.yaml', 'f');
  write('out/delivery/argo-cd/sites/a0/store-2/site.yaml', 'g');
}

const workloads = [
  push('workloads/edgecdk-cluster:v1'),
  './store/Chart.yaml',
  push('workloads/pos:v1'),
  './default/Chart.yaml',
];
const clusters = [push('clusters/cloud:stable'), './manifests/a.yaml'];
const records = (shard: string, site: string) => [
  push(`sites/${shard}:stable`),
  'delivery/argo-cd/workloads/pos/default/application.yaml',
  'delivery/argo-cd/projects/edgecdk.yaml',
  `delivery/argo-cd/sites/${shard}/${site}/site.yaml`,
];

test.each<[string, Shape, readonly string[]]>([
  ['a hub reads workloads', 'hub', [...workloads, ...clusters]],
  [
    'sites read workloads and records',
    'site',
    [...workloads, ...records('1f', 'store-1'), ...records('a0', 'store-2'), ...clusters],
  ],
])('%s, each as an artifact of its own', (_, shape, expected) => {
  assembly();
  const { status, stderr, lines } = publish(shape);
  expect([stderr, status]).toEqual(['', 0]);
  expect(lines.filter((line) => !/^[0-9a-f]{64} /.test(line))).toEqual(expected);
});

test('equal files make equal bytes, whoever wrote them and when', () => {
  assembly();
  const digests = () => publish('site').lines.filter((line) => /^[0-9a-f]{64} /.test(line));
  const first = digests();
  write('out/workloads/pos/default/Chart.yaml', 'a');
  chmodSync(join(folder, 'out/workloads/pos/default/Chart.yaml'), 0o600);
  expect(digests()).toEqual(first);
  write('out/workloads/pos/default/Chart.yaml', 'changed');
  expect(digests().map((digest, i) => digest === first[i])).toEqual([true, false, true, true, true]);
});

test('without a tag nothing is pushed', () => {
  assembly();
  const { status, stderr, lines } = publish('hub', []);
  expect([status === 0, lines]).toEqual([false, []]);
  expect(stderr).toContain('usage: publish.sh TAG');
});

test('a push that fails ends the run', () => {
  assembly();
  expect(publish('hub', ['v1'], '#!/bin/sh\nexit 3\n').status).toBe(3);
});

test('a fleet without workloads pushes what its records name all the same', () => {
  const text = publishScript(contentOf({ options: { shape: 'site', source: oci }, layers: [], has: {} }));
  expect(text).toContain('"$assembly" delivery/argo-cd/projects "delivery/argo-cd/sites/$shard"');
});

test('a repository is pushed to by git alone', () => {
  const { files } =
    ((content) => content.delivery.engine.render?.(content))(contentOf({ options: { source: git } })) ?? {};
  expect(files?.has('publish.sh')).toBe(false);
});
