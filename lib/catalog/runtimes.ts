import type { RuntimeName } from '../model/runtime-name';

const KUBERNETES = 'Kubernetes documentation, Container Runtimes';
const CONTAINERD = 'containerd documentation, docs/hosts.md and docs/cri/config.md';
const CRIO = 'CRI-O documentation, crio.conf(5), and containers-registries.conf(5)';
const DOCKER = 'Docker documentation, dockerd, Daemon configuration file; Mirantis/cri-dockerd, README';

export interface RuntimeFacts {
  readonly name: RuntimeName;
  /** What the kubelet dials. */
  readonly endpoint: `unix://${string}`;
  /** Of its stock configuration on a system with cgroup v2, or as we configure it. */
  readonly cgroupDriver: 'systemd' | 'cgroupfs';
  readonly unit: string;
  /** What else must run for it to be one for Kubernetes. */
  readonly needs: readonly string[];
  /** File, or folder, in which it takes mirrors of registries. */
  readonly mirrors: { readonly path: string; readonly form: 'hosts.toml' | 'registries.conf' | 'daemon.json' };
  /** Registries that it can take mirrors for. */
  readonly mirrorsOf: 'any registry' | 'Docker Hub alone';
  /** Folder in which it looks for its network plug-ins. */
  readonly cniFolder: string;
  readonly source: string;
}

export const RUNTIMES = {
  containerd: {
    name: 'containerd',
    endpoint: 'unix:///run/containerd/containerd.sock',
    // As its configuration is written here; its own default is cgroupfs.
    cgroupDriver: 'systemd',
    unit: 'containerd.service',
    needs: [],
    mirrors: { path: '/etc/containerd/certs.d', form: 'hosts.toml' },
    mirrorsOf: 'any registry',
    cniFolder: '/opt/cni/bin',
    source: `${KUBERNETES}; ${CONTAINERD}`,
  },
  'cri-o': {
    name: 'cri-o',
    endpoint: 'unix:///var/run/crio/crio.sock',
    cgroupDriver: 'systemd',
    unit: 'crio.service',
    needs: [],
    mirrors: { path: '/etc/containers/registries.conf.d/50-edgecdk.conf', form: 'registries.conf' },
    mirrorsOf: 'any registry',
    cniFolder: '/opt/cni/bin',
    source: `${KUBERNETES}; ${CRIO}`,
  },
  docker: {
    name: 'docker',
    endpoint: 'unix:///var/run/cri-dockerd.sock',
    cgroupDriver: 'systemd',
    unit: 'docker.service',
    needs: ['cri-docker.service'],
    mirrors: { path: '/etc/docker/daemon.json', form: 'daemon.json' },
    mirrorsOf: 'Docker Hub alone',
    cniFolder: '/opt/cni/bin',
    source: `${KUBERNETES}; ${DOCKER}`,
  },
} as const satisfies Readonly<Record<RuntimeName, RuntimeFacts>>;

export type RuntimeDistribution = 'k3s' | 'microk8s' | 'kubeedge';

/** How a distribution is told of a runtime; `refused` says why it cannot have it. */
export type RuntimePair =
  | { readonly kind: 'own'; readonly note: string }
  | { readonly kind: 'keys'; readonly keys: Readonly<Record<string, string | boolean>>; readonly note: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** @see K3s documentation, Advanced, Using Docker as the Container Runtime; k3s agent; MicroK8s documentation, Services and ports */
export const RUNTIME_PAIRS: Readonly<Record<RuntimeDistribution, Readonly<Record<RuntimeName, RuntimePair>>>> = {
  k3s: {
    containerd: { kind: 'own', note: 'K3s brings its own containerd, and registries.yaml is for that one alone' },
    'cri-o': {
      kind: 'keys',
      keys: { 'container-runtime-endpoint': RUNTIMES['cri-o'].endpoint },
      note: 'K3s starts no containerd of its own; registries.yaml, private-registry, the images of an air gap and snapshotter have no effect, and flannel needs its plug-ins in /opt/cni/bin',
    },
    docker: {
      kind: 'keys',
      keys: { docker: true },
      note: 'cri-dockerd is part of K3s; registries.yaml and private-registry have no effect, and mirrors stand in daemon.json',
    },
  },
  microk8s: {
    containerd: { kind: 'own', note: 'the snap brings its own containerd' },
    'cri-o': {
      kind: 'refused',
      reason: 'the snap of MicroK8s starts its own containerd, and its kubelet knows no other',
    },
    docker: {
      kind: 'refused',
      reason: 'the snap of MicroK8s starts its own containerd, and its kubelet knows no other',
    },
  },
  kubeedge: {
    containerd: {
      kind: 'keys',
      keys: edgecoreKeys('containerd'),
      note: 'must be on the machine, with its CRI part on',
    },
    'cri-o': { kind: 'keys', keys: edgecoreKeys('cri-o'), note: 'must be on the machine' },
    docker: {
      kind: 'keys',
      keys: edgecoreKeys('docker'),
      note: 'cri-dockerd must be on the machine: KubeEdge has had no part for Docker itself since 1.14',
    },
  },
};

function edgecoreKeys(runtime: RuntimeName): Readonly<Record<string, string>> {
  const { endpoint, cgroupDriver } = RUNTIMES[runtime];
  return { containerRuntimeEndpoint: endpoint, imageServiceEndpoint: endpoint, cgroupDriver };
}
