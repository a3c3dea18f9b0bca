import type { DeviceModelRecord } from './leaf-model';
import type { DeviceModelWorkloadModel, WorkloadModel } from './workload-model';

/**
 * A device model as a workload of its own, where KubeEdge has any of its devices: so it is once in a cluster however many devices it has there, and stays what
 * and where it is when one of them goes.
 */
export function deviceModelWorkload(
  model: DeviceModelRecord,
  workloads: readonly WorkloadModel[],
): DeviceModelWorkloadModel {
  const { path, id, owner, namespace } = model;
  const devices = workloads.filter((other) => other.kind === 'leaf-device' && other.content.model.path === path);
  const where = [{ values: {}, distributions: ['kubeedge'] as const, has: [] }];
  return {
    kind: 'device-model',
    path,
    id,
    owner,
    namespace,
    placement: { anyOf: devices.map(({ placement }) => placement), where, except: [] },
    content: model,
    variants: [],
  };
}
