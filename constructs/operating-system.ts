import { OPERATING_SYSTEMS, type OperatingSystemName } from '../lib/catalog/operating-systems';
import type { OperatingSystemModel } from '../lib/model/node-model';
import { model } from './internal';

/** What the files of a node depend on, for `OperatingSystem.custom`. The defaults are those of a plain Debian. */
export interface OperatingSystemFacts {
  /** Names it in reports and in the technician's sheet: a DNS label, with dots. */
  readonly name: string;
  /**
   * Files that may hold the kernel arguments as a single line; the first that is there is edited.
   * @default - none: it starts with all arguments that it needs
   */
  readonly cmdlinePaths?: readonly string[];
  /** Arguments that it starts without and K3s needs, such as `cgroup_enable=memory`. @default - none */
  readonly kernelArguments?: readonly string[];
  /** Whether its image has cloud-init. @default true */
  readonly cloudInit?: boolean;
  /**
   * Where its image looks for its seed at the first start: on a medium with the label CIDATA, or on its own boot partition alone, as images for the
   * Raspberry Pi do. With `none` the technician logs in and runs a line of the sheet. Not of an image without cloud-init.
   * @default - 'cidata' with cloud-init, else 'none'
   */
  readonly seedMedium?: 'cidata' | 'boot-partition' | 'none';
  /** What sets up its network. @default 'netplan' */
  readonly networkRenderer?: 'netplan' | 'network-manager' | 'networkd' | 'none';
  /** Whether SELinux is on. @default false */
  readonly selinux?: boolean;
  /** Firewall for which ports are opened where it is in use. @default 'none' */
  readonly firewall?: 'ufw' | 'firewalld' | 'none';
  /** Packages that K3s needs and its image lacks, by the names of its package manager. @default - none */
  readonly missingPackages?: readonly string[];
  /** Whether its image has snapd, with which MicroK8s is installed. @default false */
  readonly snapd?: boolean;
  /** What sets its clock. @default 'systemd-timesyncd' */
  readonly timeSync?: 'systemd-timesyncd' | 'chrony' | 'none';
}

const UBUNTU_IMAGES = {
  cloud: 'ubuntu-24.04',
  installer: 'ubuntu-24.04-installer',
  'raspberry-pi': 'ubuntu-24.04-raspberry-pi',
} as const satisfies Readonly<Record<string, OperatingSystemName>>;

/**
 * The operating system of a device class: what the files of its nodes depend on.
 *
 * @example
 * const pi = OperatingSystem.raspios({ release: 'trixie' });
 */
export class OperatingSystem {
  /**
   * Ubuntu Server 24.04 LTS. Its images look for their seed at different places, so say which it is: the cloud image reads a medium with the label CIDATA;
   * that for the Raspberry Pi its own boot partition alone; and what the installer leaves reads none, so that the technician logs in and runs a line of
   * the sheet. The sheet for the cloud image has that line, too, for a machine that takes no notice of the medium.
   */
  static ubuntu2404(
    options: {
      /** What is on the machines' disks: the cloud image, what the installer left, or the image for the Raspberry Pi. @default 'cloud' */
      readonly image?: 'cloud' | 'installer' | 'raspberry-pi';
    } = {},
  ): OperatingSystem {
    return listed(UBUNTU_IMAGES[options.image ?? 'cloud']);
  }

  /** Raspberry Pi OS Lite. Images before that of 2025-10-02, the first of Trixie, have no cloud-init. */
  static raspios(options: { readonly release: 'trixie' | 'bookworm' }): OperatingSystem {
    return listed(`raspios-${options.release}`);
  }

  /** The cloud image of Debian 13. What its installer leaves has no cloud-init: that is a system for `custom`. */
  static debian13(): OperatingSystem {
    return listed('debian-13');
  }

  /** SUSE Linux Micro 6 from a raw image. `k3s-selinux` must be on it. */
  static sleMicro6(): OperatingSystem {
    return listed('sle-micro-6');
  }

  /** Jetson Linux (L4T) as NVIDIA delivers it. Kernel arguments in its `extlinux.conf` are not edited. */
  static jetsonL4t(): OperatingSystem {
    return listed('jetson-l4t');
  }

  /** A system that the catalogue does not have, or an image that was built otherwise. */
  static custom(facts: OperatingSystemFacts): OperatingSystem {
    const { cmdlinePaths = [], kernelArguments = [], missingPackages = [], cloudInit = true, ...others } = facts;
    return new OperatingSystem({
      cloudInit,
      networkRenderer: 'netplan',
      selinux: false,
      firewall: 'none',
      snapd: false,
      timeSync: 'systemd-timesyncd',
      ...given(others),
      seedMedium: cloudInit ? (facts.seedMedium ?? 'cidata') : 'none',
      name: facts.name,
      cmdlinePaths: [...cmdlinePaths],
      kernelArguments: [...kernelArguments],
      missingPackages: [...missingPackages],
      sources: {},
    });
  }

  readonly [model]: OperatingSystemModel;

  private constructor(operatingSystem: OperatingSystemModel) {
    this[model] = operatingSystem;
  }

  /** Names it in reports: `ubuntu-24.04`. */
  get name(): string {
    return this[model].name;
  }

  /** @internal The one way from the catalogue to an `OperatingSystem`. */
  static _of(operatingSystem: OperatingSystemModel): OperatingSystem {
    return new OperatingSystem(operatingSystem);
  }
}

function listed(name: OperatingSystemName): OperatingSystem {
  return OperatingSystem._of(OPERATING_SYSTEMS[name]);
}

/** Members that are not undefined, so that one does not hide a default. */
function given<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<T>;
}
