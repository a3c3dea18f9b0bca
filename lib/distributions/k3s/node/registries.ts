import { sorted } from '../../../model/digest';
import type { K3sClusterInput, K3sNodeInput } from '../../../model/k3s-node-input';
import type { RegistryMirror } from '../../../model/node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { yamlText } from '../../../render/node/yaml-text';
import { hasOwnContainerd } from './runtime';

/**
 * What K3s reads where registries ask for credentials: written before each start of K3s to memory, root's alone. K3s takes credentials from no other
 * place than this one file, and a node tree holds none.
 */
export const COMPOSED_REGISTRIES = '/run/edgecdk/registries.yaml';

const WITHOUT_CREDENTIALS = '/etc/rancher/k3s/registries.yaml';

/** Stands where the credentials of a secret come; the script that composes the file looks for it. */
export const CREDENTIALS_MARK = '@edgecdk-credentials@';

export function hasRegistryCredentials({ registries }: K3sClusterInput): boolean {
  return registries.some(({ credentials }) => credentials !== undefined);
}

export function credentialNames({ registries }: K3sClusterInput): string[] {
  return [...new Set(registries.flatMap(({ credentials }) => credentials ?? []))].sort();
}

/**
 * `registries.yaml`, for K3s's own containerd alone. Where there are credentials, it is what the composed file is made from.
 *
 * @see K3s documentation, Private Registry Configuration; names of fields: rancher/wharfie, pkg/registries/types.go
 */
export function registryFiles(input: K3sNodeInput): NodeFile[] {
  const { cluster } = input;
  if (!hasOwnContainerd(input) || cluster.registries.length === 0) return [];
  const text = `${WRITTEN_BY}${yamlText({ mirrors: mirrorsOf(cluster.registries), configs: configsOf(cluster.registries) })}`;
  return [nodeFile(WITHOUT_CREDENTIALS, 'restart', text, { mode: '0600', secrets: credentialNames(cluster) })];
}

function mirrorsOf(registries: readonly RegistryMirror[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    sorted(registries, ({ registry }) => registry).map(({ registry, endpoints, rewrite }) => [
      registry,
      { endpoint: endpoints, rewrite },
    ]),
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
