import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publishScript } from '../../../../lib/engines/flux/publish-script';
import { contentOf, oci } from './sample-content';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Programs of the pipeline, which write down how they are called, and what is in the folder that is pushed. */
function program(name: string, text: string): void {
  write(`bin/${name}`, `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

const flux = `
echo "$@" >> "$CALLS"
while [ "$1" != --path ]; do shift; done
(cd "$2" && find . -type f | LC_ALL=C sort) >> "$CALLS"
echo '{"url": "x", "digest": "sha256:ab"}'`;

function publish(source: typeof oci & object, ...args: readonly string[]) {
  write('out/delivery/flux/publish.sh', publishScript(contentOf({ options: { source } }), source));
  program('flux', flux);
  program('cosign', 'echo "cosign $@" >> "$CALLS"');
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    CALLS: calls,
    TMPDIR: folder,
    COSIGN_KEY: 'key file',
  };
  const { status, stderr } = spawnSync('sh', [join(folder, 'out/delivery/flux/publish.sh'), ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stderr, calls: readFileSync(calls, 'utf8').replaceAll(folder, '').split('\n').slice(0, -1) };
}

function assembly(): void {
  write('out/workloads/pos/default/objects.yaml', 'a');
  write('out/workloads/metrics/default/objects.yaml', 'b');
  write('out/delivery/flux/README.md', '');
  write('out/delivery/flux/workloads/pos/default/delivery.yaml', 'c');
  write('out/delivery/flux/sites/1f/store-1/site.yaml', 'd');
  write('out/delivery/flux/sites/1f/store-2/site.yaml', 'e');
  write('out/delivery/flux/sites/a0/store-3/site.yaml', 'f');
}

test('each workload is an artifact, and so is each shard, with all that its records name', () => {
  assembly();
  const { status, stderr, calls } = publish(oci, 'v1');
  expect([stderr, status]).toEqual(['', 0]);
  const plain = calls.map((call) =>
    call.replace(/--revision [0-9a-f]{64}/, '--revision R').replace(/tmp\.\w+/, 'staging'),
  );
  const push = (name: string, path: string) =>
    `push artifact oci://registry.example/fleet/${name} --path ${path} --source edgecdk --revision R --reproducible`;
  expect(plain).toEqual([
    push('metrics:v1', '/out/workloads/metrics'),
    './default/objects.yaml',
    push('pos:v1', '/out/workloads/pos'),
    './default/objects.yaml',
    push('sites-1f:latest', '/staging/shard'),
    './sites/1f/store-1/site.yaml',
    './sites/1f/store-2/site.yaml',
    './workloads/pos/default/delivery.yaml',
    push('sites-a0:latest', '/staging/shard'),
    './sites/a0/store-3/site.yaml',
    './workloads/pos/default/delivery.yaml',
  ]);
  expect(execFileSync('ls', [folder], { encoding: 'utf8' }).split('\n').sort()).toEqual(['', 'bin', 'calls', 'out']);
});

test('equal files have an equal revision, and others another', () => {
  assembly();
  const revisions = () => publish(oci, 'v1').calls.flatMap((call) => /--revision (\w+)/.exec(call)?.[1] ?? []);
  const first = revisions();
  expect(revisions()).toEqual(first);
  write('out/workloads/pos/default/objects.yaml', 'changed');
  expect(revisions().map((revision, i) => revision === first[i])).toEqual([true, false, true, true]);
});

test('clusters that sites share are artifacts, too', () => {
  write('out/delivery/flux/clusters/cloud.yaml', '');
  write('out/clusters/cloud/manifests/a.yaml', '');
  write('out/clusters/other/manifests/b.yaml', '');
  const { calls } = publish(oci, 'v1');
  expect(calls[0]).toContain(
    'push artifact oci://registry.example/fleet/cluster-cloud:latest --path /out/clusters/cloud ',
  );
  expect(calls.slice(1)).toEqual(['./manifests/a.yaml']);
});

test('artifacts that sites verify are signed by their digest', () => {
  write('out/workloads/pos/a.yaml', '');
  const { calls, status } = publish({ ...oci, verify: { provider: 'cosign', secret: 'keys' } } as typeof oci, 'v1');
  expect(status).toBe(0);
  expect(calls.at(-1)).toBe('cosign sign --yes --key key file registry.example/fleet/pos@sha256:ab');
});

test('without a tag nothing is pushed', () => {
  assembly();
  const { status, stderr, calls } = publish(oci);
  expect([status, calls]).toEqual([expect.any(Number), []]);
  expect(status).not.toBe(0);
  expect(stderr).toContain('usage: publish.sh TAG');
});

test('a push that fails ends the run', () => {
  assembly();
  write('out/delivery/flux/publish.sh', publishScript(contentOf(), oci));
  program('flux', 'exit 3');
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, TMPDIR: folder };
  expect(spawnSync('sh', [join(folder, 'out/delivery/flux/publish.sh'), 'v1'], { env }).status).toBe(3);
});
