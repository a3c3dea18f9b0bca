import type { AkriDiscoveryModel, LeafAttachmentModel } from '../lib/model/leaf-model';
import type { Platform } from '../lib/model/platform';
import { type ContainerContent, containerContent } from './container-content';
import { model } from './internal';

/** The program that serves a leaf device. It finds what it needs to know of it in `/etc/edgecdk/leaf/device.json`, in the words of a mapper of KubeEdge. */
export interface LeafBroker
  extends Pick<
    ContainerContent<unknown, Platform>,
    'image' | 'platforms' | 'resources' | 'command' | 'args' | 'env' | 'mounts' | 'devices' | 'health' | 'security'
  > {}

/**
 * What Akri looks for to find a device. Its handler of that kind must be installed in the cluster.
 * @see https://docs.akri.sh/discovery-handlers
 *
 * @example
 * const discovery = AkriDiscovery.udev('ATTRS{idVendor}=="1a86", SUBSYSTEM=="tty"');
 */
export class AkriDiscovery {
  /** Devices of the node that match any of the rules. */
  static udev(...rules: readonly [string, ...string[]]): AkriDiscovery {
    return new AkriDiscovery({ kind: 'udev', rules: [...rules] });
  }

  /** Cameras of the network. Neither UUID nor address is an error. */
  static onvif(options: {
    /** @default - any */
    readonly uuids?: readonly string[];
    /** IP addresses. @default - any */
    readonly addresses?: readonly string[];
  }): AkriDiscovery {
    const { uuids = [], addresses = [] } = options;
    return new AkriDiscovery({ kind: 'onvif', uuids: [...uuids], addresses: [...addresses] });
  }

  /** OPC UA servers, by discovery address. */
  static opcua(...urls: readonly [`opc.tcp://${string}`, ...`opc.tcp://${string}`[]]): AkriDiscovery {
    return new AkriDiscovery({ kind: 'opcua', urls: [...urls] });
  }

  /** A handler of your own, and the text that it parses. */
  static handler(name: string, details: string): AkriDiscovery {
    return new AkriDiscovery({ kind: 'handler', name, details });
  }

  readonly [model]: AkriDiscoveryModel;

  private constructor(discovery: AkriDiscoveryModel) {
    this[model] = discovery;
  }
}

/**
 * How a program comes to a leaf device behind a node of K3s or MicroK8s, which know no devices themselves.
 *
 * @example
 * const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(32) };
 * const attachment = LeafAttachment.hostDevice({ broker: { image: 'ghcr.io/acme/meter:1.0.0', resources } });
 */
export class LeafAttachment {
  /** By Akri, which must run in the cluster: it finds the device and starts the broker where it is. */
  static akri(options: {
    readonly broker: LeafBroker;
    /** @default - serial devices by their name, ONVIF cameras by their address; for all else an error */
    readonly discovery?: AkriDiscovery;
    /** How many nodes may use one device at a time. @default 1 */
    readonly capacity?: number;
  }): LeafAttachment {
    const { broker, discovery, capacity = 1 } = options;
    return new LeafAttachment({
      kind: 'akri',
      discovery: discovery?.[model],
      capacity,
      broker: containerContent(broker),
    });
  }

  /**
   * By the node's own label `kubernetes.io/hostname`, to which the broker keeps: it follows a machine that is replaced. A node that EdgeCDK does not make must
   * be named `<site>-<slot>` for it, as in `store-0412-till-1`. A serial device is opened there, which makes the broker privileged; a device on the network
   * needs nothing more.
   */
  static hostDevice(options: {
    readonly broker: LeafBroker;
    /** Device file of the node. @default - that of the protocol, if it has one */
    readonly device?: string;
  }): LeafAttachment {
    return new LeafAttachment({
      kind: 'host-device',
      device: options.device,
      broker: containerContent(options.broker),
    });
  }

  readonly [model]: LeafAttachmentModel;

  private constructor(attachment: LeafAttachmentModel) {
    this[model] = attachment;
  }
}
