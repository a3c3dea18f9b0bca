import type { HostDeviceAttachment, LeafProtocolModel } from '../../../../../lib/model/leaf-model';
import { contentOf, ofKind, podSpec } from '../container/fixtures';
import { render } from './fixtures';

const attachment: HostDeviceAttachment = {
  kind: 'host-device',
  broker: contentOf({ image: 'ghcr.io/acme/broker:1.0.0' }),
};
const rtu: LeafProtocolModel = {
  kind: 'modbus-rtu',
  device: '/dev/ttyUSB0',
  baud: 9600,
  unit: 1,
  dataBits: 8,
  stopBits: 1,
  parity: 'none',
};

function broker(more: Partial<HostDeviceAttachment> = {}, protocol?: LeafProtocolModel) {
  const leaf = { attachment: { ...attachment, ...more }, ...(protocol && { protocol }) };
  return render({ leaf, distribution: 'k3s' });
}

test('the broker keeps to the node that the device hangs on', () => {
  const terms = podSpec(broker()).affinity;
  expect(terms).toEqual({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'edgecdk.dev/device-class', operator: 'In', values: ['till'] },
              { key: 'kubernetes.io/hostname', operator: 'In', values: ['line-1-till-1'] },
            ],
          },
        ],
      },
    },
  });
});

test('the broker is one Deployment that bears the device id and has its description', () => {
  const objects = broker();
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'ConfigMap floor/press-1',
    'Deployment floor/press-1',
  ]);
  const [files] = ofKind(objects, 'ConfigMap');
  expect(Object.keys(files?.data as object)).toEqual(['etc_edgecdk_leaf_device.json']);
});

test.each<[string, Partial<HostDeviceAttachment>, LeafProtocolModel | undefined, string[]]>([
  ['a serial device', {}, rtu, ['/dev/ttyUSB0']],
  ['a device that is named', { device: '/dev/video0' }, undefined, ['/dev/video0']],
  ['a device on the network', {}, undefined, []],
])('the broker of %s opens %j', (_what, more, protocol, devices) => {
  const pod = podSpec(broker(more, protocol));
  const volumes = (pod.volumes ?? []) as { readonly hostPath?: { readonly path: string; readonly type: string } }[];
  const opened = volumes.flatMap(({ hostPath }) => (hostPath?.type === 'CharDevice' ? [hostPath.path] : []));
  expect(opened).toEqual(devices);
  expect(pod.containers[0].securityContext).toMatchObject(
    devices.length > 0 ? { privileged: true } : { allowPrivilegeEscalation: false },
  );
});
