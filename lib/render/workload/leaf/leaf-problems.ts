import { DEVICE_LIMITS } from '../../../catalog/kubeedge-devices';
import type { Distribution } from '../../../model/distribution';
import {
  type LeafAttachmentModel,
  type LeafDeviceContent,
  type LeafPropertyModel,
  type LeafProtocolModel,
  protocolName,
} from '../../../model/leaf-model';
import { listSome } from '../../../model/problem';
import { akriProblems } from './akri-problems';
import { deviceModelProblems } from './model-problems';
import { propertyProblems } from './property-problems';
import { protocolProblems } from './protocol-problems';

/** What the functions of a leaf device make of a site. */
export interface LeafAtSite {
  readonly protocol: LeafProtocolModel;
  readonly properties: Readonly<Record<string, LeafPropertyModel>>;
  readonly attachment?: LeafAttachmentModel;
}

/** What is wrong with a leaf device; each message follows the construct's path. */
export function leafProblems(
  device: LeafDeviceContent,
  at: LeafAtSite,
  { name: distribution, title }: Pick<Distribution, 'name' | 'title'>,
): string[] {
  const { model } = device;
  const name = protocolName(at.protocol);
  return [
    ...(name === model.protocol
      ? []
      : [`speaks ${name}, but its model ${model.id} is for ${model.protocol}; take one protocol for both`]),
    ...protocolProblems(at.protocol),
    ...membersProblems(device, at),
    ...Object.entries(at.properties).flatMap(([property, value]) => {
      const kind = model.properties[property];
      const found = kind && value.visitor ? propertyProblems(value, kind, name) : [];
      return found.map((message) => `has the property ${property} ${message}`);
    }),
    ...methodProblems(device),
    ...(distribution === 'kubeedge'
      ? kubeEdgeProblems(device, at)
      : [...ownModelProblems(device), ...attachmentProblems(at, title)]),
  ];
}

/** KubeEdge crashes over a property that its model does not have, and a property without a visitor is none. */
function membersProblems({ model }: LeafDeviceContent, { properties }: LeafAtSite): string[] {
  const missing = Object.keys(model.properties).filter((name) => !Object.hasOwn(properties, name));
  const strange = Object.keys(properties).filter((name) => !Object.hasOwn(model.properties, name));
  const bare = Object.entries(properties).flatMap(([name, { visitor }]) => (visitor ? [] : [name]));
  return [
    ...(missing.length > 0
      ? [`does not say how to read ${listSome(missing)} of its model ${model.id}; give each a visitor`]
      : []),
    ...(strange.length > 0
      ? [
          `has ${listSome(strange)}, which its model ${model.id} has not; name properties of the model (${listSome(Object.keys(model.properties))})`,
        ]
      : []),
    ...(bare.length > 0 ? [`has ${listSome(bare)} without a visitor; say where in the device it is`] : []),
  ];
}

function methodProblems({ methods, model }: LeafDeviceContent): string[] {
  return Object.entries(methods).flatMap(([name, { properties }]) => {
    const wrong = properties.filter((property) => !model.properties[property]?.writable);
    return [
      ...(DEVICE_LIMITS.twinName.test(name)
        ? []
        : [`has the method ${JSON.stringify(name)}; take letters, digits and '-'`]),
      ...(properties.length === 0 ? [`has the method ${name} that sets nothing; name the properties it sets`] : []),
      ...(wrong.length > 0
        ? [
            `has the method ${name} for ${listSome(wrong)}, which its model does not have or only reads; name writable properties`,
          ]
        : []),
    ];
  });
}

/** Where KubeEdge does not know the model, nobody else says what is wrong with it. */
function ownModelProblems({ model }: LeafDeviceContent): string[] {
  return deviceModelProblems(model).map((found) => `is of the model [${model.path}], which ${found}`);
}

function kubeEdgeProblems({ stateMs, mapper }: LeafDeviceContent, { protocol }: LeafAtSite): string[] {
  const found: string[] = [];
  if (stateMs !== undefined && !(Number.isSafeInteger(stateMs) && stateMs >= 1))
    found.push(`reports its state every ${stateMs} ms; take a whole number of milliseconds from 1`);
  const name = protocolName(protocol);
  if (!mapper) {
    found.push(
      `has no mapper, and KubeEdge reaches a device by one alone; give it \`mapper: new LeafMapper(...)\` for ${name}`,
    );
  } else if (mapper.protocol !== name) {
    found.push(`speaks ${name}, but its mapper ${mapper.id} is for ${mapper.protocol}; take a mapper for ${name}`);
  } else if (protocol.kind === 'onvif' && !mapper.logins.some((login) => isSameLogin(login, protocol.login))) {
    found.push(
      `has the login ${protocol.login.secret}/${protocol.login.key}, which its mapper ${mapper.id} is not given; add it to the mapper's \`logins\``,
    );
  } else if (protocol.kind === 'modbus-rtu' && !mapper.content.devices.includes(protocol.device)) {
    found.push(
      `is at ${protocol.device}, which its mapper ${mapper.id} may not open; add it to the mapper's \`devices\``,
    );
  }
  return found;
}

function isSameLogin(a: { secret: string; key: string }, b: { secret: string; key: string }): boolean {
  return a.secret === b.secret && a.key === b.key;
}

function attachmentProblems({ protocol, attachment }: LeafAtSite, title: string): string[] {
  if (!attachment)
    return [
      `hangs on a node of ${title}, which knows no devices; give it \`attachment: LeafAttachment.akri(...)\` or \`.hostDevice(...)\``,
    ];
  return attachment.kind === 'akri' ? akriProblems(attachment, protocol) : [];
}
