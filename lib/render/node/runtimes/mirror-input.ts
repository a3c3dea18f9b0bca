import type { RegistryMirror } from '../../../model/node-input';

/** Where images come from instead. */
export interface Mirrors {
  readonly registries: readonly RegistryMirror[];
  /** Do not ask the registry itself where a mirror has not got the image. @default false */
  readonly onlyMirrors?: boolean;
  /** Keep containers apart by SELinux: of Docker, which has one file for all. @default false */
  readonly selinux?: boolean;
}
