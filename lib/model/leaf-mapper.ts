import { type LeafMapperModel, loginPath } from './leaf-model';
import type { ContainerWorkloadModel } from './workload-model';

const CONFIG_FILE = '/etc/edgecdk/mapper/config.yaml';

/**
 * A mapper as the container that it is: so it has the placement, capacity, platforms and secrets of every workload. `folder`: where edgecore's socket is.
 */
export function mapperWorkload(
  mapper: LeafMapperModel,
  folder: string,
): ContainerWorkloadModel & { readonly mapper: LeafMapperModel } {
  const { content } = mapper;
  return {
    kind: 'container',
    path: mapper.path,
    id: mapper.id,
    owner: mapper.owner,
    namespace: mapper.namespace,
    placement: mapper.placement,
    variants: [],
    mapper,
    content: {
      ...content,
      args: content.args ?? ['--config-file', CONFIG_FILE, '--v', '1'],
      files: {
        [CONFIG_FILE]: mapperConfig(mapper, folder),
        ...Object.fromEntries(mapper.logins.map((login) => [loginPath(login), login])),
      },
      // The same path inside and outside: edgecore dials the socket by the path that the mapper names.
      mounts: { ...content.mounts, [folder]: { kind: 'host-path', path: folder } },
      // edgecore's socket is root's.
      security: { ...content.security, allowRoot: true, runAsUser: 0 },
    },
  };
}

/** Socket on which a mapper waits for edgecore: one for each, since the later of two would take the earlier one's. */
function mapperSocket({ id }: Pick<LeafMapperModel, 'id'>, folder: string): string {
  return `${folder}/${id}.sock`;
}

/** The mapper framework's own file. Texts are in quotes, or `1.10` and a port would be numbers. */
function mapperConfig(mapper: LeafMapperModel, folder: string): string {
  const section = (name: string, members: Readonly<Record<string, string>>) =>
    `${name}:\n${Object.entries(members)
      .map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`)
      .join('')}`;
  return (
    section('grpc_server', { socket_path: mapperSocket(mapper, folder) }) +
    section('common', {
      name: mapper.id,
      version: mapper.version,
      api_version: 'v1.0.0',
      protocol: mapper.protocol,
      address: '127.0.0.1',
      edgecore_sock: `${folder}/dmi.sock`,
      http_port: String(mapper.port),
    })
  );
}
