import type { RuntimePairs } from './runtimes';

const OWN_SNAP = 'the snap of MicroK8s starts its own containerd, and its kubelet knows no other';

/** @see MicroK8s documentation, Services and ports */
export const MICROK8S_RUNTIMES: RuntimePairs = {
  containerd: { kind: 'own', note: 'the snap brings its own containerd' },
  'cri-o': { kind: 'refused', reason: OWN_SNAP },
  docker: { kind: 'refused', reason: OWN_SNAP },
};
