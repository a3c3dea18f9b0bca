import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { ContainerRuntime } from '../lib/model/container-runtime';
import type { NodeCountModel } from '../lib/model/distribution';
import type { StorageKind } from '../lib/model/hardware-model';
import type { Platform } from '../lib/model/platform';
import type { Hardware } from './hardware';
import { type Description, model, types } from './internal';
import type { OperatingSystem } from './operating-system';
import { mebibytes } from './units';

/** Memory that workloads cannot have. */
export interface Reserves {
  /** What the operating system takes. @default - the catalogue's figure, a guess: a shortage that rests on it only warns */
  readonly os?: Size;
  /** Memory that an accelerator takes from the node. @default - the hardware's figure */
  readonly sharedWithAccelerator?: Size;
  /** Below so much free memory the kubelet evicts pods. @default Size.mebibytes(100) */
  readonly evictionFloor?: Size;
  /** For what runs beside Kubernetes. @default - none */
  readonly other?: Size;
  /** What Kubernetes itself is given on a node. @default - 600 MiB on servers and 200 MiB on agents: guesses; capacity is checked with published figures */
  readonly kubernetes?: Size;
}

export interface DeviceClassProps<P extends Platform> {
  /** Not a micro-controller: those hang on a node, they are none. */
  readonly hardware: Hardware<P>;
  /** Kept free of workloads, and counted when workloads are fitted on its nodes. @default - by hardware and distribution */
  readonly reserves?: Reserves;
  /** Kubernetes labels of its nodes. @default - ours only */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** What its nodes run. @default - none: manifests are made for its nodes, and no files */
  readonly operatingSystem?: OperatingSystem;
  /**
   * The medium that is fitted. Several servers on an SD card or eMMC are an error, since these do not bear the writes of etcd.
   * @default - unknown: where the hardware usually runs from such a medium, several servers are a warning
   */
  readonly storage?: StorageKind;
  /**
   * Mount point of a data disk that holds all of K3s, such as `/var/lib/rancher`: K3s does not start without it. Which disk it is, a node inventory says (`disk`).
   * @default - no data disk
   */
  readonly dataMount?: string;
  /**
   * What starts the containers of its machines. EdgeCDK configures it and installs none: `cri-o` and `docker` must be in the image, and for KubeEdge
   * `containerd`, too. Once a machine runs, another is refused by synth: it is set up anew.
   *
   * - K3s brings a containerd of its own. With `docker` or `cri-o` it imports no images from a medium, so that `Install.preloaded` and sites without a link
   *   need mirrors at the site; mirrors are written in the runtime's own form, those of `docker` for Docker Hub alone, and mirrors with credentials, other
   *   names or authorities of their own are refused; GPUs need a runtime `nvidia` in the image's configuration. K3s calls `docker` experimental, and its
   *   flannel connects pods of `cri-o` from v1.33.10, v1.34.6, v1.35.3 and v1.36 on: an earlier release is refused.
   * - MicroK8s has the containerd of its snap, and refuses any other.
   * - KubeEdge has none: any of the three, `docker` with cri-dockerd.
   *
   * @default - K3s' and MicroK8s' own containerd; with KubeEdge, containerd of the machine
   * @see docs/runtimes.md
   */
  readonly runtime?: ContainerRuntime;
}

/**
 * A kind of machine in this fleet. Its id, a DNS label, is part of its nodes' names.
 *
 * @example
 * const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
 */
export class DeviceClass<P extends Platform = Platform> extends Construct {
  readonly hardware: Hardware<P>;
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: DeviceClassProps<P>) {
    super(scope, id);
    this.hardware = props.hardware;
    const { os, sharedWithAccelerator, evictionFloor, other, kubernetes } = props.reserves ?? {};
    this[model] = {
      as: 'device-class',
      record: {
        path: this.node.path,
        id,
        hardware: props.hardware[model],
        reserves: {
          osMiB: os && mebibytes(os),
          sharedWithAcceleratorMiB: sharedWithAccelerator && mebibytes(sharedWithAccelerator),
          evictionFloorMiB: evictionFloor && mebibytes(evictionFloor),
          otherMiB: other && mebibytes(other),
          kubernetesMiB: kubernetes && mebibytes(kubernetes),
        },
        nodeLabels: { ...props.nodeLabels },
        operatingSystem: props.operatingSystem?.[model],
        storage: props.storage,
        dataMount: props.dataMount,
        runtime: props.runtime,
      },
    };
  }

  /** So many nodes of this class at each site; a site value (`site.values.tills`) counts per site. */
  count<const N extends number>(n: N): NodeCount<P, N> {
    return { [model]: { deviceClass: this.node.path, count: n } } as unknown as NodeCount<P, N>;
  }
}

/** Nodes of one device class, for a cluster: made by `DeviceClass.count`. */
export interface NodeCount<out P extends Platform = Platform, out N extends number = number> {
  readonly [types]: { readonly platform: P; readonly n: N };
  readonly [model]: Omit<NodeCountModel, 'role'>;
}
