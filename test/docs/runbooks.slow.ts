import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { has, put, read, type ScratchNode } from '../lib/render/node/script/scratch-node';
import { type Loopback, loopback, serving } from '../support/loopback';
import { edit, releasedFiles, VERSION } from './grocer-desk';
import { readDoc } from './markdown';
import { putIn } from './room';
import { Walk } from './walk';

let k3s: Loopback;
beforeAll(async () => {
  k3s = await loopback(serving(releasedFiles()));
});
afterAll(() => k3s.close());

const minutes = 180_000;

const BOX = { processor: 'x86_64', address: '10.4.12.11', serial: 'N100-1001' } as const;
const TILL = { processor: 'aarch64', address: '10.4.12.101', mac: 'dc:a6:32:00:12:01' } as const;
const DATABASE = 'var/lib/rancher/k3s/server/db';

/** A fleet whose sites are open. */
async function openFleet(text: string): Promise<Walk> {
  const walk = new Walk(text, k3s.url);
  edit(walk.folder, 'stores.csv', 'planned', 'active');
  put(join(walk.folder, 'secrets/store-0412/k3s-token'), 'a-token\n');
  put(join(walk.folder, 'secrets/store-0412/k3s-agent-token'), 'an-agent-token\n');
  put(join(walk.folder, 'secrets/super-07/k3s-token'), 'another-token\n');
  put(join(walk.folder, 'secrets/super-07/k3s-agent-token'), 'another-agent-token\n');
  expect(await walk.run('edgecdk lock --download --quiet')).toEqual({ code: 0, text: '' });
  expect(await walk.run('edgecdk synth --quiet --no-type-check')).toEqual({ code: 0, text: '' });
  return walk;
}

/** The line of a text of which this is the beginning. */
const lineOf = (path: string, start: string): string =>
  readDoc(path)
    .split('\n')
    .find((line) => line.startsWith(start)) ?? `no line ${start}`;

const rowOf = (walk: Walk, file: string, slot: string): string | undefined =>
  readFileSync(join(walk.folder, file), 'utf8')
    .split('\n')
    .find((line) => line.includes(`,${slot},`));

/** Where a server is a member: the id of its cluster. */
const clusterOf = (node: ScratchNode, file: string): string => read(node, `${DATABASE}/${file}`);

test(
  'a site is opened',
  async () => {
    const walk = new Walk('runbooks/open-a-site.md', k3s.url);
    const lock = await walk.step('', 2, { sees: ['unchanged'] });
    expect(lock.text).toContain('artifacts.lock.json: ');
    expect(existsSync(join(walk.folder, '.edgecdk/artifacts/k3s/v1.33.5+k3s1/k3s-arm64'))).toBe(true);
    await walk.step('', 3, { sees: ['2 sites in 2 cohorts'] });
    expect(readFileSync(join(walk.folder, 'dist/secrets.json'), 'utf8')).toContain('"k3s-agent-token"');
    await walk.step('', 4);
    const { text } = await walk.step('', 5, { sees: ['kit for store-0412 (3 machines)', 'secrets: 4 on it'] });
    expect(text).toMatch(/label CIDATA: store-0412-box-1\n.*boot partition .*: store-0412-till-1, store-0412-till-2$/m);
    await walk.step('', 6);
    expect(readFileSync(join(walk.medium, 'README.txt'), 'utf8')).toMatch(/ticked off[\s\S]*store-0412-till-2/);

    // In any order: a till from its card, and the server as one whose image took no notice of the medium.
    const box = walk.room.machine(BOX);
    const till = walk.room.machine(TILL);
    expect(await walk.room.bootFromCard(till, walk.card, [75])).toContain(
      'no server answers at https://10.4.12.11:6443',
    );
    putIn(box, walk.medium);
    await walk.step('', 8, { on: box });
    expect(await walk.room.unit(box)).toContain('done: store-0412-box-1, server');
    expect(existsSync(join(walk.medium, 'edgecdk/manifests/edgecdk-nodes.yaml'))).toBe(true);
    await walk.step('', 9);
    expect(await walk.room.bootFromCard(till, walk.card)).toContain('done: store-0412-till-1, agent');
    expect(has(till, 'etc/edgecdk/secrets/k3s-token')).toBe(false);

    await walk.step('', 11);
    edit(walk.folder, 'stores.csv', 'planned', 'active');
    await walk.step('', 12);
    expect(has(till, 'boot/firmware/edgecdk/nodes/store-0412-till-1/secrets/k3s-agent-token')).toBe(true);
    await walk.step('', 13);
    edit(walk.folder, 'fleet.ts', 'const backup', "const network = { clusterDomain: 'x.local' };\nconst backup");
    edit(walk.folder, 'fleet.ts', 'backup, access }', 'backup, access, network }');
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain(
      'which holds what cannot be changed while the cluster lives',
    );
    walk.end();
  },
  minutes,
);

test(
  'an agent is replaced',
  async () => {
    const walk = await openFleet('runbooks/replace-an-agent.md');
    const { text } = await walk.step('', 1, { sees: ['store-0412-till-1-g1'] });
    expect(text).toContain('# Replace store-0412-till-1 by store-0412-till-1-g1');
    expect(rowOf(walk, 'store-machines.csv', 'till-1')).toBe('store-0412,till-1,,dc:a6:32:00:12:09,,,,1');
    await walk.step('', 2);
    await walk.step('', 3);
    await walk.step('', 4, { sees: ['kit for store-0412-till-1-g1'] });

    const till = walk.room.machine({ ...TILL, mac: 'dc:a6:32:00:12:09' });
    put(join(walk.folder, 'room/shared/up/10.4.12.11'), 'the cluster\n');
    expect(await walk.room.bootFromCard(till, walk.card)).toContain('done: store-0412-till-1-g1, agent');
    await walk.step('', 5);
    await walk.step('', 6);
    walk.end();
  },
  minutes,
);

test(
  'a server of three is replaced',
  async () => {
    const walk = await openFleet('runbooks/replace-a-server.md');
    await walk.step('', 1);
    await walk.step('', 2, { sees: ['super-07-box-2-g1'] });
    expect(rowOf(walk, 'superstore-machines.csv', 'box-2')).toBe('super-07,box-2,N100-2009,,10.7.0.12,,,1');
    await walk.step('', 3);
    await walk.step('', 4);
    const { text } = await walk.step('', 5, { sees: ['kit for super-07-box-2-g1', 'secrets: 2 on it'] });
    expect(text).not.toContain('that may run already');

    const box = walk.room.machine({ ...BOX, serial: 'N100-2009', address: '10.7.0.12' });
    put(join(walk.folder, 'room/shared/up/10.7.0.11'), 'the cluster\n');
    expect(await walk.room.boot(box, walk.medium)).toContain('done: super-07-box-2-g1, server');
    expect(clusterOf(box, 'etcd/cluster')).toBe('the cluster\n');
    await walk.step('', 6);
    await walk.step('', 7);
    edit(walk.folder, 'superstore-machines.csv', '10.7.0.12', '10.7.0.22');
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain('changes addresses of running servers');
    await walk.run('edgecdk replace super-07 box-2');
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain('edgecdk export --ansible');
    await walk.step('', 8);
    expect(existsSync(join(walk.folder, 'ansible/playbook.yaml'))).toBe(true);
    walk.end();
  },
  minutes,
);

test(
  'a site is restored',
  async () => {
    const walk = await openFleet('runbooks/restore-a-site.md');
    const single = 'The only server is dead';
    await walk.step(single, 1, { sees: ['kit for store-0412-box-1-g1'] });
    const box = walk.room.machine({ ...BOX, serial: 'N100-1009' });
    const copies = join(box.root, 'mnt/backup');
    for (const [time, content] of [
      ['20261122T013000Z', 'the cluster, a day earlier\n'],
      ['20261123T013000Z', 'the cluster\n'],
    ] as const) {
      put(join(copies, time, 'db/state.db'), content);
      put(join(copies, time, 'token'), 'K10ca::server:a-token\n');
    }
    expect(await walk.room.boot(box, walk.medium, [65])).toContain(
      'refused: copies of a cluster are in /mnt/backup, and this server would begin an empty one',
    );
    await walk.step(single, 4, { on: box, sees: ['done: store-0412-box-1-g1, server'] });
    expect(clusterOf(box, 'state.db')).toBe('the cluster\n');
    await walk.step(single, 5);

    await walk.step('One of three servers is left', 0);

    const all = 'All of three servers are gone';
    await walk.step(all, 1, { sees: ['kit for super-07 (4 machines)'] });
    const machines = [1, 2, 3].map((n) =>
      walk.room.machine({ ...BOX, serial: `N100-201${n}`, address: `10.7.0.1${n}` }),
    );
    const [first, ...others] = machines;
    if (!first) throw new Error('no machine');
    const snapshot = join(first.root, 'mnt/backup/snapshots/etcd-snapshot-super-07-box-2-1763947800.zip');
    put(snapshot, 'the large cluster\n');
    utimesSync(snapshot, 1_763_947_800, 1_763_947_800);
    put(join(first.root, 'mnt/backup/token'), 'K10ca::server:another-token\n');
    expect(await walk.room.boot(first, walk.medium, [75])).toContain('and this one (rank 0, generation 1) only joins');
    await walk.step(all, 3, {
      on: first,
      sees: ['restored; the other servers join this one', 'done: super-07-box-1-g1, server'],
    });
    for (const other of others) {
      expect(await walk.room.boot(other, walk.medium)).toMatch(/done: super-07-box-[23]-g1, server/);
      expect(clusterOf(other, 'etcd/cluster')).toBe('the large cluster\n');
    }
    await walk.step(all, 4);

    edit(walk.folder, 'stores.csv', 'state\n', 'state,clusterGeneration\n');
    edit(walk.folder, 'stores.csv', 'active\n', 'active,1\n');
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain(
      'their names would come again in the new cluster; count it to 2',
    );
    edit(walk.folder, 'stores.csv', 'active,1\n', 'active,2\n');
    const { text } = await walk.step('There is no copy', 0);
    expect(text).toContain('kit for store-0412 (3 machines)');
    walk.end();
  },
  minutes,
);

test(
  'a token is rotated',
  async () => {
    const walk = await openFleet('runbooks/rotate-a-token.md');
    const servers = "The servers' token";
    const token = () => readFileSync(join(walk.folder, 'secrets/super-07/k3s-token'), 'utf8');
    for (const number of [1, 2, 3, 4, 5, 6, 7]) await walk.step(servers, number);
    expect(token()).toMatch(/^[0-9a-f]{32}\n$/);
    expect(readFileSync(join(walk.folder, 'secrets/super-07/k3s-token.old'), 'utf8')).toBe('another-token\n');
    const { text } = await walk.step(servers, 8, { sees: ['secrets: 7 on it'] });
    expect(text).toMatch(/files: 0 written, \d+ unchanged, 0 removed/);
    for (const number of [1, 2, 3, 4]) await walk.step("The agents' token", number);
    walk.end();
  },
  minutes,
);

test(
  'a secret is added',
  async () => {
    const walk = await openFleet('runbooks/add-a-secret.md');
    const mirror = /^ *(registries: .*)$/m.exec(readDoc('runbooks/add-a-secret.md'))?.[1] ?? 'no registries';
    edit(walk.folder, 'fleet.ts', '.9`),\n', `.9\`),\n      ${mirror}\n`);
    put(join(walk.folder, 'secrets/super-07/mirror-login'), 'puller:a-password\n');
    await walk.step('', 2, { sees: ['secret mirror-login: 4 machines must have it first, or will wait for it'] });
    await walk.step('', 3);
    const { text } = await walk.step('', 5);
    expect(text).toContain('secrets: 11 on it');
    walk.end();
  },
  minutes,
);

test(
  'a site without a link is brought what is new',
  async () => {
    const walk = await openFleet('runbooks/air-gap.md');
    await walk.step('', 1);
    await walk.step('', 2);
    put(join(walk.folder, '.edgecdk/artifacts/images/busybox-amd64.tar.gz'), 'images');
    put(join(walk.folder, '.edgecdk/artifacts/images/busybox-arm64.tar.gz'), 'images');
    const { text } = await walk.step('', 3, { sees: ['n100-16gb+rpi-4b-4gb: 2 sites'] });
    expect(text).toContain('2 archives of images');
    await walk.step('', 4);
    const box = walk.room.machine(BOX);
    put(join(box.root, 'var/lib/rancher/k3s/server/token'), 'K10');
    put(join(box.root, 'etc/edgecdk/identity.env'), 'NODE_NAME=store-0412-box-1\n');
    putIn(box, walk.medium);
    await walk.step('', 5, { on: box, sees: ['done: store-0412'] });
    expect(has(box, 'var/lib/rancher/k3s/server/manifests/edgecdk-nodes.yaml')).toBe(true);
    expect(has(box, 'var/lib/rancher/k3s/agent/images/busybox-amd64.tar.gz')).toBe(true);
    await walk.step('', 6);
    walk.end();
  },
  minutes,
);

test(
  'docs/nodes.md is as it says',
  async () => {
    const walk = await openFleet('nodes.md');
    await walk.step('Lock, then synth', 0);
    expect(existsSync(join(walk.folder, 'dist/nodes/store.server.box/apply.sh'))).toBe(true);
    expect((await walk.run('edgecdk export store-0412')).code).toBe(0);
    const box = walk.room.machine(BOX);
    putIn(box, join(walk.folder, 'kits/store-0412'));
    for (const name of ['k3s-token', 'k3s-agent-token']) put(join(box.root, 'etc/edgecdk/secrets', name), 'a-token\n');
    await walk.step('Media and seeds', 0, { on: box });
    expect(await walk.room.unit(box)).toContain('done: store-0412-box-1, server');

    const mirror = "registries: { 'docker.io': { endpoints: ['https://mirror.example'] } }";
    edit(walk.folder, 'fleet.ts', '.9`),\n', `.9\`),\n      ${mirror},\n`);
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain(
      lineOf('nodes.md', '/etc/rancher/k3s/registries.yaml'),
    );
    edit(walk.folder, 'superstores.csv', 'Europe/Lisbon', 'Europe/Madrid');
    expect((await walk.run('edgecdk synth --no-type-check')).text).toMatch(
      /^4 machines that may run already: name, address, time or mirror/m,
    );
    await walk.step('Day 2', 0);

    const moves = /`(version: \{.*?\})`/.exec(readDoc('nodes.md'))?.[1] ?? 'no version that moves';
    edit(walk.folder, 'fleet.ts', `version: '${VERSION}'`, moves);
    expect((await walk.run('edgecdk synth --no-type-check')).code).toBe(0);
    const plans = readFileSync(join(walk.folder, 'dist/sites/8/store-0412/manifests/edgecdk-upgrade.yaml'), 'utf8');
    expect(plans).toMatch(/kind: "?Plan"?/);
    const after = /Write `(version: '.*?')`, run/.exec(readDoc('nodes.md'))?.[1] ?? 'no version that is reached';
    edit(walk.folder, 'fleet.ts', moves, after);
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain('is locked; run `edgecdk lock`');
    walk.end();
  },
  minutes,
);
