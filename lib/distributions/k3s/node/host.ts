import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { hostFiles, sysctlFile } from '../../../render/node/host';
import { HARDENED_SYSCTLS } from './hardening';

/** Read before each start of K3s, whichever of them are there. */
export const SYSCTL_FILES = [sysctlFile('k3s'), HARDENED_SYSCTLS] as const;

/** What K3s wants of the machine that it runs on. */
export function k3sHostFiles({ cluster, deviceClass }: K3sNodeInput): NodeFile[] {
  const modules = ['br_netfilter', 'overlay', ...(cluster.flannelBackend === 'wireguard-native' ? ['wireguard'] : [])];
  return hostFiles({ name: 'k3s', effect: 'live', modules, sysctls: [] }, deviceClass);
}
