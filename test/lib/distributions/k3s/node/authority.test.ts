import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITY_FILES } from '../../../../../lib/distributions/k3s/node/authority';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import { below } from '../../../../../lib/render/node/folder';
import { SINGLE } from '../../../render/node/sample-input';
import { present, read, run, scriptMachines } from '../../../render/node/script-machine';

const { machine } = scriptMachines();

const input: K3sNodeInput = { ...SINGLE, secrets: { certificateAuthority: 'own-ca' } };
const server = k3sServerTree(input);
const script = server.files.find(({ path }) => path.endsWith('before-k3s.sh'))?.text ?? '';
const own = Object.fromEntries(AUTHORITY_FILES.map((name) => [name, `own ${name}\n`]));
const secrets = below('etc/edgecdk/secrets/own-ca', own);
const TLS = 'var/lib/rancher/k3s/server/tls';

test('a server needs each file of it, says so, and cannot come to have it later; an agent has nothing of it', () => {
  expect(server.settings).toContain(`SECRETS=${AUTHORITY_FILES.map((name) => `own-ca/${name}`).join(' ')}\n`);
  expect(server.secrets).toMatchObject([{ name: 'own-ca', form: 'folder', keys: AUTHORITY_FILES }]);
  expect(server.files.find(({ path }) => path === '/etc/edgecdk/certificate-authority')).toMatchObject({
    effect: 'reprovision',
    secrets: ['own-ca'],
  });
  const agent = k3sAgentTree(input);
  expect(agent.files.filter(({ text }) => text.includes('own-ca'))).toEqual([]);
  expect(
    k3sServerTree(SINGLE).files.filter(({ path, text }) => /authority/.test(path) || text.includes('server-ca')),
  ).toEqual([]);
});

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const here = present(shell.split(' ')[0] ?? '') ? test : test.skip;

  here('a server that begins a cluster has them before K3s, for root alone', () => {
    const root = machine(secrets);
    expect(run(root, script, shell)).toEqual({ code: 0, log: '' });
    for (const name of AUTHORITY_FILES) {
      expect(read(root, `${TLS}/${name}`)).toBe(`own ${name}\n`);
      expect(statSync(join(root, TLS, name)).mode & 0o777).toBe(0o600);
    }
    const found = readdirSync(join(root, TLS), { recursive: true, encoding: 'utf8' }).sort();
    expect(found).toEqual([...AUTHORITY_FILES, 'etcd'].sort());
    expect(statSync(join(root, 'var/lib/rancher/k3s')).mode & 0o777).toBe(0o755);
    expect(statSync(join(root, TLS)).mode & 0o777).toBe(0o700);
  });

  here('what was cut short is begun again', () => {
    const root = machine({ ...secrets, [`${TLS}/client-ca.key`]: 'half', [`${TLS}/client-ca.crt.part`]: 'ha' });
    expect(run(root, script, shell).code).toBe(0);
    expect(read(root, `${TLS}/client-ca.key`)).toBe('own client-ca.key\n');
    expect(existsSync(join(root, TLS, 'client-ca.crt.part'))).toBe(false);
  });

  here.each<[string, Readonly<Record<string, string>>]>([
    ['has some', { [`${TLS}/server-ca.crt`]: 'of K3s\n' }],
    ['has a database', { 'var/lib/rancher/k3s/server/db/state.db': '' }],
    ['has etcd', { 'var/lib/rancher/k3s/server/db/etcd/member/wal/0': '' }],
    ['joins', { 'etc/rancher/k3s/config.yaml.d/60-join.yaml': 'server: x\n' }],
    ['is being restored', { 'var/lib/edgecdk/restore': 'copy\n' }],
  ])('a server that %s gets none', (_, files) => {
    const root = machine({ ...secrets, ...files });
    expect(run(root, script, shell).code).toBe(0);
    expect(existsSync(join(root, TLS, 'client-ca.key'))).toBe(false);
    if (files[`${TLS}/server-ca.crt`]) expect(read(root, `${TLS}/server-ca.crt`)).toBe('of K3s\n');
  });

  here('K3s does not begin a cluster with half of them', () => {
    const { 'etc/edgecdk/secrets/own-ca/service.key': _, ...some } = secrets;
    const root = machine(some);
    const { code, log } = run(root, script, shell);
    expect([code, log]).toEqual([1, expect.stringContaining('own-ca/service.key is not there')]);
    expect(existsSync(join(root, TLS, 'server-ca.crt'))).toBe(false);
  });
});
