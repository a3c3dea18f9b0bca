import type { ContainerRuntime } from '../model/container-runtime';
import { parseK3sVersion } from './k3s';

const KUBERNETES = 'Kubernetes documentation, Container Runtimes';
const CONTAINERD = 'containerd documentation, docs/hosts.md and docs/cri/config.md';
const CRIO = 'CRI-O documentation, crio.conf(5), and containers-registries.conf(5)';
const DOCKER = 'Docker documentation, dockerd, Daemon configuration file; Mirantis/cri-dockerd, README';

export interface RuntimeFacts {
  readonly name: ContainerRuntime;
  /** As people call it. */
  readonly title: string;
  /** What the kubelet dials. */
  readonly endpoint: `unix://${string}`;
  /** Of its stock configuration on a system with cgroup v2, or as we configure it. */
  readonly cgroupDriver: 'systemd' | 'cgroupfs';
  readonly unit: string;
  /** What else must run for it to be one for Kubernetes, where the distribution has not got that itself. */
  readonly needs: readonly string[];
  /** File, or folder, in which it takes mirrors of registries. */
  readonly mirrors: { readonly path: string; readonly form: 'hosts.toml' | 'registries.conf' | 'daemon.json' };
  /** Registries that it can take mirrors for. */
  readonly mirrorsOf: 'any registry' | 'Docker Hub alone';
  readonly source: string;
}

export const RUNTIMES = {
  containerd: {
    name: 'containerd',
    title: 'containerd',
    endpoint: 'unix:///run/containerd/containerd.sock',
    // As its configuration is written here; its own default is cgroupfs.
    cgroupDriver: 'systemd',
    unit: 'containerd.service',
    needs: [],
    mirrors: { path: '/etc/containerd/certs.d', form: 'hosts.toml' },
    mirrorsOf: 'any registry',
    source: `${KUBERNETES}; ${CONTAINERD}`,
  },
  'cri-o': {
    name: 'cri-o',
    title: 'CRI-O',
    endpoint: 'unix:///var/run/crio/crio.sock',
    cgroupDriver: 'systemd',
    unit: 'crio.service',
    needs: [],
    mirrors: { path: '/etc/containers/registries.conf.d/50-edgecdk.conf', form: 'registries.conf' },
    mirrorsOf: 'any registry',
    source: `${KUBERNETES}; ${CRIO}`,
  },
  docker: {
    name: 'docker',
    title: 'Docker Engine',
    endpoint: 'unix:///var/run/cri-dockerd.sock',
    // As its configuration is written here.
    cgroupDriver: 'systemd',
    unit: 'docker.service',
    needs: ['cri-docker.service'],
    mirrors: { path: '/etc/docker/daemon.json', form: 'daemon.json' },
    mirrorsOf: 'Docker Hub alone',
    source: `${KUBERNETES}; ${DOCKER}`,
  },
} as const satisfies Readonly<Record<ContainerRuntime, RuntimeFacts>>;

/** Where a runtime looks for network plug-ins, and for the networks that they are to make. */
export interface CniFolders {
  readonly plugins: string;
  readonly networks: string;
}

export const CNI_FOLDERS: CniFolders = { plugins: '/opt/cni/bin', networks: '/etc/cni/net.d' };

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

export type RuntimeDistribution = 'k3s' | 'microk8s' | 'kubeedge';

/** How a distribution is told of a runtime; `refused` says why it cannot have it. */
export type RuntimePair =
  | { readonly kind: 'own'; readonly note: string }
  | {
      readonly kind: 'keys';
      readonly keys: Readonly<Record<string, string | boolean>>;
      /** What must be on the machine: EdgeCDK configures it, and installs none of it. */
      readonly onMachine: string;
      readonly note: string;
    }
  | { readonly kind: 'refused'; readonly reason: string };

const OWN_SNAP = 'the snap of MicroK8s starts its own containerd, and its kubelet knows no other';

/** @see K3s documentation, Advanced, Using Docker as the Container Runtime; k3s agent; MicroK8s documentation, Services and ports */
export const RUNTIME_PAIRS: Readonly<Record<RuntimeDistribution, Readonly<Record<ContainerRuntime, RuntimePair>>>> = {
  k3s: {
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
  },
  microk8s: {
    containerd: { kind: 'own', note: 'the snap brings its own containerd' },
    'cri-o': { kind: 'refused', reason: OWN_SNAP },
    docker: { kind: 'refused', reason: OWN_SNAP },
  },
  kubeedge: {
    containerd: {
      kind: 'keys',
      keys: edgecoreKeys('containerd'),
      onMachine: 'containerd 1.6 or later, with runc',
      note: 'its whole config.toml is written, with its CRI part on',
    },
    'cri-o': {
      kind: 'keys',
      keys: edgecoreKeys('cri-o'),
      onMachine: 'CRI-O, with crun or runc',
      note: 'a file beside its own configuration is written',
    },
    docker: {
      kind: 'keys',
      keys: edgecoreKeys('docker'),
      onMachine:
        'Docker Engine, not as a snap, and cri-dockerd with its units cri-docker.service and cri-docker.socket',
      note: 'KubeEdge has had no part for Docker itself since 1.14',
    },
  },
};

function edgecoreKeys(runtime: ContainerRuntime): Readonly<Record<string, string>> {
  const { endpoint, cgroupDriver } = RUNTIMES[runtime];
  return { containerRuntimeEndpoint: endpoint, imageServiceEndpoint: endpoint, cgroupDriver };
}
