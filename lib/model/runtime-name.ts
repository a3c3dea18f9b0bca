/** A container runtime that a kubelet may have. */
export type RuntimeName = 'containerd' | 'cri-o' | 'docker';
