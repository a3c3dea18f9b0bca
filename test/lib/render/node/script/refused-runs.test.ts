import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { CHANGED_SERVER, oneOfThree, SINGLE_SERVER } from './sample-payloads';
import {
  converge,
  lastingState,
  type Payload,
  put,
  type RunOptions,
  read,
  run,
  type ScratchNode,
} from './scratch-node';
import { k3sBinary } from './stub-commands';
import { SHELLS, withFiles, withSettings, workshop } from './workshop';

const { fresh, running, copyOf, payload } = workshop('refused');

describe('a run is refused, and nothing changes,', () => {
  const reprovision = withFiles({ '/etc/rancher/k3s/cidr.yaml': ['cluster-cidr: 10.42.0.0/16\n', 'reprovision'] });
  const otherCidr = withFiles({ '/etc/rancher/k3s/cidr.yaml': ['cluster-cidr: 10.50.0.0/16\n', 'reprovision'] });

  interface Refusal {
    readonly name: string;
    readonly node?: () => ScratchNode;
    readonly payload?: Payload;
    /** Done to the payload after it was written. */
    readonly damage?: (tree: string) => void;
    readonly machine?: (node: ScratchNode) => void;
    readonly env?: RunOptions['env'];
    readonly says: string;
  }
  const refusals: Refusal[] = [
    { name: 'on ARMv6', machine: (n) => put(join(n.root, 'sim/machine'), 'armv6l\n'), says: 'ARMv6' },
    {
      name: 'on a machine of another class',
      machine: (n) => put(join(n.root, 'sim/machine'), 'x86_64\n'),
      says: 'no K3s for x86_64',
    },
    {
      name: 'on a machine that K3s is not made for',
      machine: (n) => put(join(n.root, 'sim/machine'), 'riscv64\n'),
      says: 'riscv64',
    },
    { name: 'where SELinux enforces and has no rules for K3s', env: { SELINUX: 'Enforcing' }, says: 'k3s-selinux' },
    {
      name: 'where a file is damaged',
      damage: (tree) => put(join(tree, 'files/etc/rancher/k3s/config.yaml'), 'flipped\n'),
      says: 'etc/rancher/k3s/config.yaml',
    },
    {
      name: 'where a file is missing',
      damage: (tree) => rmSync(join(tree, 'files/etc/rancher/k3s/config.yaml')),
      says: 'is missing',
    },
    {
      name: 'where a file is not listed',
      damage: (tree) => put(join(tree, 'files/etc/passwd'), 'root::0:0\n'),
      says: 'does not list',
    },
    {
      name: 'where the manifest is cut short',
      damage: (tree) => {
        const text = readFileSync(join(tree, 'manifest'), 'utf8');
        writeFileSync(join(tree, 'manifest'), text.slice(0, text.length / 2));
      },
      says: 'manifest',
    },
    {
      name: 'where a setting was changed by hand',
      damage: (tree) =>
        writeFileSync(
          join(tree, 'settings'),
          readFileSync(join(tree, 'settings'), 'utf8').replace('SERVERS=1', 'SERVERS=3'),
        ),
      says: 'settings',
    },
    { name: 'where a setting is missing', payload: withSettings({ k3sVersion: '' }), says: 'K3S_VERSION is not set' },
    {
      name: 'where a setting is no number',
      payload: withSettings({ servers: Number.NaN }),
      says: 'SERVERS must be a number',
    },
    {
      name: 'where tree and identity claim one file',
      payload: withFiles({ '/etc/edgecdk/identity.env': ['A=1\n', 'live'] }),
      says: 'claim',
    },
    {
      name: 'where the identity lacks a file that the tree leaves to it',
      node: () => running,
      payload: withSettings({ identityFiles: ['/etc/rancher/k3s/own.yaml'] }, CHANGED_SERVER),
      says: '/etc/rancher/k3s/own.yaml is each machine',
    },
    {
      name: 'where a file is not a tree’s to write',
      payload: withFiles({ '/etc/edgecdk/secrets/token': ['t\n', 'live'] }),
      says: 'not a tree',
    },
    {
      name: 'where a minor would be skipped',
      node: () => running,
      machine: (n) => put(join(n.root, 'usr/local/bin/k3s'), k3sBinary('v1.31.9+k3s1')),
      payload: CHANGED_SERVER,
      says: 'no minor may be skipped',
    },
    {
      name: 'where K3s is two minors ahead of the tree',
      node: () => running,
      machine: (n) => put(join(n.root, 'usr/local/bin/k3s'), k3sBinary('v1.35.1+k3s1')),
      payload: CHANGED_SERVER,
      says: 'v1.35.1+k3s1',
    },
    {
      name: 'where K3s does not run at all',
      node: () => running,
      machine: (n) => {
        put(join(n.root, 'usr/local/bin/k3s'), '#!/bin/sh\nexit 126\n');
        rmSync(join(n.root, 'var/lib/edgecdk/binary'));
      },
      payload: CHANGED_SERVER,
      says: 'does not run here',
    },
    {
      name: 'where the node would get another name',
      node: () => running,
      payload: { ...SINGLE_SERVER, identity: { nodeName: 'other' } },
      says: 're-provision',
    },
    {
      name: 'where something is added that counts at the first start',
      node: () => running,
      payload: reprovision,
      says: '/etc/rancher/k3s/cidr.yaml cannot be changed in place',
    },
    {
      name: 'where the datastore would become another',
      node: () => running,
      payload: withSettings({ datastore: 'etcd' }),
      says: 'SQLite',
    },
  ];

  test.each(refusals)('$name', async (refusal) => {
    const node = copyOf(refusal.node?.() ?? fresh);
    refusal.machine?.(node);
    if (refusal.node) spawnSync('chmod', ['0755', join(node.root, 'usr/local/bin/k3s')]);
    const script = payload(refusal.payload ?? SINGLE_SERVER);
    refusal.damage?.(join(script, '..'));
    const before = lastingState(node);
    const result = await run(node, script, { env: refusal.env });
    expect(result.log).toContain(refusal.says);
    expect(result.code).toBe(EXIT_CODES.refused);
    expect(lastingState(node)).toEqual(before);
  });

  test('where a value that counts at the first start is changed or taken away', async () => {
    const node = copyOf(fresh);
    await converge(node, payload(reprovision));
    const before = lastingState(node);
    for (const content of [otherCidr, SINGLE_SERVER]) {
      const result = await run(node, payload(content));
      expect(result.code).toBe(EXIT_CODES.refused);
      expect(result.log).toContain('re-provision');
      expect(lastingState(node)).toEqual(before);
    }
  });

  test('but not where comments have other words', async () => {
    const node = copyOf(fresh);
    await converge(node, payload(reprovision));
    const path = '/etc/rancher/k3s/cidr.yaml';
    const words = withFiles({ [path]: ['# other words\ncluster-cidr: 10.42.0.0/16\n', 'reprovision'] });
    for (const shell of SHELLS) expect((await run(node, payload(words), { shell })).code).toBe(EXIT_CODES.done);
    expect(read(node, path)).toContain('# other words');
    // Whatever was made of the file by hand, the payload says what K3s began with.
    put(join(node.root, path), 'cluster-cidr: 10.50.0.0/16\n');
    expect((await run(node, payload(otherCidr))).code).toBe(EXIT_CODES.refused);
  });

  test.each(SHELLS)('where servers that run would begin to encrypt one after the other (%s)', async (shell) => {
    const path = '/etc/rancher/k3s/config.yaml.d/30-encryption.yaml';
    const encrypted: Payload = {
      ...oneOfThree(0),
      files: { ...oneOfThree(0).files, [path]: ['secrets-encryption: true\n', 'once'] },
    };
    const node = copyOf(fresh);
    await converge(node, payload(oneOfThree(0)), { shell });
    const before = lastingState(node);
    const { code, log } = await run(node, payload(encrypted), { shell });
    expect([code, log]).toEqual([
      EXIT_CODES.refused,
      expect.stringContaining('counts from the beginning of a cluster'),
    ]);
    expect(lastingState(node)).toEqual(before);
    // From the beginning on, it is what all have; and what a tree no longer has stays.
    const other = copyOf(fresh);
    for (const content of [encrypted, encrypted, oneOfThree(0), encrypted])
      expect((await converge(other, payload(content), { shell })).codes).toEqual([EXIT_CODES.done]);
  });

  test('where cmdline.txt has a second line, which no firmware reads', async () => {
    const node = copyOf(fresh);
    put(join(node.root, 'boot/firmware/cmdline.txt'), 'console=tty1 rootwait\ncgroup_enable=memory\n');
    const result = await run(node, payload(SINGLE_SERVER));
    expect(result.code).toBe(EXIT_CODES.refused);
    expect(result.log).toContain('must have one line');
    expect(read(node, 'boot/firmware/cmdline.txt')).toBe('console=tty1 rootwait\ncgroup_enable=memory\n');
  });

  test('where another disk is in the place of the data disk', async () => {
    const node = copyOf(running);
    rmSync(join(node.root, 'var/lib/rancher/.edgecdk-data-disk'));
    const result = await run(node, payload(SINGLE_SERVER));
    expect(result.code).toBe(EXIT_CODES.refused);
    expect(result.log).toContain('not the one with this machine');
  });
});
