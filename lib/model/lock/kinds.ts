import type { LockMember } from '../artifact-lock';
import { K3S_KIND } from './k3s';
import { CNI_PLUGINS_KIND, KUBEEDGE_KIND } from './kubeedge';
import { MICROK8S_KIND } from './microk8s';
import type { ReleaseKind } from './release-kind';

/** What can be locked. */
export const RELEASE_KINDS: Readonly<Record<LockMember, ReleaseKind>> = {
  cniPlugins: CNI_PLUGINS_KIND,
  k3s: K3S_KIND,
  kubeedge: KUBEEDGE_KIND,
  microk8s: MICROK8S_KIND,
};

/** Sorted, as they stand in the lock. */
export const LOCK_MEMBERS: readonly LockMember[] = ['cniPlugins', 'k3s', 'kubeedge', 'microk8s'];
