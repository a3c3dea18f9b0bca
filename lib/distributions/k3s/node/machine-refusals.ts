import type { K3sNodeInput } from '../../../model/k3s-node-input';
import { hasOwnContainerd } from './runtime';

const DATA = '/var/lib/rancher/k3s';

/** What is wrong with where a node's data stand. */
export function storageRefusals(input: K3sNodeInput, role: 'server' | 'agent'): Array<string | false> {
  const { cluster, dataMount, deviceClass } = input;
  const card = { sd: 'SD cards', emmc: 'eMMC', 'usb-ssd': undefined, nvme: undefined, ssd: undefined }[
    deviceClass.storage
  ];
  return [
    // @see K3s documentation, Installation, Requirements: they cannot handle the IO load of etcd.
    role === 'server' &&
      cluster.datastore === 'etcd' &&
      cluster.servers > 1 &&
      dataMount === undefined &&
      card !== undefined &&
      `etcd writes more than ${card} can take (device class '${deviceClass.id}'); give its servers an SSD or a data disk, or take one server with SQLite`,
    // Further up, a disk that is missing would take the records of apply.sh along.
    dataMount !== undefined &&
      dataMount !== DATA &&
      dataMount !== '/var/lib/rancher' &&
      `K3s keeps its data in ${DATA}, and a data disk at ${dataMount} would not hold them alone; mount it at /var/lib/rancher`,
  ];
}

/** What is wrong with what a node is installed from. */
export function installRefusals(input: K3sNodeInput): Array<string | false> {
  const { artifacts, cluster, install, link, operatingSystem } = input;
  return [
    link.kind === 'offline' &&
      install.mode !== 'preloaded' &&
      `an offline site cannot install '${install.mode}'; take preloaded`,
    link.kind === 'offline' &&
      Object.keys(artifacts.imagesSha256 ?? {}).length === 0 &&
      cluster.registries.length === 0 &&
      hasOwnContainerd(input) &&
      'an offline site cannot pull the images of K3s, and none are locked; lock them, or name a registry at the site',
    architectureRefusal(input),
    operatingSystem.kernelArguments.length > 0 &&
      operatingSystem.cmdlinePaths.length === 0 &&
      `${operatingSystem.name} needs the kernel arguments ${operatingSystem.kernelArguments.join(' ')}, and no file is known that holds them`,
  ];
}

/** Names of K3s's releases. ARMv6 is none of them: the binary for 32-bit ARM needs ARMv7. @see K3s documentation, Installation, Requirements */
const ARCHITECTURES: Readonly<Record<string, 'amd64' | 'arm64' | 'arm'>> = {
  'linux/amd64': 'amd64',
  'linux/arm64': 'arm64',
  'linux/arm/v7': 'arm',
};

function architectureRefusal({ artifacts, cluster, deviceClass }: K3sNodeInput): string | false {
  const { binarySha256 } = artifacts;
  const { id, platforms } = deviceClass;
  const locked = Object.keys(binarySha256).sort();
  if (locked.length === 0) return `no binary of K3s ${cluster.version} is locked: run edgecdk lock`;
  if (platforms === undefined) return false;
  const known = platforms.flatMap((platform) => ARCHITECTURES[platform] ?? []);
  if (known.length === 0) {
    const run = platforms.length === 0 ? 'no operating system' : platforms.join(', ');
    return `device class '${id}' runs ${run}; K3s is released for ${Object.keys(ARCHITECTURES).join(', ')} alone`;
  }
  if (known.some((architecture) => binarySha256[architecture] !== undefined)) return false;
  return `device class '${id}' runs ${platforms.join(', ')}, and K3s ${cluster.version} is locked for ${locked.join(', ')} alone: run edgecdk lock`;
}

/** Whether a path is a folder, or stands in it. */
export function isBelow(path: string, folder: string): boolean {
  return `${path}/`.startsWith(`${folder.replace(/\/+$/, '')}/`);
}
