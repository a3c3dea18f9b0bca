import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MicroK8sNodeInput } from '../../../../../../lib/model/microk8s-node-input';
import type { NodeRecord } from '../../../../../../lib/model/node-model';
import { has, lastingState, put, read, run } from '../../../../render/node/script/scratch-node';
import { SHELLS } from '../../../../render/node/script/workshop';
import { depot, lines, type Machine, writeArtifacts } from '../depot';
import { ALONE, DEPOT, DEPOT_NODES, OFFLINE, withCluster } from '../sample-microk8s';

const { bring, machine } = depot('microk8s-runs');
const [first, second, , worker] = DEPOT_NODES as [NodeRecord, NodeRecord, NodeRecord, NodeRecord];
const alone = (site: string, input: MicroK8sNodeInput = ALONE): Machine => machine(site, first, input, [first]);
const again = (one: Machine, input: MicroK8sNodeInput): Machine => bring(one, first, input, [first]);

describe.each(SHELLS)('in %s', (shell) => {
  test('a node alone is installed from its channel, held, named and healthy, and another run leaves it alone', async () => {
    const { node, script } = alone(`alone-${shell.length}`);
    const { code, log } = await run(node, script, { shell });
    expect([code, log]).toEqual([0, expect.stringContaining('done: store-0412-box-1')]);
    expect(lines(node, 'sim/log')).toEqual(['install 1.33/stable']);
    expect([has(node, 'sim/held'), read(node, 'sim/hostname'), read(node, 'var/lib/edgecdk/channel')]).toEqual([
      true,
      'store-0412-box-1\n',
      '1.33/stable\n',
    ]);
    const before = lastingState(node);
    expect((await run(node, script, { shell })).code).toBe(0);
    expect(lastingState(node)).toEqual(before);
    expect(lines(node, 'sim/log')).toEqual(['install 1.33/stable']);
  });
});

test('credentials of a mirror come to the configuration alone, which only root reads', async () => {
  const { node, script } = machine('mirror', first);
  await run(node, script);
  const basic = Buffer.from('clerk:pass word"').toString('base64');
  expect(read(node, 'etc/microk8s.yaml')).toContain(`authorization = "Basic ${basic}"`);
  expect(read(node, 'etc/edgecdk/microk8s/launch.yaml')).not.toContain(basic);
  expect(statSync(join(node.root, 'etc/microk8s.yaml')).mode & 0o777).toBe(0o600);
});

describe('a change of settings', () => {
  const max = (pods: string): MicroK8sNodeInput =>
    withCluster({ launch: { extraKubeletArgs: { '--max-pods': pods } } });

  test('reaches MicroK8s as another file for its agent, and restarts nothing by itself', async () => {
    const one = alone('change', max('60'));
    await run(one.node, one.script);
    const changed = again(one, max('90'));
    expect((await run(changed.node, changed.script)).code).toBe(0);
    expect(read(one.node, 'sim/launched')).toContain('"--max-pods": "90"');
    expect(lines(one.node, 'sim/log').map((line) => line.split(' ')[0])).toEqual(['install', 'launch']);
  });

  test('that leaves an argument out takes it back', async () => {
    const one = alone(
      'back',
      withCluster({
        launch: { extraKubeletArgs: { '--max-pods': '60' }, extraKubeAPIServerArgs: { '--event-ttl': '1h' } },
      }),
    );
    await run(one.node, one.script);
    const changed = again(one, ALONE);
    expect((await run(changed.node, changed.script)).code).toBe(0);
    const launched = read(one.node, 'sim/launched');
    expect(launched).toContain('extraKubeletArgs:\n  "--max-pods": null\n');
    expect(launched).toContain('extraKubeAPIServerArgs:\n  "--event-ttl": "5m"\n');
    expect(launched.indexOf('null')).toBeLessThan(launched.indexOf('# Written by'));
  });

  test('that MicroK8s does not take is rolled back, and not left to be tried for ever', async () => {
    const one = alone('broken', max('60'));
    await run(one.node, one.script);
    const changed = again(one, max('broken'));
    const { code, log } = await run(changed.node, changed.script);
    expect([code, log]).toEqual([1, expect.stringContaining('did not take its settings')]);
    expect(read(one.node, 'sim/launched')).toContain('"--max-pods": "60"');
    expect(read(one.node, 'etc/edgecdk/microk8s/launch.yaml')).toContain('"--max-pods": "60"');
    // A part of it may have been taken: so all of what was before is given once more.
    expect(lines(one.node, 'sim/log').map((line) => line.split(' ')[0])).toEqual(['install', 'launch']);
    const left = readdirSync(join(one.node.root, 'var/snap/microk8s/common/etc/launcher'));
    expect(left.filter((name) => name.endsWith('.yaml'))).toEqual([]);
  });

  test('of names makes the certificate of the API server anew', async () => {
    const one = alone('names');
    await run(one.node, one.script);
    const changed = bring(one, { ...first, address: { kind: 'reserved', ip: '10.0.0.77' } }, ALONE, [first]);
    expect((await run(changed.node, changed.script)).code).toBe(0);
    expect(lines(one.node, 'sim/log').at(-1)).toBe('renew server.crt');
  });

  test('of networks is refused where MicroK8s runs', async () => {
    const one = alone('networks');
    await run(one.node, one.script);
    const changed = again(one, withCluster({ network: { clusterCidr: '10.50.0.0/16' } }));
    const { code, log } = await run(changed.node, changed.script);
    expect([code, log]).toEqual([65, expect.stringContaining('fixed.yaml cannot be changed in place')]);
  });

  test('after a join, settings are given again: those of the node were those of another', async () => {
    const a = machine('after-join', first);
    const b = machine('after-join', second);
    await run(a.node, a.script);
    await run(b.node, b.script);
    expect(lines(b.node, 'sim/log').map((line) => line.split(' ')[0])).toEqual(['install', 'launch']);
    expect(read(b.node, 'sim/launched')).toContain('"--node-ip": "10.0.0.11"');
  });
});

describe('names of other nodes', () => {
  test('stand in the hosts file beside what is there, and follow a change', async () => {
    const one = machine('hosts', first);
    await run(one.node, one.script);
    const hosts = read(one.node, 'etc/hosts');
    expect(hosts).toMatch(
      /^127\.0\.0\.1 localhost\n# edgecdk: begin\n10\.0\.0\.10 store-0412-box-1\n[\s\S]*# edgecdk: end\n$/,
    );
    put(join(one.node.root, 'etc/hosts'), `${hosts}10.9.9.9 printer\n`);
    const fewer = bring(one, first, DEPOT, [first, second]);
    await run(fewer.node, fewer.script);
    expect(read(one.node, 'etc/hosts')).toBe(
      '127.0.0.1 localhost\n10.9.9.9 printer\n# edgecdk: begin\n10.0.0.10 store-0412-box-1\n10.0.0.11 store-0412-box-2\n# edgecdk: end\n',
    );
  });
});

describe('the cluster', () => {
  test('is given labels by a server, and loses those that are said no more', async () => {
    const a = machine('labels', first);
    const w = machine('labels', worker);
    await run(a.node, a.script);
    await run(w.node, w.script);
    await run(a.node, a.script);
    const known = `../shared/clusters/${read(a.node, 'sim/cluster').trim()}/labels`;
    expect(lines(a.node, known)).toContain(
      'store-0412-till-1 --overwrite edgecdk.dev/device-class=box grocer.example/counter=yes',
    );
    const said = read(a.node, 'var/lib/edgecdk/labels');
    put(
      join(a.node.root, 'var/lib/edgecdk/labels'),
      said.replace('grocer.example/counter=yes', 'grocer.example/counter=yes old.example/x=1'),
    );
    await run(a.node, a.script);
    expect(lines(a.node, known).at(-1)).toBe(
      'store-0412-till-1 --overwrite edgecdk.dev/device-class=box grocer.example/counter=yes old.example/x-',
    );
    expect(read(a.node, 'var/lib/edgecdk/labels')).toBe(said);
  });

  test('is asked again for labels that could not be given', async () => {
    const { node, script } = alone('no-labels');
    put(join(node.root, 'sim/no-labels'), '');
    const { code, log } = await run(node, script);
    expect([code, log]).toEqual([0, expect.stringContaining('labels of store-0412-box-1')]);
    expect(has(node, 'var/lib/edgecdk/pending/settle')).toBe(true);
    rmSync(join(node.root, 'sim/no-labels'));
    await run(node, script);
    expect(has(node, 'var/lib/edgecdk/pending/settle')).toBe(false);
  });

  test('gets each addon once, rbac first', async () => {
    const { node, script } = machine('addons', first);
    await run(node, script);
    await run(node, script);
    expect(lines(node, 'sim/enabled')).toEqual(['rbac', 'dns 10.0.0.1', 'metallb 10.0.0.200-10.0.0.210']);
  });

  test('gets its addons from the next server while the first is down, and from one alone while it is not', async () => {
    const a = machine('porter', first);
    const b = machine('porter', second);
    await run(a.node, a.script);
    await run(b.node, b.script);
    expect(lines(b.node, 'sim/enabled')).toEqual([]);
    const known = join(a.node.shared, 'clusters', read(a.node, 'sim/cluster').trim(), 'nodes');
    put(known, readFileSync(known, 'utf8').replace('box-1 Ready', 'box-1 NotReady'));
    await run(b.node, b.script);
    expect(lines(b.node, 'sim/enabled')).toEqual(['rbac', 'dns 10.0.0.1', 'metallb 10.0.0.200-10.0.0.210']);
  });

  test.each(['failing', 'unknown'])('gets no addon behind one that is %s, and is asked again', async (how) => {
    const { node, script } = machine(`addon-${how}`, first);
    put(join(node.root, `sim/${how}-dns`), '');
    const { code, log } = await run(node, script);
    expect([code, log]).toEqual([0, expect.stringContaining('the addon dns could not be enabled')]);
    expect(lines(node, 'var/lib/edgecdk/addons')).toEqual(['rbac']);
    rmSync(join(node.root, `sim/${how}-dns`));
    await run(node, script);
    expect(lines(node, 'var/lib/edgecdk/addons')).toEqual(['rbac', 'dns', 'metallb']);
  });
});

describe('a site without a link', () => {
  test('takes snaps, assertions and images from its medium, by checksum, and what it has stays', async () => {
    const one = machine('offline', first, OFFLINE, [first]);
    const place = join(one.node.root, 'var/lib/edgecdk/artifacts');
    const ready = again(one, { ...OFFLINE, artifacts: writeArtifacts(place, 7890) });
    expect((await run(ready.node, ready.script)).code).toBe(0);
    expect(lines(one.node, 'sim/log')).toEqual([
      'ack core20_2434.assert',
      'install core20_2434.snap',
      'ack microk8s_7890.assert',
      'install 7890',
    ]);
    expect(read(one.node, 'var/snap/microk8s/common/etc/sideload/microk8s-images-amd64.tar')).toBe('images\n');
    expect([read(one.node, 'var/lib/edgecdk/channel'), has(one.node, 'var/lib/edgecdk/snaps')]).toEqual([
      '1.33/stable 7890\n',
      false,
    ]);
  });

  test('waits for its medium, and for files that are what was locked', async () => {
    const one = machine('no-medium', first, OFFLINE, [first]);
    const place = join(one.node.root, 'var/lib/edgecdk/artifacts');
    const ready = again(one, { ...OFFLINE, artifacts: writeArtifacts(place, 7890) });
    put(join(place, 'microk8s_7890.snap'), 'another\n');
    const other = await run(ready.node, ready.script);
    expect([other.code, other.log]).toEqual([75, expect.stringContaining('its checksum differs')]);
    rmSync(place, { recursive: true });
    const without = await run(ready.node, ready.script);
    expect([without.code, without.log]).toEqual([75, expect.stringContaining('plug in its medium')]);
    expect(lines(one.node, 'sim/log')).toEqual([]);
  });
});

describe('a machine is refused', () => {
  test.each<[string, (root: string) => void, string]>([
    [
      'with too little memory',
      (root) => put(join(root, 'proc/meminfo'), 'MemTotal:         498700 kB\n'),
      '487 MiB of memory',
    ],
    ['of 32-bit ARM', (root) => put(join(root, 'sim/machine'), 'armv7l\n'), 'not released for 32-bit ARM'],
    [
      'with a MicroK8s of somebody else',
      (root) => put(join(root, 'sim/snaps/microk8s'), 'v1.33.2 12\n'),
      'with settings of its own',
    ],
  ])('%s', async (name, hinder, says) => {
    const { node, script } = alone(name.replaceAll(' ', '-'));
    hinder(node.root);
    const { code, log } = await run(node, script);
    expect([code, log]).toEqual([65, expect.stringContaining(says)]);
    expect(lines(node, 'sim/log')).toEqual([]);
  });
});

test('a node that is not healthy any more says so, and is not rolled back to what it has', async () => {
  const { node, script } = alone('sick');
  await run(node, script);
  put(join(node.root, 'sim/sick'), '');
  const { code, log } = await run(node, script);
  expect([code, log]).toEqual([
    75,
    expect.stringContaining('MicroK8s is not healthy, with a tree that was healthy before'),
  ]);
});
