import { DEVICES_API } from '../../../catalog/kubeedge-devices';
import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import {
  type DeviceModelRecord,
  type LeafDeviceContent,
  type LeafPropertyModel,
  type LeafPushModel,
  type ModelPropertyRecord,
  protocolName,
} from '../../../model/leaf-model';
import type { LeafAtSite } from './leaf-problems';
import { protocolSettings, visitorSettings } from './settings';

/** Label of a device: what hardware it is. */
export const leafHardwareLabel = 'edgecdk.dev/leaf-hardware';

/** Fields of a Kubernetes object. Undefined members do not reach the output. */
type Fields = Readonly<Record<string, unknown>>;

/** What KubeEdge knows of all devices of one kind. Once for each cluster, whatever the number of sites. */
export function deviceModelObject(model: DeviceModelRecord): KubeObject {
  return {
    apiVersion: DEVICES_API,
    kind: 'DeviceModel',
    metadata: { name: model.id, namespace: model.namespace },
    spec: {
      protocol: model.protocol,
      properties: sorted(Object.entries(model.properties), ([name]) => name).map(([name, property]) => ({
        name,
        description: property.description,
        type: property.type,
        accessMode: property.writable ? 'ReadWrite' : 'ReadOnly',
        minimum: numberText(property.minimum),
        maximum: numberText(property.maximum),
        unit: property.unit,
      })),
    },
  };
}

function numberText(bound: number | string | undefined): string | undefined {
  return bound === undefined ? undefined : String(bound);
}

/**
 * One device, at one site or with holes at all of them. Protocol and visitors take their protocol's name from one place, and the namespace is that of the
 * model. It bears the device's id; as of all that each site has of its own, the name of the site comes behind it where sites share a cluster.
 */
export function deviceObject(
  id: string,
  { model, hardware, stateMs, methods }: LeafDeviceContent,
  { protocol, properties }: Pick<LeafAtSite, 'protocol' | 'properties'>,
  nodeName: string,
): KubeObject {
  const name = protocolName(protocol);
  const labels = hardware === undefined ? undefined : { [leafHardwareLabel]: hardware };
  return {
    apiVersion: DEVICES_API,
    kind: 'Device',
    metadata: { name: id, namespace: model.namespace, labels },
    spec: {
      deviceModelRef: { name: model.id },
      nodeName,
      protocol: { protocolName: name, configData: protocolSettings(protocol) },
      stateReport: stateMs === undefined ? undefined : { reportToCloud: true, reportCycle: stateMs },
      methods: methodsOf(methods),
      properties: sorted(Object.entries(properties), ([property]) => property).flatMap(([property, value]) => {
        const kind = model.properties[property];
        return kind ? [devicePropertyOf(property, value, kind, name)] : [];
      }),
    },
  };
}

function devicePropertyOf(
  name: string,
  property: LeafPropertyModel,
  kind: ModelPropertyRecord,
  protocol: string,
): Fields {
  return {
    name,
    desired: property.desired === undefined ? undefined : { value: String(property.desired) },
    collectCycle: property.collectMs,
    reportCycle: property.reportMs,
    reportToCloud: property.reportToCloud,
    // Always, with both members: the mapper framework reads them without asking whether they are there.
    visitors: {
      protocolName: protocol,
      configData: visitorSettings(property.visitor, kind.type, kind.writable),
    },
    pushMethod: property.push && pushMethodOf(property.push),
  };
}

function pushMethodOf(push: LeafPushModel): Fields {
  if (push.kind === 'mqtt') {
    const { address, topic, qos, retained } = push;
    return { mqtt: { address, topic, qos, retained } };
  }
  return { http: { hostName: push.host, port: push.port, requestPath: push.path } };
}

function methodsOf(methods: LeafDeviceContent['methods']): Fields[] | undefined {
  const entries = sorted(Object.entries(methods), ([name]) => name);
  if (entries.length === 0) return undefined;
  return entries.map(([name, { description, properties }]) => ({ name, description, propertyNames: [...properties] }));
}
