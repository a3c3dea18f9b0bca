import { parseK3sVersion } from './k3s';
import { type CniFolders, RUNTIMES, type RuntimePairs } from './runtimes';

/** Of K3s with its own flannel. @see K3s documentation, Networking, Multus and IPAM plugins */
export const K3S_CNI_FOLDERS: CniFolders = {
  plugins: '/var/lib/rancher/k3s/data/cni',
  networks: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
};

/** The image that holds a pod's network, by its whole name: CRI-O guesses no registry. @see K3s documentation, k3s agent, pause-image */
export const K3S_PAUSE_IMAGE = 'docker.io/rancher/mirrored-pause:3.6';

/** First patches, by minor, whose plug-in `bandwidth` does not crash under CRI-O; older minors got none. @see k3s-io/k3s issue 13344 */
const FLANNEL_UNDER_CRIO: Readonly<Record<number, number>> = { 33: 10, 34: 6, 35: 3 };

/** Whether K3s's own flannel connects the pods of a CRI-O. What is no release of K3s is refused elsewhere. */
export function hasFlannelForCrio(version: string): boolean {
  const release = parseK3sVersion(version);
  return (
    release === undefined || release.minor > 35 || release.patch >= (FLANNEL_UNDER_CRIO[release.minor] ?? Infinity)
  );
}

export const FLANNEL_FOR_CRIO = Object.entries(FLANNEL_UNDER_CRIO)
  .map(([minor, patch]) => `v1.${minor}.${patch}`)
  .join(', ');

/** @see K3s documentation, Advanced, Using Docker as the Container Runtime; k3s agent */
export const K3S_RUNTIMES: RuntimePairs = {
  containerd: { kind: 'own', note: 'K3s brings its own containerd, and registries.yaml is for that one alone' },
  'cri-o': {
    kind: 'keys',
    keys: { 'container-runtime-endpoint': RUNTIMES['cri-o'].endpoint },
    onMachine: 'CRI-O, of the minor of Kubernetes or one before, with crun or runc',
    note: `K3s starts no containerd. Archives of images are not imported, registries.yaml is not read, and runtimes beside the default one are not found. Flannel connects its pods from ${FLANNEL_FOR_CRIO} and v1.36 on`,
  },
  docker: {
    kind: 'keys',
    keys: { docker: true },
    onMachine: 'Docker Engine, not as a snap; cri-dockerd is part of K3s',
    note: 'K3s calls it experimental. Archives of images are not imported, registries.yaml is not read, and runtimes beside the default one are not found',
  },
};
