import type { ContainerContent, SecretKeyModel } from './container-content';
import type { PlacementModel } from './placement-model';
import type { PerSiteModel } from './site-context';

/** What a mapper can be told of a device: KubeEdge carries flat texts, numbers and truths, and nothing else. May be a token. */
export type LeafScalar = string | number | boolean;
export type LeafSettings = Readonly<Record<string, LeafScalar>>;

/** What a property of a device can be. STREAM: pictures of a camera. */
export type PropertyType = 'INT' | 'FLOAT' | 'DOUBLE' | 'STRING' | 'BOOLEAN' | 'BYTES' | 'STREAM';

/** What devices of one kind have in common. */
export interface DeviceModelRecord {
  readonly path: string;
  readonly id: string;
  readonly owner?: string;
  /** Of the model and of all its devices: KubeEdge looks for a model in the namespace of the device. */
  readonly namespace: string;
  /** `modbus`, `mqtt`, `onvif`, or a name of the user's. */
  readonly protocol: string;
  readonly properties: Readonly<Record<string, ModelPropertyRecord>>;
}

export interface ModelPropertyRecord {
  readonly type: PropertyType;
  readonly writable: boolean;
  /** A text is a number that JavaScript's own cannot hold. */
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly unit?: string;
  readonly description?: string;
}

/** How a device is reached. */
export type LeafProtocolModel =
  | { readonly kind: 'modbus-tcp'; readonly host: string; readonly port: number; readonly unit: number }
  | {
      readonly kind: 'modbus-rtu';
      /** Device file of the node. */
      readonly device: string;
      readonly baud: number;
      readonly unit: number;
      readonly dataBits: number;
      readonly stopBits: number;
      readonly parity: 'none' | 'even' | 'odd';
    }
  | { readonly kind: 'mqtt'; readonly broker: string; readonly topic: string; readonly clientId?: string }
  | { readonly kind: 'onvif'; readonly url: string; readonly user: string; readonly login: SecretKeyModel }
  | { readonly kind: 'custom'; readonly name: string; readonly settings: LeafSettings };

export type ModbusRegister = 'coil' | 'discrete-input' | 'input' | 'holding';

/** Where in a device one property is found. */
export type VisitorModel =
  | {
      readonly kind: 'modbus';
      readonly register: ModbusRegister;
      readonly offset: number;
      readonly count: number;
      readonly scale: number;
      readonly swapBytes: boolean;
      readonly swapRegisters: boolean;
    }
  | { readonly kind: 'mqtt'; readonly value: string; readonly format: 'json' | 'yaml' | 'xml' }
  | { readonly kind: 'onvif-address' }
  | {
      readonly kind: 'onvif-frames';
      readonly folder: string;
      readonly format: string;
      readonly count: number;
      readonly everyMs: number;
    }
  | {
      readonly kind: 'onvif-video';
      readonly folder: string;
      readonly format: string;
      /** Frames of each video. */
      readonly count: number;
      readonly videos: number;
    }
  | { readonly kind: 'custom'; readonly protocol: string; readonly settings: LeafSettings };

/** Where a mapper sends readings besides the twin: one way, since of several it takes the first. */
export type LeafPushModel =
  | {
      readonly kind: 'mqtt';
      readonly address: string;
      readonly topic: string;
      readonly qos: 0 | 1 | 2;
      readonly retained: boolean;
    }
  | { readonly kind: 'http'; readonly host: string; readonly port: number; readonly path: string };

/** One property of one device. */
export interface LeafPropertyModel {
  readonly visitor: VisitorModel;
  /** How often it is read. */
  readonly collectMs: number;
  /** How often it is reported. */
  readonly reportMs: number;
  readonly reportToCloud: boolean;
  /** What the twin shall be. May be a token. */
  readonly desired?: LeafScalar;
  readonly push?: LeafPushModel;
}

/** A command that sets properties. */
export interface LeafMethodModel {
  readonly description?: string;
  readonly properties: readonly string[];
}

/** What a leaf device is, and how it is reached. */
export interface LeafDeviceContent {
  /** Which of a site's nodes of the placement's classes, from 1. @default - the only one */
  readonly ordinal?: number;
  readonly model: DeviceModelRecord;
  /** KubeEdge needs one. @default - none */
  readonly mapper?: LeafMapperModel;
  readonly protocol: PerSiteModel<LeafProtocolModel>;
  readonly properties: PerSiteModel<Readonly<Record<string, LeafPropertyModel>>>;
  readonly methods: Readonly<Record<string, LeafMethodModel>>;
  /** How often the mapper reports whether it reaches the device. @default - never */
  readonly stateMs?: number;
  /** What serves it behind a node of K3s or MicroK8s, which need it. */
  readonly attachment?: PerSiteModel<LeafAttachmentModel>;
  /** Name of its hardware. @default - unknown */
  readonly hardware?: string;
}

/** How a program comes to a device where there is no KubeEdge. */
export type LeafAttachmentModel = AkriAttachment | HostDeviceAttachment;

/** Akri finds the device and starts the broker where it is. */
export interface AkriAttachment {
  readonly kind: 'akri';
  /** @default - by the protocol */
  readonly discovery?: AkriDiscoveryModel;
  /** How many nodes may use one device at a time. */
  readonly capacity: number;
  readonly broker: ContainerContent;
}

/** The node has a label, and the broker runs there and opens the device file, if there is one. */
export interface HostDeviceAttachment {
  readonly kind: 'host-device';
  /** @default - that of the protocol, if it has one */
  readonly device?: string;
  readonly broker: ContainerContent;
}

/** What a discovery handler of Akri looks for. */
export type AkriDiscoveryModel =
  | { readonly kind: 'udev'; readonly rules: readonly string[] }
  | { readonly kind: 'onvif'; readonly uuids: readonly string[]; readonly addresses: readonly string[] }
  | { readonly kind: 'opcua'; readonly urls: readonly string[] }
  | { readonly kind: 'handler'; readonly name: string; readonly details: string };

/** The program that translates between KubeEdge and the devices of one protocol behind a node. */
export interface LeafMapperModel {
  readonly path: string;
  readonly id: string;
  readonly owner?: string;
  readonly namespace: string;
  readonly placement: PlacementModel;
  readonly protocol: string;
  /** Release of the mapper, for its registration. */
  readonly version: string;
  /** Port of its own HTTP interface. */
  readonly port: number;
  /** Logins of the devices behind it. */
  readonly logins: readonly SecretKeyModel[];
  /** Image, resources and the like; configuration, sockets and logins come on top. */
  readonly content: ContainerContent;
}

/** Folder in a mapper's or broker's container where each login is a file, by secret and key. */
const LOGIN_FOLDER = '/etc/edgecdk/logins';

export function loginPath({ secret, key }: SecretKeyModel): string {
  return `${LOGIN_FOLDER}/${secret}/${key}`;
}

/** What one must know to be let in by a device. */
export function loginsOf(protocol: LeafProtocolModel | undefined): readonly SecretKeyModel[] {
  return protocol?.kind === 'onvif' ? [protocol.login] : [];
}

/** A mapper's protocol, as the three places that must agree name it. */
export function protocolName(protocol: LeafProtocolModel): string {
  switch (protocol.kind) {
    case 'modbus-tcp':
    case 'modbus-rtu':
      return 'modbus';
    case 'custom':
      return protocol.name;
    default:
      return protocol.kind;
  }
}

/** Protocols whose settings are typed; no custom one may bear these names. */
export const TYPED_PROTOCOLS: readonly string[] = ['modbus', 'mqtt', 'onvif'];

/** The protocol that a visitor belongs to. */
export function visitorProtocol(visitor: VisitorModel): string {
  if (visitor.kind === 'custom') return visitor.protocol;
  return visitor.kind.startsWith('onvif') ? 'onvif' : visitor.kind;
}
