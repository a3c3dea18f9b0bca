import type { RegistryMirror } from '../../../model/k3s-node-input';

/** Where images come from instead. */
export interface Mirrors {
  readonly registries: readonly RegistryMirror[];
  /** Do not ask the registry itself where a mirror has not got the image. @default false */
  readonly onlyMirrors?: boolean;
}
