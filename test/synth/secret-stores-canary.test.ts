import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import {
  ChartWorkload,
  Delivery,
  type FleetProps,
  HelmWorkload,
  ManifestWorkload,
  SecretRef,
  SecretStore,
  SynthError,
} from 'edgecdk';
import { writeFolder } from '../lib/export/make-assembly';
import { CANARY, canaries, filesWithCanaries } from '../support/canary';
import { courier } from '../support/courier/courier';
import { decryptingCourier } from '../support/decrypting-courier';
import { PEOPLE_KEY, SITES_KEY, sealedText } from '../support/sealed-secret';
import { addContainer, platforms, smallFleet } from '../support/small-fleet';

const root = mkdtempSync(join(tmpdir(), 'edgecdk-stores-canary-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const clear = (name: string) => sealedText(name, 'shop', [], { stringData: { password: CANARY }, sops: undefined });

/** All that lies about where a team works: keys, what it decrypted to look at, seeds of nodes, settings. */
const places: Readonly<Record<string, string>> = {
  'sops/pos/db.yaml': sealedText('pos-db', 'shop', ['password']),
  'sops/pos/db.dec.yaml': clear('pos-db'),
  'sops/pos/other.yaml': clear('pos-other'),
  'sops/keys.txt': `# ${CANARY}\nAGE-SECRET-${'KEY'}-1${CANARY.toUpperCase()}\n`,
  'secrets/db/password': CANARY,
  'secrets/store-1/k3s-token': CANARY,
  'db/password': CANARY,
  '.env': `DB_PASSWORD=${CANARY}\n`,
  '.sops.yaml': `# ${CANARY}\n`,
  'in-clear/pos/db.yaml': clear('pos-db'),
  'secret.yaml': clear('own'),
  'half.yaml': sealedText('own', 'shop', ['user'], { data: { password: Buffer.from(CANARY).toString('base64') } }),
};
const settings = ['DB_PASSWORD', 'PASSWORD', 'SOPS_AGE_KEY', 'VAULT_TOKEN'];

beforeAll(() => {
  writeFolder(root, places);
  for (const name of settings) process.env[name] = `${CANARY}-${name}`;
});
afterAll(() => {
  for (const name of settings) delete process.env[name];
});

type Small = ReturnType<typeof smallFleet>;

function small(props: FleetProps): Small {
  const made = smallFleet(undefined, { root, ...props });
  addContainer(made, 'pos', {
    namespace: 'shop',
    env: { PASSWORD: SecretRef.of('db', 'password') },
    files: { '/etc/pos/password': SecretRef.of('db', 'password') },
  });
  return made;
}

const sops = (folder?: string) => SecretStore.sops({ age: [SITES_KEY, PEOPLE_KEY], ...(folder && { folder }) });
const vault = SecretStore.externalSecrets({
  store: 'vault',
  key: ({ site, secret }) => `sites/${site.name}/${secret}`,
});

test.each<[string, SecretStore, Delivery]>([
  ['External Secrets, files', vault, Delivery.local()],
  ['External Secrets, pulled', vault, courier('north')],
  ['files on the node', SecretStore.nodeFiles(), Delivery.local()],
  ['files on the node, pulled', SecretStore.nodeFiles(), courier('north')],
  ['SOPS, pulled', sops(), decryptingCourier('north')],
])('with %s no value is in the output, nor in what synth says', (name, secrets, delivery) => {
  const outDir = join(root, `dist ${name}`);
  const result = small({ secrets, delivery }).fleet.synth({ outDir });
  expect(canaries(JSON.stringify(result.warnings))).toEqual([]);
  expect(readdirSync(outDir, { recursive: true }).length).toBeGreaterThan(5);
  expect(filesWithCanaries(outDir)).toEqual([]);
});

test.each<[string, (of: Small) => unknown, FleetProps?]>([
  ['a slot', () => undefined, { secrets: sops('in-clear') }],
  ['a manifest', ({ fleet, placement }) => new ManifestWorkload(fleet, 'own', { files: ['secret.yaml'], placement })],
  [
    'a manifest in part',
    ({ fleet, placement }) => new ManifestWorkload(fleet, 'own', { files: ['half.yaml'], placement }),
  ],
  [
    'a chart',
    ({ fleet, placement }) =>
      new ChartWorkload(fleet, 'own', {
        platforms,
        placement,
        content: (chart) => {
          const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'own' }, stringData: { a: CANARY } };
          new ApiObject(chart, 'secret', secret);
        },
      }),
  ],
  ['a transform', () => undefined, { transform: (o) => (o.kind === 'Deployment' ? withVariable(o) : o) }],
  ['a variable', (of) => addContainer(of, 'own', { env: { DB_PASSWORD: CANARY } })],
  ['a URL', (of) => addContainer(of, 'own', { env: { DB: `postgres://pos:${CANARY}@db.example/pos` } })],
  ['a file', (of) => addContainer(of, 'own', { files: { '/etc/db': `url=amqp://pos:${CANARY}@mq.example\n` } })],
  [
    'values of a Helm chart',
    ({ fleet, placement }) =>
      new HelmWorkload(fleet, 'own', {
        chart: 'a',
        repo: 'https://charts.example',
        version: '1.0.0',
        placement,
        values: { auth: { password: CANARY } },
      }),
  ],
])('a secret in clear in %s is refused, nothing is written, and it is not repeated', (name, add, props = {}) => {
  const outDir = join(root, `refused ${name}`);
  const made = small({ secrets: sops(), delivery: decryptingCourier('north'), ...props });
  add(made);
  let message = '';
  try {
    made.fleet.synth({ outDir });
  } catch (e) {
    if (!(e instanceof SynthError)) throw e;
    ({ message } = e);
  }
  expect(message).toMatch(/secret in clear|edgecdk-literal-secret|edgecdk-secret-in-text/);
  expect(canaries(message)).toEqual([]);
  expect(existsSync(outDir)).toBe(false);
});

function withVariable(object: Parameters<NonNullable<FleetProps['transform']>>[0]) {
  const spec = object.spec as { template: { spec: { containers: { env?: object[] }[] } } };
  const [first, ...others] = spec.template.spec.containers;
  const containers = [{ ...first, env: [...(first?.env ?? []), { name: 'API_TOKEN', value: CANARY }] }, ...others];
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, containers } } } };
}
