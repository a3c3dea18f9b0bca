import { DEVICE_LIMITS } from '../../../catalog/kubeedge-devices';
import {
  type LeafProtocolModel,
  type LeafScalar,
  type LeafSettings,
  loginPath,
  type PropertyType,
  type VisitorModel,
} from '../../../model/leaf-model';
import { hasToken } from '../../../model/token';

/**
 * The user's own settings as KubeEdge carries them: an integer beyond what its 32-bit floats hold becomes a text, which stays as it is. A site value stays the
 * number that it is; a site where it is beyond is found when the device is made with real values, since it is another thing there.
 */
export function customSettings(settings: LeafSettings): LeafSettings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, exactly(value)]));
}

function exactly(value: LeafScalar): LeafScalar {
  if (typeof value !== 'number' || hasToken(value)) return value;
  return Number.isInteger(value) && Math.abs(value) > DEVICE_LIMITS.largestExactInteger ? String(value) : value;
}

/**
 * Keys of the mappers that exist for v1beta1: modbus of kubeedge/examples (temperature-sensor-demo/modbus/driver/devicetype.go), mqtt and onvif of
 * kubeedge/mappers-go (mappers/device-v1beta1/mqtt-mapper, mappers/kubeedge-v1.17.0/onvif-mapper).
 */
export function protocolSettings(protocol: LeafProtocolModel): LeafSettings {
  switch (protocol.kind) {
    case 'modbus-tcp':
      return { communicateMode: 'TCP', ip: protocol.host, port: String(protocol.port), slaveID: protocol.unit };
    case 'modbus-rtu':
      return {
        communicateMode: 'RTU',
        serialName: protocol.device,
        baudRate: protocol.baud,
        dataBits: protocol.dataBits,
        stopBits: protocol.stopBits,
        parity: protocol.parity,
        slaveID: protocol.unit,
      };
    case 'mqtt':
      return {
        brokerURL: protocol.broker,
        topic: protocol.topic,
        ...(protocol.clientId !== undefined && { clientID: protocol.clientId }),
      };
    case 'onvif':
      return { url: protocol.url, userName: protocol.user, password: loginPath(protocol.login) };
    case 'custom':
      return customSettings(protocol.settings);
  }
}

const registers = {
  coil: 'CoilRegister',
  'discrete-input': 'DiscreteInputRegister',
  input: 'InputRegister',
  holding: 'HoldingRegister',
} as const;

/** The mqtt mapper's numbers for what it does with a value, and for how a message is written. */
const mqttOperations = { set: 2, get: 3 } as const;
const mqttFormats = { json: 0, yaml: 1, xml: 2 } as const;

/** A property's type in the words of the mappers, which are not those of a DeviceModel. */
const dataTypes: Readonly<Record<PropertyType, string>> = {
  INT: 'int',
  FLOAT: 'float',
  DOUBLE: 'double',
  STRING: 'string',
  BOOLEAN: 'bool',
  BYTES: 'bytes',
  STREAM: 'stream',
};

export function visitorSettings(visitor: VisitorModel, type: PropertyType, writable: boolean): LeafSettings {
  const dataType = dataTypes[type];
  switch (visitor.kind) {
    case 'modbus':
      return {
        dataType,
        register: registers[visitor.register],
        offset: visitor.offset,
        limit: visitor.count,
        scale: visitor.scale,
        isSwap: visitor.swapBytes,
        isRegisterSwap: visitor.swapRegisters,
      };
    case 'mqtt':
      return {
        dataType,
        deviceInfo: visitor.value,
        operationInfo: writable ? mqttOperations.set : mqttOperations.get,
        fileType: mqttFormats[visitor.format],
      };
    case 'onvif-address':
      return { dataType };
    case 'onvif-frames':
      return {
        dataType,
        format: visitor.format,
        outputDir: visitor.folder,
        frameCount: visitor.count,
        // Nanoseconds, the one cycle that is. The mapper takes no text for it, and the rounding of a 32-bit float is no matter here.
        frameInterval: Math.fround(visitor.everyMs * 1e6),
      };
    case 'onvif-video':
      return {
        dataType,
        format: visitor.format,
        outputDir: visitor.folder,
        frameCount: visitor.count,
        videoNum: visitor.videos,
      };
    case 'custom':
      return customSettings(visitor.settings);
  }
}
