import type { CniFolders } from '../../../catalog/runtimes';

/** What a runtime of the machine is told, whatever the distribution. */
export interface MachineRuntime {
  /** The image that holds a pod's network. */
  readonly sandboxImage: string;
  readonly cni: CniFolders;
  /** Keep containers apart by SELinux. @default false - as its package says */
  readonly selinux?: boolean;
}
