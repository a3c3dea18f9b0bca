import type { AcceleratorModel } from '../lib/model/hardware-model';
import { model } from './internal';

/**
 * A GPU or another device that a container asks the kubelet for, as an extended resource of Kubernetes.
 *
 * @example
 * const resources = { cpu: Cpu.units(2), memory: Size.gibibytes(2), accelerator: Accelerator.nvidia() };
 */
export class Accelerator {
  /** `nvidia.com/gpu`, advertised by NVIDIA's device plugin. @see https://github.com/NVIDIA/k8s-device-plugin */
  static nvidia(count = 1): Accelerator {
    return new Accelerator({ resource: 'nvidia.com/gpu', count });
  }

  /** `gpu.intel.com/i915`, advertised by Intel's device plugin. @see https://github.com/intel/intel-device-plugins-for-kubernetes */
  static intelGpu(count = 1): Accelerator {
    return new Accelerator({ resource: 'gpu.intel.com/i915', count });
  }

  /** Whatever your device plugin advertises, such as `hailo.ai/npu`. */
  static resource(name: `${string}/${string}`, count = 1): Accelerator {
    return new Accelerator({ resource: name, count });
  }

  readonly [model]: AcceleratorModel;

  private constructor(accelerator: AcceleratorModel) {
    this[model] = accelerator;
  }
}
