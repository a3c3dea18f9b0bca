import { guessed, published } from '../model/figure';
import { parseK3sVersion } from './k3s';

const REGISTRY = 'docker.io/rancher';

/** Releases from which on a minor's archive of images has another busybox; before the first, and for minors that are not named, see `busyboxTag`. */
const BUSYBOX_SINCE = {
  '1.36.1': published({ 27: 7, 28: 3 }, 'K3s issues 8608 and 8373, which name the first releases: v1.27.7, v1.28.3'),
  '1.37.0': guessed(
    { 31: 15, 32: 11, 33: 7, 34: 3 },
    'K3s issue 13236 names v1.34.3; of the other minors, the release of the same month, December 2025',
  ),
} as const;

/**
 * The image of busybox that K3s itself uses to make local volumes. It stands in the archive of images of each release, so that a site without a link
 * has it, and it is made for amd64, arm64 and arm/v7. What is no release of K3s counts as the newest.
 *
 * @see K3s source, scripts/airgap/image-list.txt and manifests/local-storage.yaml
 */
export function busyboxImage(version: string): string {
  return `${REGISTRY}/mirrored-library-busybox:${busyboxTag(version)}`;
}

function busyboxTag(version: string): string {
  const release = parseK3sVersion(version);
  if (release === undefined || release.minor > 34) return '1.37.0';
  const since = (table: Readonly<Record<number, number>>): boolean =>
    release.patch >= (table[release.minor] ?? Number.POSITIVE_INFINITY);
  if (since(BUSYBOX_SINCE['1.37.0'].value)) return '1.37.0';
  return release.minor >= 29 || since(BUSYBOX_SINCE['1.36.1'].value) ? '1.36.1' : '1.34.1';
}

/** What holds a pod together: on each node already, for no pod starts without it. @see K3s documentation, k3s server, pause-image */
export const PAUSE_IMAGE = published(`${REGISTRY}/mirrored-pause:3.6`, 'K3s documentation, k3s server, pause-image');

/** Made for amd64, arm64 and arm. @see https://github.com/rancher/system-upgrade-controller, release workflow */
export const UPGRADE_CONTROLLER_IMAGE = published(
  `${REGISTRY}/system-upgrade-controller:v0.20.1`,
  'system-upgrade-controller, tag v0.20.1',
);

/** K3s's binary and what exchanges it, for amd64, arm64 and arm. A plus is no letter of a tag. @see https://github.com/k3s-io/k3s-upgrade */
export function upgradeImage(version: string): string {
  return `${REGISTRY}/k3s-upgrade:${version.replaceAll('+', '-')}`;
}

/** Size of the image for upgrades, as it travels. */
export const UPGRADE_IMAGE_MIB = guessed(
  100,
  'EdgeCDK estimate: the binary is "less than 100 MB" in the K3s documentation, and Alpine with three packages comes on top',
);

/** Made for amd64, arm64 and arm/v7. @see https://github.com/kube-vip/kube-vip, release workflow */
export const KUBE_VIP_IMAGE = published('ghcr.io/kube-vip/kube-vip:v1.2.3', 'kube-vip, tag v1.2.3');

/** Whether an image of workloads stands in the archive of that release. What K3s runs itself is there, too; these are those that others have a use for. */
export function isInK3sArchive(image: string, version: string): boolean {
  return image === busyboxImage(version) || image === PAUSE_IMAGE.value;
}
