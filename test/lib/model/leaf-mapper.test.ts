import { parse } from 'yaml';
import { DMI_FOLDER } from '../../../lib/catalog/kubeedge-devices';
import type { KubeObject } from '../../../lib/model/kube-object';
import { mapperWorkload } from '../../../lib/model/leaf-mapper';
import type { LeafMapperModel } from '../../../lib/model/leaf-model';
import { renderContainer } from '../../../lib/render/workload/container/container';
import { box, contextOf, ofKind, podSpec, till } from '../render/workload/container/fixtures';
import { mapper } from '../render/workload/leaf/fixtures';

/** Keys of a mapper's own `config.yaml`. Other keys are passed over. @see kubeedge/kubeedge, staging mapper-framework, pkg/config/config.go */
const MAPPER_CONFIG_KEYS = {
  grpc_server: ['socket_path'],
  common: ['name', 'version', 'api_version', 'protocol', 'address', 'edgecore_sock', 'http_port'],
} as const;

function render(more: Partial<LeafMapperModel> = {}): KubeObject[] {
  const workload = mapperWorkload({ ...mapper, ...more }, DMI_FOLDER);
  const secrets = { kind: 'external-secrets', location: 'vault' } as const;
  const context = contextOf({ deviceClasses: [box, till], secrets });
  return JSON.parse(JSON.stringify(renderContainer(workload, workload.content, context)));
}

function config(more: Partial<LeafMapperModel> = {}): Record<string, Record<string, unknown>> {
  const [files] = ofKind(render(more), 'ConfigMap');
  return parse(Object.values(files?.data as Record<string, string>)[0] ?? '');
}

test('a mapper runs on each node of its class, and on no other', () => {
  const objects = render();
  expect(ofKind(objects, 'DaemonSet').map(({ metadata }) => metadata.name)).toEqual(['modbus-mapper']);
  expect(JSON.stringify(podSpec(objects).affinity)).toContain(
    '"key":"edgecdk.dev/device-class","operator":"In","values":["till"]',
  );
});

test('its configuration is texts, in the keys of the mapper framework alone', () => {
  const { grpc_server, common } = config();
  expect(grpc_server).toEqual({ socket_path: '/var/lib/kubeedge/dmi/modbus-mapper.sock' });
  expect(common).toEqual({
    name: 'modbus-mapper',
    version: 'v1.10.0',
    api_version: 'v1.0.0',
    protocol: 'modbus',
    address: '127.0.0.1',
    edgecore_sock: '/var/lib/kubeedge/dmi/dmi.sock',
    http_port: '7777',
  });
  expect(Object.keys(common ?? {})).toEqual([...MAPPER_CONFIG_KEYS.common]);
  expect(config({ version: '1.10' }).common?.version).toBe('1.10');
});

test('it sees the folder of the sockets under the path of the node, and none of the keys of the node', () => {
  const { volumes, containers } = podSpec(render());
  const paths = (volumes as { hostPath?: { path: string } }[]).flatMap(({ hostPath }) =>
    hostPath ? [hostPath.path] : [],
  );
  expect(paths).toEqual([DMI_FOLDER]);
  expect(DMI_FOLDER.startsWith('/etc/kubeedge')).toBe(false);
  expect(containers[0].volumeMounts).toContainEqual(expect.objectContaining({ mountPath: DMI_FOLDER }));
});

test('two mappers have two sockets', () => {
  expect(config({ id: 'a' }).grpc_server).not.toEqual(config({ id: 'b' }).grpc_server);
});

test('it is started with its configuration, unless the program says otherwise', () => {
  const [container] = podSpec(render()).containers;
  expect(container.args).toEqual(['--config-file', '/etc/edgecdk/mapper/config.yaml', '--v', '1']);
  const [own] = podSpec(render({ content: { ...mapper.content, args: ['-c'] } })).containers;
  expect(own.args).toEqual(['-c']);
});

test('it may open the socket of root, and has nothing more of it', () => {
  const { securityContext, containers } = podSpec(render());
  expect(securityContext).toMatchObject({ runAsUser: 0 });
  expect(containers[0].securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
});

test('logins are files of secrets, where devices say they are', () => {
  const objects = render({ logins: [{ secret: 'camera', key: 'password' }] });
  const [container] = podSpec(objects).containers;
  expect(container.volumeMounts).toContainEqual(
    expect.objectContaining({ mountPath: '/etc/edgecdk/logins/camera/password', subPath: 'password' }),
  );
  expect(ofKind(objects, 'ExternalSecret')).toHaveLength(1);
});
