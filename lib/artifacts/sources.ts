import type { LockMember } from '../model/artifact-lock';
import { CNI_PLUGINS_SOURCE } from './cni-plugins';
import { K3S_SOURCE } from './k3s';
import { KUBEEDGE_SOURCE } from './kubeedge';
import { MICROK8S_SOURCE } from './microk8s';
import type { ReleaseSource } from './release-source';

/** Where releases of each kind come from. */
export const RELEASE_SOURCES: Readonly<Record<LockMember, ReleaseSource>> = {
  cniPlugins: CNI_PLUGINS_SOURCE,
  k3s: K3S_SOURCE,
  kubeedge: KUBEEDGE_SOURCE,
  microk8s: MICROK8S_SOURCE,
};
