import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { linesOf } from './kill-sweep';
import { CHANGED_SERVER, PRELOADED_AGENT, SINGLE_SERVER } from './sample-payloads';
import {
  BINARY,
  converge,
  type Files,
  has,
  IMAGES,
  lastingState,
  powerCycle,
  put,
  read,
  run,
  type ScratchNode,
} from './scratch-node';
import { k3sBinary } from './stub-commands';
import { SHELLS, withFiles, withSettings, workshop } from './workshop';

const { fresh, running, copyOf, payload } = workshop('runs');

describe('a machine that is as described', () => {
  test('is left alone by another run', async () => {
    const node = copyOf(running);
    expect((await run(node, payload(SINGLE_SERVER))).code).toBe(EXIT_CODES.done);
    expect(lastingState(node)).toEqual(lastingState(running));
    expect(linesOf(node, 'sim/log')).toEqual(linesOf(running, 'sim/log'));
  });

  test('goes on by its own copy of script, tree and identity, without what brought them', async () => {
    const node = copyOf(running);
    rmSync(join(node.root, 'etc/rancher/k3s/registries.yaml'));
    expect((await run(node, join(node.root, 'var/lib/edgecdk/apply.sh'))).code).toBe(EXIT_CODES.done);
    expect(lastingState(node)).toEqual(lastingState(running));
  });

  test('gets mode and content of its files back', async () => {
    const node = copyOf(running);
    spawnSync('chmod', ['0666', join(node.root, 'etc/rancher/k3s/config.yaml')]);
    put(join(node.root, 'etc/rancher/k3s/registries.yaml'), 'by hand\n');
    expect((await run(node, payload(SINGLE_SERVER))).code).toBe(EXIT_CODES.done);
    expect(lastingState(node)).toEqual(lastingState(running));
  });
});

describe('a change', () => {
  async function change(files: Files): Promise<{ node: ScratchNode; codes: Array<number | undefined>; log: string[] }> {
    const node = copyOf(running);
    const { codes } = await converge(node, payload(withFiles(files)));
    return { node, codes, log: linesOf(node, 'sim/log').slice(linesOf(running, 'sim/log').length) };
  }

  test('of a live file restarts nothing', async () => {
    const { node, codes, log } = await change({ '/etc/motd.d/10-edgecdk': ['another text\n', 'live', '0644'] });
    expect({ codes, log }).toEqual({ codes: [0], log: [] });
    expect(read(node, 'etc/motd.d/10-edgecdk')).toBe('another text\n');
  });

  test('of several files restarts K3s once', async () => {
    const { codes, log } = await change({
      '/etc/rancher/k3s/config.yaml': ['disable: []\n', 'restart'],
      '/etc/rancher/k3s/registries.yaml': ['mirrors: {}\n', 'restart'],
    });
    expect({ codes, log }).toEqual({ codes: [0], log: ['stop', 'start'] });
  });

  test('of a file that counts once does not reach a node that runs', async () => {
    const { node, codes } = await change({ '/etc/ssh/ssh_import': ['somebody else\n', 'once'] });
    expect(codes).toEqual([0]);
    expect(read(node, 'etc/ssh/ssh_import')).toBe('somebody\n');
  });

  test.each(['reprovision', 'once'] as const)(
    'of what is %s is made in place, while K3s never came up with the wrong one',
    async (effect) => {
      const node = copyOf(fresh);
      const path = '/etc/rancher/k3s/config.yaml.d/20-fixed.yaml';
      const wrong = payload(withFiles({ [path]: ['broken: true\n', effect] }));
      expect((await converge(node, wrong, { until: [EXIT_CODES.later] })).codes.at(-1)).toBe(EXIT_CODES.later);
      expect(has(node, 'var/lib/edgecdk/started')).toBe(true);
      const { codes } = await converge(node, payload(withFiles({ [path]: ['cluster-domain: a.b\n', effect] })));
      expect(codes).toEqual([EXIT_CODES.done]);
      expect(read(node, path.slice(1))).toBe('cluster-domain: a.b\n');
    },
  );

  test('takes away what it wrote itself, and nothing else', async () => {
    const node = copyOf(running);
    put(join(node.root, 'etc/rancher/k3s/by-hand.yaml'), 'mine\n');
    const { '/etc/motd.d/10-edgecdk': _motd, '/etc/ssh/ssh_import': _once, ...files } = SINGLE_SERVER.files;
    expect((await run(node, payload({ ...SINGLE_SERVER, files }))).code).toBe(0);
    expect(has(node, 'etc/motd.d/10-edgecdk')).toBe(false);
    expect(has(node, 'etc/rancher/k3s/by-hand.yaml')).toBe(true);
    expect(has(node, 'etc/ssh/ssh_import')).toBe(true);
  });
});

describe('a run waits for', () => {
  test.each<[string, (node: ScratchNode) => void, string]>([
    ['a secret', (n) => rmSync(join(n.root, 'etc/edgecdk/secrets/token')), 'secrets/token is not there yet'],
    ['a plausible clock', (n) => put(join(n.root, 'sim/date'), '1970-01-01\n'), 'the clock says 1970-01-01'],
    ['the data disk', (n) => put(join(n.root, 'proc/mounts'), 'proc /proc proc rw 0 0\n'), 'not mounted'],
    ['a download', (n) => rmSync(join(n.root, 'sim/release/k3s-arm64')), 'does not come'],
    [
      'a download that is what was locked',
      (n) => put(join(n.root, 'sim/release/k3s-arm64'), 'other\n'),
      'its checksum differs',
    ],
  ])('%s, and goes on when it is there', async (_name, hinder, says) => {
    const node = copyOf(fresh);
    hinder(node);
    const { codes, log } = await converge(node, payload(SINGLE_SERVER), { until: [EXIT_CODES.later] });
    expect(codes.at(-1)).toBe(EXIT_CODES.later);
    expect(log).toContain(says);
    expect(has(node, 'usr/local/bin/k3s')).toBe(false);
    for (const path of ['etc/edgecdk/secrets/token', 'sim/date', 'proc/mounts', 'sim/release/k3s-arm64']) {
      put(join(node.root, path), read(fresh, path));
    }
    expect((await converge(node, payload(SINGLE_SERVER))).codes.at(-1)).toBe(EXIT_CODES.done);
    expect(lastingState(node)).toEqual(lastingState(running));
  });

  test('another run that is at work, and takes over from one that died', async () => {
    const node = copyOf(running);
    const startedAt = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[19];
    put(join(node.root, 'run/edgecdk.lock'), `${process.pid} ${startedAt}\n`);
    const busy = await run(node, payload(SINGLE_SERVER));
    expect(busy.code).toBe(EXIT_CODES.later);
    expect(busy.log).toContain(`process ${process.pid}`);
    // The same number, but a process that began at another time.
    put(join(node.root, 'run/edgecdk.lock'), `${process.pid} 1\n`);
    expect((await run(node, payload(SINGLE_SERVER))).code).toBe(EXIT_CODES.done);
    expect(has(node, 'run/edgecdk.lock')).toBe(false);
  });

  test.each(['EDGECDK', 'CIDATA', 'cidata'])('the medium of an offline site (%s), and unmounts it', async (label) => {
    const node = copyOf(fresh);
    put(join(node.root, 'sim/address'), '10.0.0.13\n');
    put(join(node.shared, 'up/10.0.0.10'), 'cluster\n');
    const script = payload(withSettings({ mediumLabel: 'EDGECDK' }, PRELOADED_AGENT));
    const without = await run(node, script);
    expect(without.code).toBe(EXIT_CODES.later);
    expect(without.log).toContain('plug in its medium');
    put(join(node.root, 'dev/disk/by-label', label), '');
    put(join(node.root, 'sim/medium/artifacts/k3s-arm64'), BINARY);
    put(join(node.root, 'sim/medium/artifacts/k3s-airgap-images-arm64.tar.zst'), IMAGES);
    expect((await run(node, script)).code).toBe(EXIT_CODES.done);
    expect(read(node, 'proc/mounts')).not.toContain('/run/edgecdk/medium');
    expect(read(node, 'var/lib/rancher/k3s/agent/images/k3s-airgap-images-arm64.tar.zst')).toBe(IMAGES);
    expect(read(node, 'sim/umask')).toMatch(/^0?077\n/);
  });

  test('the artifacts of a kit on the boot partition, in a later run, too', async () => {
    const node = copyOf(fresh);
    put(join(node.root, 'sim/address'), '10.0.0.13\n');
    put(join(node.shared, 'up/10.0.0.10'), 'cluster\n');
    put(join(node.root, 'boot/firmware/artifacts/k3s-arm64'), BINARY);
    put(join(node.root, 'boot/firmware/artifacts/k3s-airgap-images-arm64.tar.zst'), IMAGES);
    expect((await run(node, payload(PRELOADED_AGENT))).code).toBe(EXIT_CODES.done);
  });
});

describe('K3s', () => {
  test.each(['v1.34.2+k3s1', 'v1.33.9+k3s1', 'v1.32.1+k3s1'])(
    'that is there as %s is never replaced',
    async (version) => {
      const node = copyOf(running);
      writeFileSync(join(node.root, 'usr/local/bin/k3s'), k3sBinary(version));
      const result = await run(node, payload(CHANGED_SERVER));
      expect(result.code).toBe(EXIT_CODES.done);
      expect(result.log).toContain(`K3s ${version} stays`);
      expect(read(node, 'usr/local/bin/k3s')).toBe(k3sBinary(version));
      expect(read(node, 'etc/rancher/k3s/registries.yaml')).toContain('new.example');
    },
  );
});

describe.each(SHELLS)('in %s, the binary of K3s', (shell) => {
  test.each([
    ['Permissive', ['-u system_u -r object_r -t container_runtime_exec_t']],
    ['Disabled', []],
  ])('has its label before it is there, with SELinux %s', async (SELINUX, labels) => {
    const node = copyOf(fresh);
    await converge(node, payload(SINGLE_SERVER), { shell, env: { SELINUX } });
    expect(linesOf(node, 'sim/labels').map((line) => line.replace(/ \/.*/, ''))).toEqual(labels);
    expect(linesOf(node, 'sim/labels').join()).not.toMatch(/bin\/k3s$/);
  });

  test.each([
    ['https://mirror.example/k3s/v1.33.5+k3s1', 'https://mirror.example/k3s/v1.33.4+k3s1'],
    ['https://github.example/k3s/v1.33.5%2Bk3s1', 'https://github.example/k3s/v1.33.4%2Bk3s1'],
  ])('that an upgrade left damaged is fetched again as it was healthy last (%s)', async (baseUrl, folder) => {
    const node = copyOf(running);
    const half = '#!/bin/sh\nexit 126\n';
    writeFileSync(join(node.root, 'usr/local/bin/k3s'), half);
    rmSync(join(node.root, 'sim/active'));
    const script = payload(
      withSettings({ k3sVersion: 'v1.33.5+k3s1', binarySha256: { arm64: 'f'.repeat(64) }, baseUrl }),
    );
    const { code, log } = await run(node, script, { shell });
    expect([code, log]).toEqual([EXIT_CODES.done, expect.stringContaining('v1.33.4+k3s1, which was healthy here')]);
    expect(read(node, 'usr/local/bin/k3s')).toBe(BINARY);
    expect(linesOf(node, 'sim/fetched').at(-1)).toBe(`${folder}/k3s-arm64`);
  });
});

describe('the kernel', () => {
  test('is given its arguments in the one line, and the machine restarts once', async () => {
    const node = copyOf(fresh);
    const { codes } = await converge(node, payload(SINGLE_SERVER));
    expect(codes).toEqual([EXIT_CODES.rebooting, EXIT_CODES.done]);
    expect(read(node, 'boot/firmware/cmdline.txt')).toBe(
      'console=tty1 root=PARTUUID=1234-02 rootwait cgroup_memory=1 cgroup_enable=memory\n',
    );
    // On the disk before it takes the name of the one that boots.
    expect(read(node, 'sim/on-disk')).toBe(read(node, 'boot/firmware/cmdline.txt'));
    expect(read(node, 'boot/firmware/cmdline.txt.before-edgecdk')).toBe(read(fresh, 'boot/firmware/cmdline.txt'));
  });

  test('that never gets them does not make the machine restart for ever', async () => {
    const node = copyOf(fresh);
    const script = payload(SINGLE_SERVER);
    expect((await run(node, script)).code).toBe(EXIT_CODES.rebooting);
    const cmdline = read(node, 'proc/cmdline');
    powerCycle(node);
    put(join(node.root, 'proc/cmdline'), cmdline);
    const second = await run(node, script);
    expect(second.code).toBe(EXIT_CODES.done);
    expect(second.log).toContain('is /');
    expect((await run(node, payload(CHANGED_SERVER))).code).toBe(EXIT_CODES.done);
  });
});
