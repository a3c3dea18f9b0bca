/** What an image is built for and a node runs, written as OCI indexes write it. */
export const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/riscv64'] as const;

export type Platform = (typeof PLATFORMS)[number];

const ARCH = {
  'linux/amd64': 'amd64',
  'linux/arm64': 'arm64',
  // Go, and so Kubernetes, has one name for all 32-bit ARM: an `arm` node may still be too old for a v7 image.
  'linux/arm/v7': 'arm',
  'linux/riscv64': 'riscv64',
} as const satisfies Readonly<Record<Platform, string>>;

export type KubernetesArch = (typeof ARCH)[Platform];

/**
 * The value of the node label `kubernetes.io/arch` on a node of this platform.
 *
 * @see Kubernetes documentation, Well-Known Labels, Annotations and Taints
 */
export function kubernetesArch(platform: Platform): KubernetesArch {
  return ARCH[platform];
}
