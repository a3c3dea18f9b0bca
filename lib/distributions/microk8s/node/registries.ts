import { sorted } from '../../../model/digest';
import type { RegistryMirror } from '../../../model/k3s-node-input';
import type { MicroK8sClusterInput } from '../../../model/microk8s-node-input';

/** Stands where the credentials of a secret come, up to the next mark; the step that composes the launch configuration looks for it. */
export const CREDENTIALS_MARK = '@edgecdk-credentials@';

type Registries = Pick<MicroK8sClusterInput, 'registries' | 'onlyMirrors'>;

export function credentialNames({ registries }: Registries): string[] {
  return [...new Set(registries.flatMap(({ credentials }) => credentials ?? []))].sort();
}

/**
 * A `hosts.toml` per registry, by the name of its folder.
 *
 * @see containerd documentation, Registry Configuration
 */
export function registryHosts({ registries, onlyMirrors }: Registries): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sorted(registries, ({ registry }) => registry).map((mirror) => [
      mirror.registry === '*' ? '_default' : mirror.registry,
      hostsToml(mirror, onlyMirrors === true),
    ]),
  );
}

/** `server` is asked where no host has the image: with the mirrors alone, the last of these stands for it. */
function hostsToml(mirror: RegistryMirror, onlyMirrors: boolean): string {
  const { registry, endpoints } = mirror;
  const upstream = registry === '*' ? undefined : registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const server = onlyMirrors ? endpoints.at(-1) : upstream && `https://${upstream}`;
  const hosts = endpoints.map((endpoint) => host(endpoint, mirror));
  return [...(server === undefined ? [] : [`server = ${quoted(server)}\n`]), ...hosts].join('\n');
}

function host(endpoint: string, { credentials, caFile }: RegistryMirror): string {
  const hasPath = /^https?:\/\/[^/]+\/(?!(v2)?\/?$)./.test(endpoint);
  const lines = [
    `[host.${quoted(endpoint)}]`,
    '  capabilities = ["pull", "resolve"]',
    // Otherwise containerd would put /v2 behind the path.
    ...(hasPath ? ['  override_path = true'] : []),
    ...(caFile === undefined ? [] : [`  ca = ${quoted(caFile)}`]),
    ...(credentials === undefined
      ? []
      : [`[host.${quoted(endpoint)}.header]`, `  authorization = "Basic ${CREDENTIALS_MARK}${credentials}@"`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A basic string of TOML, which has the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
