import type { ContainerContent, StorageModel } from '../../../../../lib/model/workload-model';
import { ofKind, podSpec, render, runs, security } from './fixtures';

const claim: StorageModel = { kind: 'claim', sizeKiB: 4 * 1024 * 1024 };

function volumesOf(content: Partial<ContainerContent>) {
  const objects = render({ security: { ...security, writableRoot: true }, ...content });
  const { volumes, containers } = podSpec(objects);
  return { objects, volumes, volumeMounts: containers[0].volumeMounts };
}

test('a claim is an object of its own, named after workload and path', () => {
  const { objects, volumes, volumeMounts } = volumesOf({ mounts: { '/var/lib/pos': claim } });
  expect(ofKind(objects, 'PersistentVolumeClaim')).toEqual([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'pos-var-lib-pos', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'pos' } },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '4Gi' } } },
    },
  ]);
  expect(volumes).toEqual([{ name: 'var-lib-pos', persistentVolumeClaim: { claimName: 'pos-var-lib-pos' } }]);
  expect(volumeMounts).toEqual([{ name: 'var-lib-pos', mountPath: '/var/lib/pos' }]);
});

test('the name of a claim does not depend on what else is mounted', () => {
  const alone = ofKind(render({ mounts: { '/data': claim } }), 'PersistentVolumeClaim');
  const among = ofKind(render({ mounts: { '/a': claim, '/data': claim } }), 'PersistentVolumeClaim');
  expect(among.map((o) => o.metadata.name)).toEqual(['pos-a', 'pos-data']);
  expect(among[1]).toEqual(alone[0]);
});

test('scratch is an empty folder of limited size, and a host path is made if it is absent', () => {
  const scratch: StorageModel = { kind: 'scratch', sizeKiB: 200 * 1024 };
  const { volumes, volumeMounts } = volumesOf({
    mounts: { '/cache': scratch, '/media': { kind: 'host-path', path: '/srv/media' } },
  });
  expect(volumes).toEqual([
    { name: 'scratch-cache', emptyDir: { sizeLimit: '200Mi' } },
    { name: 'host-media', hostPath: { path: '/srv/media', type: 'DirectoryOrCreate' } },
  ]);
  expect(volumeMounts).toEqual([
    { name: 'scratch-cache', mountPath: '/cache' },
    { name: 'host-media', mountPath: '/media' },
  ]);
});

test('a device stands at its own path', () => {
  const { volumes, volumeMounts } = volumesOf({ devices: ['/dev/ttyUSB0'] });
  expect(volumes).toEqual([{ name: 'device-dev-ttyusb0', hostPath: { path: '/dev/ttyUSB0', type: 'CharDevice' } }]);
  expect(volumeMounts).toEqual([{ name: 'device-dev-ttyusb0', mountPath: '/dev/ttyUSB0' }]);
});

test('a mount at /tmp takes the place of the default one', () => {
  const { volumes } = podSpec(render({ mounts: { '/tmp': { kind: 'scratch', sizeKiB: 1024 * 1024 } } }));
  expect(volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '1Gi' } }]);
});

test('a claim on every node is refused with what to do', () => {
  expect(() => render({ run: runs.everyNode, mounts: { '/data': claim } })).toThrow(
    /at \/data and runs on every node.*Storage\.hostPath/,
  );
});

test('a claim of several replicas is refused with what to do', () => {
  expect(() => render({ run: runs.replicas(3), mounts: { '/data': claim } })).toThrow(
    /in 3 replicas.*Run\.stateful\(3\)/,
  );
  expect(() => render({ run: runs.replicas(0), mounts: { '/data': claim } })).not.toThrow();
});

test.each([[runs.once], [runs.schedule]])('a job may have a claim: %j', (run) => {
  expect(ofKind(render({ run, mounts: { '/data': claim } }), 'PersistentVolumeClaim')).toHaveLength(1);
});
