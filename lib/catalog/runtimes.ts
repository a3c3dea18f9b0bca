import type { ContainerRuntime } from '../model/container-runtime';

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

/** What must be on the machine for a runtime, or undefined where the distribution brings all of it. */
export function mustBeOnMachine(pair: RuntimePair): string | undefined {
  return pair.kind === 'keys' ? pair.onMachine : undefined;
}

/** All that a distribution says of runtimes. */
export type RuntimePairs = Readonly<Record<ContainerRuntime, RuntimePair>>;
