/** What a technician's sheet says of the distribution of a site. */
export interface DistributionWords {
  /** What starts on its machines: `K3s`. */
  readonly title: string;
  /** Gives a cluster what is in `edgecdk/manifests`; run on a server, in the folder of the medium. */
  readonly applyManifests: string;
  /** Gives a machine what is in `artifacts/images`; run on it, in the folder of the medium. */
  readonly importImages: string;
}

/** The words of a distribution, by the settings of a tree of the site. */
export function distributionWords(
  distribution: string | undefined,
  settings: ReadonlyMap<string, string>,
): DistributionWords {
  switch (distribution) {
    case 'k3s':
      return {
        title: 'K3s',
        applyManifests: 'sudo install -m 600 -t /var/lib/rancher/k3s/server/manifests edgecdk/manifests/*.yaml',
        importImages:
          'sudo install -D -m 600 -t /var/lib/rancher/k3s/agent/images artifacts/images/* (and restart the machine)',
      };
    case 'microk8s':
      return {
        title: 'MicroK8s',
        applyManifests: 'sudo microk8s kubectl apply -f edgecdk/manifests',
        importImages: importEach('microk8s ctr image import'),
      };
    case 'kubeedge':
      return {
        title: 'edgecore',
        applyManifests: APPLY,
        importImages: importEach(loadCommand(settings.get('RUNTIME_SOCKET') ?? '')),
      };
    default:
      return {
        title: distribution ?? 'Kubernetes',
        applyManifests: APPLY,
        importImages: 'load each archive into the container runtime of the machine',
      };
  }
}

const APPLY = 'kubectl apply -f edgecdk/manifests';

function importEach(command: string): string {
  return `for archive in artifacts/images/*; do sudo ${command} "$archive"; done`;
}

/** CRI-O has no command of its own, and shares its images with Podman. */
function loadCommand(socket: string): string {
  if (socket.includes('crio')) return 'podman load --input';
  return socket.includes('docker') ? 'docker load --input' : 'ctr --namespace k8s.io images import';
}
