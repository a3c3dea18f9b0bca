import { DEVICE_FIELDS, DEVICE_LIMITS, DEVICE_MODEL_FIELDS, DEVICES_API } from '../../catalog/kubeedge-devices';
import type { Rule } from '../../model/fleet-model';
import { apiGroup, describeObject, type KubeObject } from '../../model/kube-object';
import { hasToken } from '../../model/token';
import { fieldProblems } from '../object-fields';

/** For manifests and charts above all: what `DeviceModel` and `LeafDevice` make cannot be wrong in these ways. */
export const kubeEdgeDevice: Rule = {
  id: 'edgecdk-kubeedge-device',
  severity: 'error',
  why: 'the API server takes such a device, and edgecore or the mapper fails over it without a word to whoever sent it',
  check({ object }) {
    if (apiGroup(object.apiVersion) !== 'devices.kubeedge.io') return undefined;
    if (object.kind === 'DeviceStatus') return `${describeObject(object)} is written by KubeEdge itself; leave it out`;
    if (object.apiVersion !== DEVICES_API)
      return `${describeObject(object)} is of the old API ${object.apiVersion}, of which nothing arrives; write it as ${DEVICES_API}, or as a LeafDevice`;
    const found =
      object.kind === 'Device'
        ? [...fieldProblems({ spec: object.spec }, DEVICE_FIELDS), ...deviceProblems(object)]
        : object.kind === 'DeviceModel'
          ? fieldProblems({ spec: object.spec }, DEVICE_MODEL_FIELDS)
          : [];
    return found.length > 0 ? `${describeObject(object)} ${found.join('; it ')}` : undefined;
  },
};

interface DeviceSpec {
  readonly nodeName?: unknown;
  readonly protocol?: Visitors;
  readonly properties?: readonly Property[];
}

interface Property {
  readonly name?: unknown;
  readonly visitors?: Visitors;
  readonly collectCycle?: unknown;
  readonly reportCycle?: unknown;
  readonly pushMethod?: Readonly<Record<string, unknown>>;
}

interface Visitors {
  readonly protocolName?: unknown;
  readonly configData?: unknown;
}

function deviceProblems({ spec }: KubeObject): string[] {
  const { nodeName, protocol, properties } = (spec ?? {}) as DeviceSpec;
  const list = Array.isArray(properties) ? (properties as readonly (Property | null)[]) : [];
  const found = [
    typeof nodeName === 'string' && !hasToken(nodeName) && nodeName !== nodeName.toLowerCase()
      ? `is for the node ${nodeName}; nodes register in lower case, so write ${nodeName.toLowerCase()}`
      : undefined,
    ...numberProblems('its protocol', protocol?.configData),
    ...list.flatMap((property) => (property ? propertyProblems(property, protocol?.protocolName) : [])),
  ];
  return found.filter((message): message is string => message !== undefined);
}

function propertyProblems(property: Property, protocol: unknown): (string | undefined)[] {
  const name = String(property.name);
  const own = property.visitors?.protocolName;
  const pushes = ['http', 'mqtt', 'otel', 'anomalyDetection'].filter((way) => property.pushMethod?.[way] !== undefined);
  return [
    typeof own === 'string' && own !== protocol
      ? `has the property ${name} with a visitor of ${own}, but speaks ${String(protocol)}; take one name for both`
      : undefined,
    cycleProblem(name, 'collectCycle', property.collectCycle),
    cycleProblem(name, 'reportCycle', property.reportCycle),
    pushes.length > 1
      ? `has the property ${name} that is pushed by ${pushes.join(' and ')}; mappers take the first alone, so leave one`
      : undefined,
    ...numberProblems(`the visitor of ${name}`, property.visitors?.configData),
  ];
}

function cycleProblem(name: string, field: string, value: unknown): string | undefined {
  if (typeof value !== 'number') return undefined;
  if (value < 0) return `has the property ${name} with the ${field} ${value}; take milliseconds from 1`;
  return value > DEVICE_LIMITS.longestCycleMs
    ? `has the property ${name} with the ${field} ${value}, which is ${Math.round(value / 864e5)} days; write milliseconds, not nanoseconds`
    : undefined;
}

function numberProblems(where: string, data: unknown): string[] {
  return Object.entries((data ?? {}) as object).flatMap(([key, value]: [string, unknown]) =>
    Number.isInteger(value) && Math.fround(Number(value)) !== value && !hasToken(Number(value))
      ? [
          `has the number ${value} at ${key} of ${where}, which KubeEdge rounds to a 32-bit float; write it as text, in quotes`,
        ]
      : [],
  );
}
