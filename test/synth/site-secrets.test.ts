import { join } from 'node:path';
import { type RemoteSecret, SecretRef, SecretStore, SynthError } from 'edgecdk';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../lib/model/kube-object';
import { folderOf } from '../support/change-fleet';
import { addContainer, smallFleet } from '../support/small-fleet';
import { filesOf, withFiles } from '../support/with-files';

function synthesized(key?: (secret: RemoteSecret) => string): Readonly<Record<string, string>> {
  const small = smallFleet(undefined, {
    secrets: SecretStore.externalSecrets({ store: 'vault', ...(key && { key }) }),
  });
  addContainer(small, 'pos', { env: { PASSWORD: SecretRef.of('db', 'password') } });
  return withFiles({}, (root) => {
    small.fleet.synth({ outDir: join(root, 'dist') });
    return filesOf(join(root, 'dist'));
  });
}

interface ExternalSecretSpec {
  readonly data: readonly { readonly remoteRef: object }[];
}

function remoteKey(files: Readonly<Record<string, string>>, site: string): unknown {
  const objects = parseAllDocuments(files[`${folderOf(site)}/manifests/pos.yaml`] ?? '').map(
    (d) => d.toJS() as KubeObject,
  );
  const specs = objects.flatMap(({ kind, spec }) => (kind === 'ExternalSecret' ? [spec as ExternalSecretSpec] : []));
  return specs.flatMap(({ data }) => data.map(({ remoteRef }) => remoteRef));
}

test('a secret has one key in the store for all sites, where nothing else is said', () => {
  const files = synthesized();
  for (const site of ['store-1', 'store-2'])
    expect(remoteKey(files, site)).toEqual([{ key: 'db', property: 'password' }]);
});

test('each site has its own where the key has its name', () => {
  const files = synthesized(({ site, workload, secret }) => `sites/${site.name}/${workload}/${secret}`);
  for (const site of ['store-1', 'store-2'])
    expect(remoteKey(files, site)).toEqual([{ key: `sites/${site}/pos/db`, property: 'password' }]);
});

test('a key that changes the name of the site is refused', () => {
  expect(() => synthesized(({ site }) => site.name.toUpperCase())).toThrow(SynthError);
  expect(() => synthesized(({ site }) => site.name.slice(0, 5))).toThrow(/site value/);
});
