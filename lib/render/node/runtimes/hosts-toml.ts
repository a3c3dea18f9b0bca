import { RUNTIMES } from '../../../catalog/runtimes';
import { sorted } from '../../../model/digest';
import type { RegistryMirror } from '../../../model/node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import type { Mirrors } from './mirror-input';

/** It is read anew for each pull: a change asks for nothing. @see containerd documentation, docs/hosts.md */
export function certsFolder({ registries, onlyMirrors }: Mirrors): NodeFile[] {
  return sorted(registries, ({ registry }) => registry).map((mirror) =>
    nodeFile(hostsFile(mirror), 'live', `${WRITTEN_BY}${hostsToml(mirror, { onlyMirrors })}`),
  );
}

/** Where the mirrors of a registry stand. */
export function hostsFile({ registry }: Pick<RegistryMirror, 'registry'>): string {
  return `${RUNTIMES.containerd.mirrors.path}/${folderOf(registry)}/hosts.toml`;
}

/** containerd writes the colon before a port with two underscores around it. @see containerd source, core/remotes/docker/config/hosts.go */
function folderOf(registry: string): string {
  return registry === '*' ? '_default' : registry.replace(/:(\d+)$/, '_$1_');
}

export interface HostsTomlOptions {
  readonly onlyMirrors?: boolean;
  /** Value of the header `Authorization` for all endpoints. @default - none */
  readonly authorization?: string;
}

/** `server` is asked where no host has the image: with the mirrors alone, the last of these stands for it. */
export function hostsToml(mirror: RegistryMirror, { onlyMirrors, authorization }: HostsTomlOptions): string {
  const { registry, endpoints, caFile } = mirror;
  const server = onlyMirrors === true ? endpoints.at(-1) : serverOf(registry);
  const hosts = endpoints.map((endpoint) => {
    // Without it, containerd adds /v2 behind a path that has its own.
    const hasPath = /^https?:\/\/[^/]+\/(?!(v2)?\/?$)./.test(endpoint);
    const lines = [
      `[host.${tomlText(endpoint)}]`,
      '  capabilities = ["pull", "resolve"]',
      ...(hasPath ? ['  override_path = true'] : []),
      ...(caFile === undefined ? [] : [`  ca = ${tomlText(caFile)}`]),
      ...(authorization === undefined
        ? []
        : [`[host.${tomlText(endpoint)}.header]`, `  authorization = ${tomlText(authorization)}`]),
    ];
    return `${lines.join('\n')}\n`;
  });
  return [...(server === undefined ? [] : [`server = ${tomlText(server)}\n`]), ...hosts].join('\n');
}

/** Docker Hub is known to containerd by another name than to images, and all registries by none. */
function serverOf(registry: string): string | undefined {
  if (registry === '*') return undefined;
  return `https://${registry === 'docker.io' ? 'registry-1.docker.io' : registry}`;
}

/** A basic string of TOML. JSON's is one, but for DEL. */
export function tomlText(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
