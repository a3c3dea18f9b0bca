import { isMicroK8sArchitecture, LOW_MEMORY_GUARD_MIB } from '../../../catalog/microk8s';
import { MICROK8S_RUNTIMES } from '../../../catalog/microk8s-runtimes';
import type { LockedSnap, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { kubernetesArch, PLATFORMS } from '../../../model/platform';
import { runtimeRefusal } from '../../../render/node/runtimes/refusals';

const DATA = '/var/snap/microk8s';

/** What is wrong with a machine, and with what it is installed from. */
export function machineRefusals(input: MicroK8sNodeInput): Array<string | false> {
  const { dataMount, deviceClass, install, link, operatingSystem } = input;
  const { id, memoryMiB } = deviceClass;
  return [
    !operatingSystem.snapd &&
      `${operatingSystem.name} has no snapd, and MicroK8s is a snap; take Ubuntu, an image with it as OperatingSystem.custom({ snapd: true }), or K3s`,
    // @see canonical/microk8s, snap/hooks/install
    memoryMiB !== undefined &&
      memoryMiB <= LOW_MEMORY_GUARD_MIB.value &&
      `device class '${id}' has ${memoryMiB} MiB of memory: with ${LOW_MEMORY_GUARD_MIB.value} MiB or less MicroK8s installs and does not start; take K3s, or a larger machine`,
    runtimeRefusal('MicroK8s', MICROK8S_RUNTIMES, input.runtime ?? 'containerd', id) ?? false,
    dataMount !== undefined &&
      dataMount !== DATA &&
      `MicroK8s keeps its data in ${DATA}, and a data disk at ${dataMount} would not hold them; mount it at ${DATA}`,
    link.kind === 'offline' &&
      install.mode !== 'preloaded' &&
      `an offline site cannot install '${install.mode}'; take preloaded`,
    operatingSystem.kernelArguments.length > 0 &&
      operatingSystem.cmdlinePaths.length === 0 &&
      `${operatingSystem.name} needs the kernel arguments ${operatingSystem.kernelArguments.join(' ')}, and no file is known that holds them`,
    ...architectureRefusals(input),
  ];
}

function architectureRefusals(input: MicroK8sNodeInput): Array<string | false> {
  const { artifacts, cluster, deviceClass, install, link } = input;
  const { id, platforms } = deviceClass;
  const known = architecturesOf(platforms);
  if (platforms !== undefined && known.length === 0) {
    const run = platforms.length === 0 ? 'no operating system' : platforms.join(', ');
    return [
      `device class '${id}' runs ${run}; MicroK8s is released for linux/amd64 and linux/arm64 alone, K3s for linux/arm/v7, too`,
    ];
  }
  if (install.mode === 'online') return [];
  return known.flatMap((architecture) => [
    artifacts.snaps?.[architecture] === undefined &&
      `no snaps of MicroK8s ${cluster.channel} are locked for ${architecture} (device class '${id}'): run edgecdk lock`,
    ...(artifacts.snaps?.[architecture] === undefined ? [] : snapRefusals(artifacts.snaps[architecture] ?? [])),
    link.kind === 'offline' &&
      artifacts.images?.[architecture] === undefined &&
      cluster.registries.length === 0 &&
      `an offline site cannot pull the images of MicroK8s, and none are locked for ${architecture}; lock an archive of them, or name a registry at the site`,
  ]);
}

/** snapd asks for assertions of each of them, and installs MicroK8s only on its base. */
function snapRefusals(snaps: readonly LockedSnap[]): Array<string | false> {
  return [
    snaps.at(-1)?.name !== 'microk8s' && 'the last of the locked snaps must be microk8s, which rests on the others',
    ...snaps.map(
      ({ name, snapSha256, assertSha256 }) =>
        !(isSha256(snapSha256) && isSha256(assertSha256)) &&
        `the snap ${name} is locked without the checksums of both its files, the snap and its assertions: run edgecdk lock`,
    ),
  ];
}

/** Of a machine whose platforms are not known, both are possible. */
export function architecturesOf(platforms: readonly string[] = ['linux/amd64', 'linux/arm64']) {
  return PLATFORMS.filter((platform) => platforms.includes(platform))
    .map(kubernetesArch)
    .filter(isMicroK8sArchitecture);
}

function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
