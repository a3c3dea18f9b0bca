import { sorted } from '../../../model/digest';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import type { Mirrors } from './mirror-input';

/** Where containerd knows Docker Hub by another name than images do. */
const SERVERS: Readonly<Record<string, string>> = { 'docker.io': 'https://registry-1.docker.io' };

/** It is read anew for each pull: a change asks for nothing. @see containerd documentation, docs/hosts.md */
export function certsFolder({ registries, onlyMirrors }: Mirrors): NodeFile[] {
  return sorted(registries, ({ registry }) => registry).map(({ registry, endpoints, caFile }) => {
    const folder = registry === '*' ? '_default' : registry.replace(':', '_');
    const server = SERVERS[registry] ?? `https://${registry}`;
    const lines = [
      // The last that is asked; a mirror in its place is what keeps a machine from asking the registry itself.
      ...(registry === '*' ? [] : [`server = ${tomlText(onlyMirrors === true ? (endpoints[0] ?? server) : server)}`]),
      ...endpoints.flatMap((endpoint) => [
        '',
        `[host.${tomlText(endpoint)}]`,
        '  capabilities = ["pull", "resolve"]',
        ...(caFile === undefined ? [] : [`  ca = ${tomlText(caFile)}`]),
        // Without it, containerd adds /v2 behind a path that has its own.
        ...(/^https?:\/\/[^/]+\/.+/.test(endpoint) ? ['  override_path = true'] : []),
      ]),
    ];
    return nodeFile(`/etc/containerd/certs.d/${folder}/hosts.toml`, 'live', `${WRITTEN_BY}${lines.join('\n')}\n`);
  });
}

/** A basic string of TOML. JSON's is one, but for DEL. */
export function tomlText(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
