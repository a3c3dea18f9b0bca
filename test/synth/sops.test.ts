import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FleetProps, ManifestWorkload, SecretRef, SecretStore, SynthError } from 'edgecdk';
import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../lib/model/kube-object';
import { courier } from '../support/courier/courier';
import { decryptingCourier } from '../support/decrypting-courier';
import { PEOPLE_KEY, SITES_KEY, sealed, sealedText, sopsBlock } from '../support/sealed-secret';
import { addContainer, smallFleet } from '../support/small-fleet';
import { filesOf, withFiles } from '../support/with-files';

const annotations = { 'courier.example/leave': 'as-it-is' };
const metadata = { name: 'pos-db', namespace: 'shop', annotations };
const age = [SITES_KEY, PEOPLE_KEY];

const file = 'sops/pos/db.yaml';
const good = sealedText('pos-db', 'shop', ['password'], { metadata });

interface Program {
  readonly files?: Readonly<Record<string, string>>;
  readonly fleet?: FleetProps;
  readonly store?: SecretStore;
  readonly manifest?: string;
}

function program(root: string, { fleet, store, manifest }: Program) {
  const props: FleetProps = {
    root,
    delivery: decryptingCourier('north', annotations),
    secrets: store ?? SecretStore.sops({ age }),
    ...fleet,
  };
  const small = smallFleet(undefined, props);
  addContainer(small, 'pos', { namespace: 'shop', env: { PASSWORD: SecretRef.of('db', 'password') } });
  if (manifest !== undefined)
    new ManifestWorkload(small.fleet, 'extra', { files: [manifest], placement: small.placement });
  return small.fleet;
}

function synthesized(described: Program = {}): Readonly<Record<string, string>> {
  return withFiles({ [file]: good, ...described.files }, (root) => {
    const outDir = join(root, 'dist');
    program(root, described).synth({ outDir });
    return filesOf(outDir);
  });
}

/** Texts of all that is wrong, of which nothing may be written. */
function refused(described: Program, files: Readonly<Record<string, string>> = { [file]: good }): string {
  return withFiles({ ...files, ...described.files }, (root) => {
    const outDir = join(root, 'dist');
    try {
      program(root, described).synth({ outDir });
    } catch (e) {
      if (!(e instanceof SynthError)) throw e;
      expect(existsSync(outDir)).toBe(false);
      return e.message;
    }
    throw new Error('was not refused');
  });
}

function objectsOf(text = ''): KubeObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
}

describe('a Secret that the team encrypted', () => {
  const transform = (object: KubeObject) => ({
    ...object,
    metadata: { ...object.metadata, labels: { changed: 'yes' } },
  });
  const files = synthesized({ fleet: { transform } });
  const objects = objectsOf(files['workloads/pos/default/all.yaml']);

  test('goes on as it is, in the order of its fields, without a label and past every transform', () => {
    const secret = objects.find(({ kind }) => kind === 'Secret');
    expect(JSON.stringify(secret)).toBe(JSON.stringify(parse(good)));
  });

  test('is where the pods look for it', () => {
    const text = JSON.stringify(objects.find(({ kind }) => kind === 'Deployment'));
    expect(text).toContain('"secretKeyRef":{"name":"pos-db","key":"password"}');
  });

  test('comes with what SOPS needs to change who can decrypt', () => {
    expect(parse(files['delivery/sops/.sops.yaml'] ?? '')).toEqual({
      creation_rules: [
        { path_regex: '(^|/)sops/[^/]+/[^/]+\\.yaml$', encrypted_regex: '^(data|stringData)$', age: age.join(',') },
      ],
    });
  });
});

test('a file that is not there is told with what to write and to run, and that is taken', () => {
  const message = refused({}, {});
  expect(message).toMatch(/^\[small\/pos\] names the file sops\/pos\/db.yaml, which cannot be read \(ENOENT\)/m);
  const lines = message.split('\n');
  const from = lines.findIndex((line) => line.includes('apiVersion:'));
  const to = lines.findIndex((line) => line.includes('and encrypt it'));
  const written = parse(lines.slice(from, to).join('\n')) as KubeObject;
  expect(written).toMatchObject({ kind: 'Secret', metadata, stringData: { password: '' } });
  expect(lines.slice(to).join('\n')).toContain(
    `sops encrypt --age ${age.join(',')} --encrypted-regex '^(data|stringData)$'`,
  );
  const encrypted = JSON.stringify({ ...written, stringData: { password: sealed() }, sops: sopsBlock() });
  expect(Object.keys(synthesized({ files: { [file]: encrypted } }))).toContain('workloads/pos/default/all.yaml');
});

test.each<[string, Program, RegExp]>([
  [
    'in clear',
    { files: { [file]: sealedText('pos-db', 'shop', ['password'], { metadata, sops: undefined }) } },
    /in clear/,
  ],
  ['no YAML', { files: { [file]: 'a: [' } }, /sops\/pos\/db.yaml, which is no YAML/],
  [
    'without what the engine asks for',
    { files: { [file]: sealedText('pos-db', 'shop', ['password']) } },
    /lacks the annotation/,
  ],
  [
    'for an engine that does not decrypt',
    { fleet: { delivery: courier('north') } },
    /Courier decrypts nothing; take a delivery/,
  ],
  ['for no engine', { fleet: { delivery: undefined } }, /local delivery decrypts nothing/],
  ['in a folder of nowhere', { fleet: { root: undefined } }, /relative folder sops, but the fleet has no root/],
  ['for nobody', { store: SecretStore.sops({ age: [] }) }, /nobody can decrypt/],
  ['for one more', { store: SecretStore.sops({ age: [...age, `age1${'z'.repeat(58)}`] }) }, /age1z+ cannot decrypt/],
])('a secret %s is refused', (_what, described, message) => {
  expect(refused(described)).toMatch(message);
});

test('a private key where a public one belongs is refused, and not repeated', () => {
  const key = `AGE-SECRET-${'KEY'}-1${'Q'.repeat(58)}`;
  const message = refused({ store: SecretStore.sops({ age: [SITES_KEY, key] }) });
  expect(message).toMatch(/1 of 2 keys that are no public keys.*age-keygen -y/);
  expect(message).not.toContain(key);
});

test('one who is named no more is warned of', () => {
  const result = withFiles({ [file]: good }, (root) =>
    program(root, { store: SecretStore.sops({ age: [SITES_KEY] }) }).synth({ outDir: join(root, 'dist') }),
  );
  expect(result.warnings.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(
      /age1people0+ can decrypt too.*sops rotate --in-place --rm-age age1people0+ sops\/pos\/db.yaml/,
    ),
  );
});

test('an encrypted Secret of a manifest goes on as it is, if it has a namespace', () => {
  const manifest = sealedText('own', 'shop', ['a'], { metadata: { ...metadata, name: 'own' } });
  const files = synthesized({ manifest: 'own.yaml', files: { 'own.yaml': manifest } });
  expect(objectsOf(files['workloads/extra/default/all.yaml'])).toEqual([parse(manifest)]);
  const bare = sealedText('own', 'shop', ['a'], { metadata: { name: 'own', annotations } });
  expect(refused({ manifest: 'own.yaml', files: { 'own.yaml': bare } })).toMatch(/Secret own, which has no namespace/);
});
