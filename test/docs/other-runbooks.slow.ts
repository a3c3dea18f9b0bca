import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodesFolder } from '../../lib/model/folders';
import { put } from '../lib/render/node/script/scratch-node';
import { cniPluginsFiles, kubeEdgeFiles, type Loopback, loopback, serving } from '../support/loopback';
import { selfSigned } from '../support/self-signed';
import { edit } from './grocer-desk';
import { Walk } from './walk';

let releases: Loopback;
beforeAll(async () => {
  releases = await loopback(serving({ ...kubeEdgeFiles('v1.23.1', 'arm64'), ...cniPluginsFiles('v1.9.1', 'arm64') }));
});
afterAll(() => releases.close());

const minutes = 180_000;
const DEPOTS = 'runbooks/move-a-channel.md';
const VANS = 'runbooks/open-a-van.md';

/** Depots that run, on MicroK8s from the store. */
async function openDepots(text: string): Promise<Walk> {
  const walk = new Walk(text, releases.url, DEPOTS);
  rmSync(join(walk.folder, 'artifacts.lock.json'));
  expect((await walk.run('edgecdk lock --quiet')).code).toBe(0);
  expect((await walk.run('edgecdk synth --no-type-check')).text).toContain('1 site in 1 cohort');
  return walk;
}

test(
  'a van is opened',
  async () => {
    const walk = new Walk(VANS, releases.url, VANS);
    rmSync(join(walk.folder, 'artifacts.lock.json'));
    const sources = `--source kubeedge=${releases.url} --source cni-plugins=${releases.url}`;
    expect((await walk.run(`edgecdk lock --quiet ${sources}`)).code).toBe(0);
    const cloud = 'The cloud, once';
    await walk.step(cloud, 1);
    await walk.step(cloud, 2, { sees: ['1 site in 1 cohort'] });
    expect(readFileSync(join(walk.folder, 'dist/clusters/cloud/README.md'), 'utf8')).toContain('rollout status');
    await walk.step(cloud, 5);

    const van = 'The van';
    await walk.step(van, 1);
    const readme = readFileSync(join(walk.folder, 'dist', nodesFolder('van-017'), 'README.txt'), 'utf8');
    for (const port of ['10000', '10002', '10004']) expect(readme).toContain(`203.0.113.10:${port}/tcp`);
    const issued = selfSigned('system:node:van-017-gateway-1');
    put(join(walk.folder, 'ca.crt'), issued.certificate);
    await walk.step(van, 2);
    const own = 'secrets/van-017/van-017-gateway-1/kubeedge-certificate';
    put(join(walk.folder, own, 'node.crt'), selfSigned('system:node:van-018-gateway-1').certificate);
    put(join(walk.folder, own, 'node.key'), issued.key);
    expect((await walk.run('edgecdk export van-017 --secrets secrets --strict --dry-run')).text).toContain(
      'is for system:node:van-018-gateway-1; it must be for system:node:van-017-gateway-1',
    );
    put(join(walk.folder, own, 'node.crt'), issued.certificate);
    await walk.step(van, 3, { sees: ['kit for van-017-gateway-1', 'secrets: 1 on it'] });
    expect(existsSync(join(walk.folder, 'kits/van-017/edgecdk/manifests'))).toBe(false);
    await walk.step(van, 4);
    await walk.step(van, 6);
    edit(walk.folder, 'vans.csv', 'planned', 'active');
    await walk.step(van, 7);
    await walk.step(van, 8);

    expect(readFileSync(join(walk.folder, 'dist/secrets.json'), 'utf8')).toContain('"perNode": true');
    expect((await walk.run('edgecdk export --ansible van-017')).text).toContain('1 machine of 1 site');

    const { text } = await walk.run('edgecdk replace van-017 gateway-1 --dry-run');
    expect(text).toContain('mkdir -p secrets/van-017/van-017-gateway-1-g1/kubeedge-certificate');
    walk.end();
  },
  minutes,
);

test(
  'a channel is moved',
  async () => {
    const walk = await openDepots(DEPOTS);
    edit(walk.folder, 'fleet.ts', '1.33/stable', '1.34/stable');
    await walk.step('The move', 2);
    await walk.step('The move', 3, {
      sees: ['moves machines from MicroK8s 1.33/stable to 1.34/stable with their next tree'],
    });
    await walk.step('The move', 4);
    await walk.step('The move', 5);
    const inventory = readFileSync(join(walk.folder, 'ansible/inventory.yaml'), 'utf8');
    for (const n of [1, 2, 3, 4])
      expect(inventory).toMatch(new RegExp(`turn_0${n}:\\n +hosts:\\n +depot-03-box-${n}:`));
    edit(walk.folder, 'fleet.ts', '1.34/stable', '1.32/stable');
    await walk.run('edgecdk lock --quiet');
    expect((await walk.run('edgecdk synth --no-type-check')).text).toContain('MicroK8s does not go back');
    walk.end();
  },
  minutes,
);

test(
  'what is different for depots is as the other runbooks say',
  async () => {
    const open = await openDepots('runbooks/open-a-site.md');
    await open.step('A depot with MicroK8s', 0);
    const { text } = await open.run('edgecdk export depot-03 --secrets secrets --strict --dry-run');
    expect(text).toContain('secrets: 4 on it');
    open.end();

    const replace = await openDepots('runbooks/replace-a-server.md');
    const runbook = await replace.run('edgecdk replace depot-03 box-2 --serial N100-3009');
    expect(runbook.text).toContain('sudo microk8s remove-node depot-03-box-2 --force');
    expect((await replace.run('edgecdk synth --no-type-check')).text).toContain('edgecdk export --ansible');
    await replace.step('A server of MicroK8s', 0);
    replace.end();

    const rotate = await openDepots('runbooks/rotate-a-token.md');
    await rotate.run('mkdir -p secrets/depot-03');
    await rotate.step('Other distributions', 0);
    expect(readFileSync(join(rotate.folder, 'secrets/depot-03/microk8s-token'), 'utf8')).toMatch(/^[0-9a-f]{32}\n$/);
    rotate.end();
  },
  minutes,
);
