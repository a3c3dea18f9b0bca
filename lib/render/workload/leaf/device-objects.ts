import { DEVICES_API } from '../../../catalog/kubeedge-devices';
import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import {
  type DeviceModelRecord,
  type LeafDeviceModel,
  type LeafPropertyModel,
  type LeafProtocolModel,
  type LeafPushModel,
  type ModelPropertyRecord,
  protocolName,
} from '../../../model/leaf-model';
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

/** A device as it is at one site, or with holes at all of them. */
export interface DeviceAtSite {
  /** Of the object: unique among all sites of the cluster. */
  readonly name: string;
  /** Of the node that it hangs on. */
  readonly nodeName: string;
  readonly protocol: LeafProtocolModel;
  readonly properties: Readonly<Record<string, LeafPropertyModel>>;
}

/** One device. Protocol and visitors take their protocol's name from one place, and the namespace is that of the model. */
export function deviceObject(leaf: LeafDeviceModel, model: DeviceModelRecord, at: DeviceAtSite): KubeObject {
  const { protocol, properties } = at;
  const name = protocolName(protocol);
  const labels = leaf.hardware === undefined ? undefined : { [leafHardwareLabel]: leaf.hardware };
  return {
    apiVersion: DEVICES_API,
    kind: 'Device',
    metadata: { name: at.name, namespace: model.namespace, labels },
    spec: {
      deviceModelRef: { name: model.id },
      nodeName: at.nodeName,
      protocol: { protocolName: name, configData: protocolSettings(protocol) },
      stateReport: leaf.stateMs === undefined ? undefined : { reportToCloud: true, reportCycle: leaf.stateMs },
      methods: methodsOf(leaf),
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

function methodsOf({ methods }: LeafDeviceModel): Fields[] | undefined {
  const entries = sorted(Object.entries(methods), ([name]) => name);
  if (entries.length === 0) return undefined;
  return entries.map(([name, { description, properties }]) => ({ name, description, propertyNames: [...properties] }));
}
