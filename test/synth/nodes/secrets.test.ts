import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ContainerWorkload,
  Cpu,
  Duration,
  NodeSecrets,
  Placement,
  SecretRef,
  SecretStore,
  Size,
  SynthError,
} from 'edgecdk';
import { shardOf } from '../../../lib/model/digest';
import { type NodeFleet, nodeFleet, withLock } from '../../support/node-fleet';
import { refused } from '../../support/refused-fleet';
import { filesOf } from '../../support/with-files';

type Env = Readonly<Record<string, SecretRef>>;

/** A workload at all shops that reads a key of a secret of this name. */
function withSecret(
  secret: string,
  store = SecretStore.nodeFiles(),
  env: Env | (() => Env) = { PASSWORD: SecretRef.of(secret, 'password') },
): NodeFleet {
  return {
    fleet: { secrets: store },
    more: ({ fleet, shop }) =>
      new ContainerWorkload(fleet, 'pos', {
        image: 'ghcr.io/shops/pos:1.0.0',
        platforms: ['linux/amd64', 'linux/arm64'],
        resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
        env,
        placement: Placement.on(shop),
      }),
  };
}

function synthesized(described: NodeFleet): Record<string, string> {
  return withLock((root) => {
    nodeFleet(root, described).synth({ outDir: join(root, 'dist') });
    return filesOf(join(root, 'dist'));
  });
}

const SERVER = 'nodes/shop.server.box';
const AGENT = 'nodes/shop.agent.till';

test('a secret of a workload may not have the name of one of the machine, for one is a folder and the other a file', () => {
  expect(refused(withSecret('k3s-token'))).toMatch(
    /^\[shops\/shop\] has machines with the secret k3s-token, and its workloads have one of that name.*give them different names, or another folder/m,
  );
  expect(synthesized(withSecret('pos-db'))).toHaveProperty(['secrets.json']);
  expect(synthesized(withSecret('k3s-token', SecretStore.nodeFiles('/srv/secrets')))).toHaveProperty(['secrets.json']);
});

test('variables that throw are told of like all else, though it cannot be said which secrets they name', () => {
  const env = (): Env => {
    throw new Error('no such lane');
  };
  expect(refused(withSecret('pos-db', SecretStore.nodeFiles(), env))).toMatch(/^\[shops\/pos\] .*no such lane/m);
});

test('servers alone name the secrets of workloads, as far as they lie where media bring them', () => {
  const named = (files: Record<string, string>, tree: string) =>
    JSON.parse(files[`${tree}/node.json`] ?? '').workloadSecrets;
  const files = synthesized(withSecret('pos-db'));
  expect(named(files, SERVER)).toEqual([
    { name: 'pos-db', form: 'folder', keys: ['password'], purpose: 'pos reads it' },
  ]);
  expect(named(files, AGENT)).toBeUndefined();
  // K3s does not wait for them.
  expect(files[`${SERVER}/settings`]).toMatch(/^SECRETS=k3s-agent-token k3s-token$/m);
  expect(named(synthesized(withSecret('pos-db', SecretStore.nodeFiles('/srv/secrets'))), SERVER)).toEqual([]);
});

test.each<[string, NodeFleet, RegExp]>([
  ['a medium', {}, /must be in \/etc\/edgecdk\/secrets of the machine, or in its own folder on the medium/],
  ['a command', { cluster: { secrets: NodeSecrets.command(['/bin/fetch']) } }, /gets these by a command of its image/],
  ['credentials', { cluster: { secrets: NodeSecrets.systemdCredentials() } }, /has these as credentials of systemd/],
])('the sheet says that secrets come by %s', (_, described, says) => {
  const files = synthesized(described);
  expect(files[`sites/${shardOf('shop-1')}/shop-1/nodes/README.txt`]).toMatch(says);
});

test('a command is called with the name of a secret, and ended in time, on servers and agents', () => {
  const timeout = Duration.minutes(2);
  const files = synthesized({
    cluster: { secrets: NodeSecrets.command(['/bin/fetch', '--key=shops/{name}'], { timeout }) },
  });
  for (const tree of [SERVER, AGENT])
    expect(files[`${tree}/files/etc/edgecdk/scripts/get-secret.sh`]).toContain(
      `give() { timeout -s KILL 120 '/bin/fetch' '--key=shops/'"$name"; }\n`,
    );
});

test.each<[string, NodeFleet['cluster'], RegExp]>([
  [
    'that differs from site to site',
    ({ site }) => ({ secrets: NodeSecrets.command(['/bin/fetch', site.name]) }),
    /^\[shops\/shop\] has a site value in secretsFrom\.argv\.1 of its cluster; that must be equal at all sites$/m,
  ],
  [
    'that is looked for',
    { secrets: NodeSecrets.command(['fetch']) },
    /^\[shops\/shop\] cannot set up its machines: the command for secrets must be an absolute path/m,
  ],
])('a command %s is refused', (_, cluster, message) => {
  expect(refused({ cluster })).toMatch(message);
});

test('authorities of its own are the servers’ alone, and none comes to a cluster that lives', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    const own: NodeFleet = { cluster: { certificateAuthority: { secret: 'own-ca' } } };
    nodeFleet(root, own).synth({ outDir });
    expect(readFileSync(join(outDir, SERVER, 'settings'), 'utf8')).toContain('own-ca/server-ca.key');
    expect(readFileSync(join(outDir, AGENT, 'settings'), 'utf8')).not.toContain('own-ca');
    expect(readFileSync(join(outDir, 'secrets.json'), 'utf8')).toContain('"own-ca"');
    const away = () => nodeFleet(root).synth({ outDir });
    expect(away).toThrow(SynthError);
    expect(away).toThrow(/changes \/etc\/edgecdk\/certificate-authority, which holds what cannot be changed/);
    // Another name of the secret is none.
    nodeFleet(root, { cluster: { certificateAuthority: { secret: 'other-name' } } }).synth({ outDir });
  });
});
