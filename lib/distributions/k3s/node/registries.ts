import { sorted } from '../../../model/digest';
import type { K3sClusterInput, K3sNodeInput } from '../../../model/k3s-node-input';
import type { RegistryMirror } from '../../../model/node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { siteMirrorPaths } from '../../../render/node/runtimes/mirrors';
import { yamlText } from '../../../render/node/yaml-text';
import { hasOwnContainerd, runtimeOf } from './runtime';

/**
 * What K3s reads where registries ask for credentials: written before each start of K3s to memory, root's alone. K3s takes credentials from no other
 * place than this one file, and a node tree holds none.
 */
export const COMPOSED_REGISTRIES = '/run/edgecdk/registries.yaml';

const REGISTRIES_FILE = '/etc/rancher/k3s/registries.yaml';

/** Stands where the credentials of a secret come; the script that composes the file looks for it. */
export const CREDENTIALS_MARK = '@edgecdk-credentials@';

export function hasRegistryCredentials({ registries }: Pick<K3sClusterInput, 'registries'>): boolean {
  return registries.some(({ credentials }) => credentials !== undefined);
}

export function credentialNames({ registries }: Pick<K3sClusterInput, 'registries'>): string[] {
  return [...new Set(registries.flatMap(({ credentials }) => credentials ?? []))].sort();
}

/** As much of a cluster as its mirrors depend on. */
export type K3sMirrors = Pick<K3sClusterInput, 'registries' | 'onlyMirrors' | 'embeddedRegistry'>;

/** K3s reads one `registries.yaml` and no folder: with an address that is a site's, all of it is part of identities. */
function isInIdentity({ registries }: K3sMirrors): boolean {
  return registries.some(({ perSite }) => perSite);
}

/** Paths of files with mirrors that a tree leaves to identities. */
export function identityPaths(input: K3sNodeInput): string[] {
  if (!hasOwnContainerd(input)) return siteMirrorPaths(runtimeOf(input), input.cluster);
  return isInIdentity(input.cluster) ? [REGISTRIES_FILE] : [];
}

/**
 * `registries.yaml`, for K3s's own containerd alone. Where there are credentials, it is what the composed file is made from.
 *
 * @see K3s documentation, Private Registry Configuration; names of fields: rancher/wharfie, pkg/registries/types.go
 */
export function registryFiles(input: K3sNodeInput): NodeFile[] {
  return !hasOwnContainerd(input) || isInIdentity(input.cluster) ? [] : registriesFile(input.cluster);
}

/** The same as part of an identity, with the site's own addresses. */
export function ownRegistryFiles(cluster: K3sMirrors, own: readonly RegistryMirror[]): NodeFile[] {
  const registries = cluster.registries.map(
    (mirror) => own.find(({ registry }) => registry === mirror.registry) ?? mirror,
  );
  return registriesFile({ ...cluster, registries });
}

function registriesFile(cluster: K3sMirrors): NodeFile[] {
  const mirrors = mirrorsOf(cluster);
  if (Object.keys(mirrors).length === 0) return [];
  const text = `${WRITTEN_BY}${yamlText({ mirrors, configs: configsOf(cluster.registries) })}`;
  return [nodeFile(REGISTRIES_FILE, 'restart', text, { mode: '0600', secrets: credentialNames(cluster) })];
}

/**
 * A node shares images of the registries that stand here and no others, whether they have addresses or not: without an entry for all, it shares none. With
 * such an entry, though, a node that is kept from registries would be kept from all of them.
 *
 * @see K3s documentation, Embedded Registry Mirror, Enabling Registry Mirroring; Private Registry Configuration, Default Endpoint Fallback
 */
function mirrorsOf({ registries, onlyMirrors, embeddedRegistry }: K3sMirrors): Readonly<Record<string, unknown>> {
  const sharesAll = embeddedRegistry === true && onlyMirrors !== true;
  const all =
    sharesAll && !registries.some(({ registry }) => registry === '*') ? [{ registry: '*', endpoints: [] }] : [];
  return Object.fromEntries(
    sorted([...registries, ...all], ({ registry }) => registry).map(
      ({ registry, endpoints, rewrite }: RegistryMirror) => [
        registry,
        endpoints.length === 0 ? {} : { endpoint: endpoints, rewrite },
      ],
    ),
  );
}

/** By host and port of the endpoint, not by the name of the registry that it stands for. */
function configsOf(registries: readonly RegistryMirror[]): Readonly<Record<string, unknown>> | undefined {
  const entries = registries.flatMap(({ endpoints, credentials, caFile }) =>
    credentials === undefined && caFile === undefined
      ? []
      : endpoints.map((endpoint): [string, unknown] => [
          new URL(endpoint).host,
          {
            auth: credentials && { auth: `${CREDENTIALS_MARK}${credentials}` },
            tls: caFile && { ca_file: caFile },
          },
        ]),
  );
  return entries.length === 0 ? undefined : Object.fromEntries(sorted(entries, ([host]) => host));
}
