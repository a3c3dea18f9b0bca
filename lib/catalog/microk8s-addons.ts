import type { MicroK8sArchitecture, MicroK8sMinor } from './microk8s';

const CORE = 'canonical/microk8s-core-addons, addons.yaml of each branch';
const COMMUNITY = 'canonical/microk8s-community-addons, addons.yaml of each branch';
const BOTH = ['amd64', 'arm64'] as const;
const AMD64 = ['amd64'] as const;

export interface MicroK8sAddonFacts {
  readonly repository: 'core' | 'community';
  readonly architectures: readonly MicroK8sArchitecture[];
  /** `classic`: not with the strict snap. @default - with both */
  readonly confinement?: 'classic';
  /** First track that has it. @default - the first that is known */
  readonly since?: MicroK8sMinor;
  /** Last track that has it. @default - all later ones */
  readonly until?: MicroK8sMinor;
  /** Addons that it enables or asks for. @default - none */
  readonly needs?: readonly MicroK8sAddonName[];
  /** What it fetches beside images, so that a site without a link cannot have it. @default - nothing */
  readonly fetches?: string;
  /** First track whose script fetches it; those before apply manifests of their own. @default - all */
  readonly fetchesSince?: MicroK8sMinor;
  /** Whether it asks a question where it has no argument, which nobody answers. @default - no */
  readonly asks?: string;
  readonly source: string;
}

/**
 * Addons by name. Aliases are left out (`storage`, `gpu` from 1.29 on, `prometheus`), as is what would be switched on or off behind the back of a cluster
 * that lives (`ha-cluster`). `microk8s enable` ends well where it knows no addon of a name, so that a misspelt one would be silent.
 */
export const MICROK8S_ADDONS = {
  'cert-manager': core(BOTH, { needs: ['helm3'], fetches: 'a chart', fetchesSince: '1.33' }),
  'cis-hardening': core(BOTH, { since: '1.28' }),
  dashboard: core(BOTH, { until: '1.35', needs: ['metrics-server'], fetches: 'a chart', fetchesSince: '1.33' }),
  dns: core(BOTH),
  gpu: core(AMD64, { until: '1.28', confinement: 'classic', needs: ['dns', 'helm3'], fetches: 'a chart of NVIDIA' }),
  helm: core(BOTH),
  helm3: core(BOTH),
  'host-access': core(BOTH),
  'hostpath-storage': core(BOTH),
  ingress: core(BOTH, { fetches: 'a chart and definitions of Gateway API', fetchesSince: '1.35' }),
  'kube-ovn': core(BOTH, { confinement: 'classic' }),
  mayastor: core(BOTH, { needs: ['dns', 'helm3'], fetches: 'a chart' }),
  metallb: core(BOTH, { asks: 'addresses' }),
  'metrics-server': core(BOTH),
  minio: core(BOTH, { needs: ['dns', 'hostpath-storage'], fetches: 'a plug-in' }),
  nvidia: core(AMD64, {
    since: '1.29',
    confinement: 'classic',
    needs: ['dns', 'helm3'],
    fetches: 'a chart of NVIDIA',
  }),
  observability: core(BOTH, { needs: ['dns', 'helm3', 'hostpath-storage'], fetches: 'charts' }),
  rbac: core(BOTH),
  registry: core(BOTH, { needs: ['hostpath-storage'] }),
  'rook-ceph': core(BOTH, { since: '1.28', needs: ['dns', 'helm3'], fetches: 'a chart' }),
  amd: community(AMD64, { since: '1.34', confinement: 'classic' }),
  argocd: community(BOTH, { since: '1.28' }),
  cilium: community(BOTH, { confinement: 'classic' }),
  'cloudnative-pg': community(BOTH, { since: '1.29', confinement: 'classic' }),
  'dashboard-ingress': community(BOTH),
  easyhaproxy: community(BOTH),
  falco: community(BOTH, { since: '1.29' }),
  fluentd: community(AMD64),
  forgejo: community(BOTH, { since: '1.35' }),
  gopaddle: community(BOTH, { since: '1.28' }),
  inaccel: community(AMD64),
  istio: community(AMD64),
  jaeger: community(BOTH),
  kata: community(AMD64, { confinement: 'classic' }),
  keda: community(AMD64),
  knative: community(BOTH),
  kubearmor: community(BOTH, { since: '1.28', confinement: 'classic' }),
  kwasm: community(BOTH, { confinement: 'classic' }),
  linkerd: community(BOTH),
  microcks: community(BOTH, { since: '1.28' }),
  multus: community(BOTH, { confinement: 'classic' }),
  nfs: community(AMD64, { confinement: 'classic' }),
  ngrok: community(BOTH, { since: '1.29', confinement: 'classic' }),
  openebs: community(BOTH),
  openfaas: community(AMD64),
  'osm-edge': community(BOTH),
  parking: community(BOTH),
  portainer: community(BOTH),
  shifu: community(BOTH),
  sosivio: community(AMD64),
  'sriov-device-plugin': community(AMD64, { since: '1.31' }),
  stunner: community(BOTH, { since: '1.30' }),
  traefik: community(BOTH),
  trivy: community(BOTH),
} as const satisfies Readonly<
  Record<string, Omit<MicroK8sAddonFacts, 'needs'> & { readonly needs?: readonly string[] }>
>;

export type MicroK8sAddonName = keyof typeof MICROK8S_ADDONS;

export function isMicroK8sAddon(text: string): text is MicroK8sAddonName {
  return Object.hasOwn(MICROK8S_ADDONS, text);
}

export function addonFacts(name: MicroK8sAddonName): MicroK8sAddonFacts {
  return MICROK8S_ADDONS[name] as MicroK8sAddonFacts;
}

type More = Partial<
  Pick<MicroK8sAddonFacts, 'confinement' | 'since' | 'until' | 'fetches' | 'fetchesSince' | 'asks'>
> & {
  readonly needs?: readonly string[];
};

function core<const A extends readonly MicroK8sArchitecture[], const M extends More>(architectures: A, more?: M) {
  return { repository: 'core', architectures, source: CORE, ...(more as M) } as const;
}

/** All of them are scripts that `microk8s enable community` clones. */
function community<const A extends readonly MicroK8sArchitecture[], const M extends More>(architectures: A, more?: M) {
  return {
    repository: 'community',
    architectures,
    fetches: 'the repository of community addons',
    source: COMMUNITY,
    ...(more as M),
  } as const;
}
