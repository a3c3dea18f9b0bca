import type { ContainerContent } from '../../../model/workload-model';
import type { Fields } from './names';

/** `4Gi`, `256Mi`, or `1000Ki` where nothing larger is exact: as Kubernetes itself would write it. */
export function sizeQuantity(kib: number): string {
  if (kib % (1024 * 1024) === 0) return `${kib / (1024 * 1024)}Gi`;
  return kib % 1024 === 0 ? `${kib / 1024}Mi` : `${kib}Ki`;
}

/** `250m`, `2`. */
export function cpuQuantity(millis: number): string {
  return millis % 1000 === 0 ? `${millis / 1000}` : `${millis}m`;
}

/** Requests and limits of the container. There is a limit of memory, always: without one a leak takes the node down. */
export function resourcesOf({ resources, mounts }: ContainerContent): Fields {
  const { cpuMillis, cpuLimitMillis, memoryKiB, memoryLimitKiB, diskKiB, accelerator } = resources;
  // Kubernetes counts scratch volumes against the same limit as the container's own writing, so they come on top of it.
  const scratch = Object.values(mounts).reduce((sum, mount) => sum + (mount.kind === 'scratch' ? mount.sizeKiB : 0), 0);
  const both = {
    ...(diskKiB !== undefined && { 'ephemeral-storage': sizeQuantity(diskKiB + scratch) }),
    ...(accelerator && { [accelerator.resource]: `${accelerator.count}` }),
  };
  return {
    requests: { cpu: cpuQuantity(cpuMillis), memory: sizeQuantity(memoryKiB), ...both },
    limits: {
      ...(cpuLimitMillis !== undefined && { cpu: cpuQuantity(cpuLimitMillis) }),
      memory: sizeQuantity(memoryLimitKiB),
      ...both,
    },
  };
}

/** The RuntimeClass that a container's accelerator needs. K3s ships it; to create it too would be to fight K3s over it. */
export function runtimeClassOf({ resources }: ContainerContent): string | undefined {
  return resources.accelerator?.resource.startsWith('nvidia.com/') ? 'nvidia' : undefined;
}
