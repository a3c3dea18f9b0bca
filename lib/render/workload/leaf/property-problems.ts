import { DEVICE_LIMITS } from '../../../catalog/kubeedge-devices';
import {
  type LeafPropertyModel,
  type LeafPushModel,
  type LeafSettings,
  type ModelPropertyRecord,
  type VisitorModel,
  visitorProtocol,
} from '../../../model/leaf-model';
import { compareNumbers, isNumberText } from './bounds';
import { isLoopback } from './loopback';
import { integerProblem, isKnown, settingsProblems } from './number-problems';

type Kind = ModelPropertyRecord;

/** What is wrong with one property of a device, in words that follow "has the property x". */
export function propertyProblems(property: LeafPropertyModel, kind: Kind, protocol: string): string[] {
  const found = [
    ...cycleProblems(property),
    ...desiredProblems(property, kind),
    ...visitorProblems(property.visitor, kind, protocol),
    ...(property.push ? pushProblems(property.push) : []),
  ];
  return found.filter((message): message is string => message !== undefined);
}

function cycleProblems({ collectMs, reportMs }: LeafPropertyModel): (string | undefined)[] {
  return [
    ['read', collectMs],
    ['reported', reportMs],
  ].map(([what, ms]) =>
    Number.isSafeInteger(ms) && Number(ms) >= 1
      ? undefined
      : `that is ${what} every ${ms} ms; take a whole number of milliseconds from 1 (KubeEdge takes 0 for a second)`,
  );
}

function desiredProblems({ desired }: LeafPropertyModel, { type, writable, minimum, maximum }: Kind): string[] {
  if (desired === undefined) return [];
  if (!writable)
    return ['with a desired value, but its model only reads it; make it writable there, or leave the value out'];
  if (type === 'STREAM' || type === 'BYTES') return [`with a desired value, which a property of type ${type} has not`];
  if (!isKnown(desired)) return [];
  const text = String(desired);
  if (!DEVICE_LIMITS.twinValue.test(text))
    return [
      `with the desired value ${JSON.stringify(desired)}, which no twin can hold; take up to 512 letters, digits and any of '-_.,:/@#', no space`,
    ];
  if (type === 'STRING') return [];
  if (type === 'BOOLEAN')
    return text === 'true' || text === 'false'
      ? []
      : [`with the desired value ${JSON.stringify(desired)}; take true or false`];
  if (!isNumberText(text, type) || (type === 'INT' && typeof desired === 'number' && !Number.isSafeInteger(desired)))
    return [`with the desired value ${JSON.stringify(desired)}, which is no number of type ${type}`];
  if (minimum !== undefined && compareNumbers(text, String(minimum)) < 0)
    return [`with the desired value ${text}, below the minimum ${minimum} of its model`];
  if (maximum !== undefined && compareNumbers(text, String(maximum)) > 0)
    return [`with the desired value ${text}, above the maximum ${maximum} of its model`];
  return [];
}

function visitorProblems(visitor: VisitorModel, kind: Kind, protocol: string): (string | undefined)[] {
  const own = visitorProtocol(visitor);
  if (own !== protocol) return [`with a visitor of ${own}, but the device speaks ${protocol}; take a visitor of that`];
  const settings: LeafSettings =
    visitor.kind === 'custom' ? visitor.settings : visitor.kind === 'modbus' ? { scale: visitor.scale } : {};
  return [...ownProblems(visitor, kind), ...settingsProblems('its visitor', settings).map((found) => `that ${found}`)];
}

function ownProblems(visitor: VisitorModel, { type, writable }: Kind): (string | undefined)[] {
  switch (visitor.kind) {
    case 'modbus':
      return [
        ...modbusProblems(visitor, writable),
        type === 'STREAM' ? 'of type STREAM, which modbus has not' : undefined,
      ];
    case 'onvif-frames':
    case 'onvif-video':
      return [
        type === 'STREAM' ? undefined : `of type ${type} that takes pictures; make it a stream in its model`,
        that(integerProblem('count', visitor.count, 1, 1_000_000)),
        visitor.folder.startsWith('/') ? undefined : `whose folder ${visitor.folder} is not absolute`,
        visitor.kind === 'onvif-frames' && !(visitor.everyMs >= 1)
          ? `that takes pictures every ${visitor.everyMs} ms; take at least 1`
          : undefined,
        visitor.kind === 'onvif-video'
          ? that(integerProblem('number of videos', visitor.videos, 1, 10_000))
          : undefined,
      ];
    case 'onvif-address':
      return [type === 'STRING' ? undefined : `of type ${type} that is an address; make it a text in its model`];
    default:
      return [];
  }
}

function modbusProblems(visitor: Extract<VisitorModel, { kind: 'modbus' }>, writable: boolean): (string | undefined)[] {
  const { register, offset, count, scale } = visitor;
  const bits = register === 'coil' || register === 'discrete-input';
  return [
    that(integerProblem('offset', offset, 0, 65_535)),
    that(integerProblem('count', count, 1, bits ? 2000 : 125)),
    isKnown(offset) && isKnown(count) && offset + count > 65_536
      ? `that reaches beyond the last register (${offset} and ${count} more)`
      : undefined,
    isKnown(scale) && scale === 0 ? 'with the scale 0; leave it out for values as they are' : undefined,
    writable && (register === 'input' || register === 'discrete-input')
      ? `that is writable, but ${register} registers are only read; take holding or coil, or make it read-only in its model`
      : undefined,
  ];
}

function pushProblems(push: LeafPushModel): (string | undefined)[] {
  if (push.kind === 'mqtt')
    return [
      isKnown(push.address) && !/^(tcp|ssl|ws|wss|mqtt):\/\/[^\s@]+$/.test(push.address)
        ? `that is pushed to ${push.address}; write the broker such as tcp://10.0.0.9:1883`
        : undefined,
      isLoopback(push.address)
        ? `that is pushed to ${push.address}, which is the mapper's own pod there; write the address of the node, or of the machine with the broker`
        : undefined,
      isKnown(push.topic) && !/^[^+#\0]{1,65535}$/.test(push.topic)
        ? `that is pushed to the topic ${JSON.stringify(push.topic)}; take one without + and #`
        : undefined,
    ];
  return [
    that(integerProblem('port', push.port, 1, 65_535)),
    // The mapper framework puts no scheme before it.
    isKnown(push.host) && !/^https?:\/\/[^\s/@]+$/.test(push.host)
      ? `that is pushed to ${push.host}; write the host with its scheme, such as http://10.0.0.9`
      : undefined,
    push.path.startsWith('/') ? undefined : `that is pushed to the path ${push.path}; begin it with /`,
  ];
}

function that(problem: string | undefined): string | undefined {
  return problem && `that ${problem}`;
}
