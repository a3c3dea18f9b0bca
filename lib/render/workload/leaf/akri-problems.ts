import { AKRI_HANDLERS, AKRI_UDEV_UNSUPPORTED } from '../../../catalog/akri';
import type { AkriAttachment, AkriDiscoveryModel, LeafProtocolModel } from '../../../model/leaf-model';
import { integerProblem, isKnown } from './number-problems';

/**
 * What Akri looks for: as the user says, or what follows from the protocol. Undefined where nothing does, as from a site value, which cannot be cut out of an
 * address before it is known.
 */
export function discoveryOf(attachment: AkriAttachment, protocol: LeafProtocolModel): AkriDiscoveryModel | undefined {
  if (attachment.discovery) return attachment.discovery;
  switch (protocol.kind) {
    case 'modbus-rtu':
      return isKnown(protocol.device)
        ? { kind: 'udev', rules: [`KERNEL=="${protocol.device.slice(protocol.device.lastIndexOf('/') + 1)}"`] }
        : undefined;
    case 'onvif':
      return isKnown(protocol.url) ? { kind: 'onvif', uuids: [], addresses: [hostOf(protocol.url)] } : undefined;
    default:
      return undefined;
  }
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/[:/].*$/s, '');
}

export function akriProblems(attachment: AkriAttachment, protocol: LeafProtocolModel): string[] {
  const discovery = discoveryOf(attachment, protocol);
  const capacity = integerProblem('capacity', attachment.capacity, 1, 1000);
  const { run } = attachment.broker;
  return [
    ...(capacity ? [capacity] : []),
    ...(run.kind === 'replicas' && run.replicas === 1
      ? []
      : ['has a broker with a `run` of its own; Akri starts one for each device that it finds, so leave it out']),
    ...(Object.values(attachment.broker.mounts).some(({ kind }) => kind === 'claim')
      ? [
          'has a broker with a volume claim; Akri starts brokers on any node that sees the device, so take Storage.hostPath',
        ]
      : []),
    ...(discovery
      ? discoveryProblems(discovery)
      : [
          'does not say how Akri discovers it, and that does not follow from its protocol; name a handler with `discovery`, or take LeafAttachment.hostDevice(...)',
        ]),
  ];
}

function discoveryProblems(discovery: AkriDiscoveryModel): string[] {
  switch (discovery.kind) {
    case 'udev':
      return discovery.rules.length === 0
        ? ['is discovered by no udev rule; name at least one']
        : discovery.rules.flatMap(udevProblems);
    case 'onvif':
      return discovery.uuids.length + discovery.addresses.length === 0
        ? ['is discovered by neither UUID nor address, so as any camera of the network; name one']
        : [];
    case 'opcua':
      return discovery.urls
        .filter((url) => !/^opc\.tcp:\/\/\S+$/.test(url))
        .map((url) => `is discovered at ${url}; write it such as opc.tcp://10.0.0.7:4840/`);
    case 'handler':
      return AKRI_HANDLERS.includes(discovery.name)
        ? [
            `names Akri's own handler ${discovery.name}; take AkriDiscovery.${discovery.name}(...), which writes its details`,
          ]
        : [];
  }
}

function udevProblems(rule: string): string[] {
  const fields = [...rule.matchAll(/(?:^|,)\s*([A-Z_]+)/g)].map(([, field = '']) => field);
  const wrong = fields.find((field) => AKRI_UDEV_UNSUPPORTED.includes(field));
  if (wrong) return [`is discovered by the udev rule ${rule}; Akri does not match on ${wrong}`];
  const filter = /^\s*[A-Z]+(\{[^{}"]+\})?\s*(==|!=)\s*"[^"]*"\s*$/;
  return rule.split(/,(?=\s*[A-Z])/).every((part) => filter.test(part))
    ? []
    : [`is discovered by the udev rule ${rule}; write it such as ATTRS{idVendor}=="1a86", SUBSYSTEM=="tty"`];
}
