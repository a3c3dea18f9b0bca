import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeEdgeApplyScript } from '../../../../../lib/distributions/kubeedge/node/apply-script';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import { nodeFile } from '../../../../../lib/render/node/node-file';
import { present, put } from '../../../render/node/script-machine';
import { certificate } from './certificate';
import { FULL_VAN, NODE, VAN } from './sample-input';
import { apply, forget, lockedFor, makeVan, told, writeVan } from './scratch-van';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-van-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('shellcheck has nothing to say about any script', () => {
  if (!present('shellcheck')) return;
  const scripts = [VAN, FULL_VAN].flatMap((input) =>
    kubeEdgeTree(input)
      .files.filter(({ path }) => path.endsWith('.sh'))
      .map(({ text }) => text),
  );
  for (const text of new Set([kubeEdgeApplyScript(), ...scripts])) {
    const { stdout } = spawnSync('shellcheck', ['--shell=sh', '-'], { input: text, encoding: 'utf8' });
    expect(stdout).toBe('');
  }
});

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const [command = ''] = shell.split(' ');
  const here = present(command) ? test : test.skip;
  const van = makeVan(join(folder, command));
  const at = (path: string): string => join(van.root, path);

  here('a new machine becomes an edge node, and a second run does nothing', () => {
    const script = writeVan(van, lockedFor(van));
    expect(apply(van, script, shell)).toEqual({ code: 0, log: expect.stringContaining('done: van-001-gateway-1') });
    expect(statSync(at('usr/local/bin/edgecore')).mode & 0o777).toBe(0o755);
    expect(existsSync(at('usr/local/bin/keadm'))).toBe(true);
    expect(existsSync(at('opt/cni/bin/bridge'))).toBe(true);
    expect(existsSync(at('var/lib/edgecdk/unpacked'))).toBe(false);
    expect(told(van).filter((line) => /edgecore|containerd/.test(line))).toEqual([
      'enable containerd',
      'restart containerd',
      'enable edgecore',
      'stop edgecore',
      'start edgecore',
    ]);
    forget(van);
    expect(apply(van, script, shell).code).toBe(0);
    expect(told(van)).toEqual(['']);
    expect(readFileSync(at('sim/fetched'), 'utf8').trim().split('\n')).toHaveLength(3);
  });

  here('a change of the configuration restarts edgecore alone, one of the runtime both', () => {
    const input = lockedFor(van);
    forget(van);
    apply(van, writeVan(van, { ...input, cluster: { ...input.cluster, features: ['logs', 'metaServer'] } }), shell);
    expect(told(van).filter((line) => line !== '')).toEqual(['stop edgecore', 'start edgecore']);
    forget(van);
    apply(
      van,
      writeVan(van, { ...input, cluster: { ...input.cluster, sandboxImage: 'mirror.example/pause:3.10' } }),
      shell,
    );
    expect(told(van).filter((line) => line !== '')).toEqual(['restart containerd', 'stop edgecore', 'start edgecore']);
  });

  here('a version that is there stays, and that is said', () => {
    writeFileSync(at('usr/local/bin/edgecore'), '#!/bin/sh\necho "KubeEdge v1.23.2"\n');
    const { code, log } = apply(van, writeVan(van, lockedFor(van)), shell);
    expect([code, log]).toEqual([0, expect.stringContaining('KubeEdge v1.23.2 stays')]);
    expect(readFileSync(at('usr/local/bin/edgecore'), 'utf8')).toContain('v1.23.2');
  });

  here('a tree that edgecore is not healthy with goes back to the one before', () => {
    const input = lockedFor(van);
    const broken: KubeEdgeNodeInput = {
      ...input,
      cluster: { ...input.cluster, unchecked: { 'modules.x.y': 'broken' } },
    };
    const { code, log } = apply(van, writeVan(van, broken), shell);
    expect([code, log]).toEqual([1, expect.stringContaining('going back to the one before')]);
    expect(readFileSync(at('etc/kubeedge/config/edgecore.yaml'), 'utf8')).not.toContain('broken');
  });

  here('a machine does not become another node in place', () => {
    const { code, log } = apply(van, writeVan(van, lockedFor(van), { ...NODE, name: 'van-002-gateway-1' }), shell);
    expect([code, log]).toEqual([65, expect.stringContaining('re-provision it')]);
  });

  here('the network of the pods does not change in place', () => {
    const input = lockedFor(van);
    const network = { ...input.cluster.network, podCidr: '10.99.0.0/16' };
    const { code, log } = apply(van, writeVan(van, { ...input, cluster: { ...input.cluster, network } }), shell);
    expect([code, log]).toEqual([65, expect.stringContaining('10-edgecdk.conflist cannot be changed in place')]);
  });

  here('a tree does not claim what edgecore writes itself', () => {
    const own = nodeFile('/etc/kubeedge/certs/server.crt', 'live', 'x\n');
    const { code, log } = apply(van, writeVan(van, lockedFor(van), NODE, [own]), shell);
    expect([code, log]).toEqual([65, expect.stringContaining("which is not a tree's")]);
  });

  here.each([
    ['another Kubernetes', 'usr/local/bin/k3s', 65, 'another Kubernetes (/usr/local/bin/k3s)'],
    ['no container runtime', 'sim/no-containerd', 75, 'install its package'],
  ])('a machine with %s is left as it is', (_, path, wanted, message) => {
    const other = makeVan(join(folder, `${command}-other`));
    put(join(other.root, path), '');
    const { code, log } = apply(other, writeVan(other, lockedFor(other)), shell);
    expect([code, log]).toEqual([wanted, expect.stringContaining(message)]);
    expect(existsSync(join(other.root, 'sim/up-edgecore'))).toBe(false);
  });

  here('an archive that is not what was locked is not unpacked', () => {
    const other = makeVan(join(folder, `${command}-other`));
    const { code, log } = apply(other, writeVan(other, VAN), shell);
    expect([code, log]).toEqual([75, expect.stringContaining('its checksum differs')]);
    expect(existsSync(join(other.root, 'usr/local/bin/edgecore'))).toBe(false);
  });

  here('a machine without its certificate waits for it', () => {
    const other = makeVan(join(folder, `${command}-other`));
    rmSync(join(other.root, 'etc/edgecdk/secrets/kubeedge-certificate'), { recursive: true });
    const { code, log } = apply(other, writeVan(other, lockedFor(other)), shell);
    expect([code, log]).toEqual([75, expect.stringContaining('kubeedge-certificate/ca.crt is not there yet')]);
  });

  here('a certificate that is over is said by each run, and a token goes once there is a certificate', () => {
    const other = makeVan(join(folder, `${command}-other`));
    const token = join(other.root, 'run/edgecdk/kubeedge-token');
    put(token, 'token\n');
    put(join(other.root, 'var/lib/kubeedge/edgecore.db'), 'database\n');
    const secret = join(other.root, 'etc/edgecdk/secrets/kubeedge-certificate/node.crt');
    put(secret, certificate(NODE.name, '20250101', '20261101'));
    const script = writeVan(other, lockedFor(other));
    for (const _ of ['first', 'second']) {
      const { code, log } = apply(other, script, shell);
      expect([code, log]).toEqual([0, expect.stringContaining('WARNING: the certificate of this node ended')]);
    }
    expect(existsSync(token)).toBe(false);
    put(secret, certificate(NODE.name, '20260101', '20270101'));
    rmSync(join(other.root, 'sim/up-edgecore'));
    expect(apply(other, script, shell).log).not.toContain('WARNING');
  });
});
