import type { MicroK8sAddonName } from '../lib/catalog/microk8s-addons';
import type { MicroK8sAddonInput } from '../lib/model/microk8s-node-input';

/** Addons with arguments that are known; what they take beside these, `arguments` of `MicroK8sAddonOptions` says as MicroK8s reads it. */
interface KnownAddons {
  /** CoreDNS. `false` for a DNS of your own, for which `network.clusterDns` is said. @default true */
  readonly dns?: boolean | MicroK8sDns;
  /** Addresses that services of type LoadBalancer are given, as ranges or networks. Without them the addon would ask. @default - no load balancer */
  readonly metallb?: MicroK8sMetalLb;
  /** GPUs of NVIDIA, on amd64 with the classic snap alone; from 1.29 on. @default - none */
  readonly nvidia?: true | MicroK8sNvidia;
  /** A registry at port 32000 of every node. @default - none */
  readonly registry?: true | MicroK8sRegistry;
}

export interface MicroK8sDns {
  /** Addresses that CoreDNS asks. @default - those of the node's own `resolv.conf` */
  readonly nameservers: readonly string[];
}

export interface MicroK8sMetalLb {
  /**
   * `192.168.2.20-192.168.2.30`, or `192.168.2.32/28`, outside of the networks of pods and services; equal at all sites, for site values in them are an error at synth.
   * Where sites differ, install MetalLB as a workload, with an IPAddressPool of each site.
   */
  readonly addresses: readonly string[];
}

export interface MicroK8sNvidia {
  /** Which driver: that of the operator, or that of the node. @default - as the addon finds it */
  readonly driver?: 'auto' | 'operator' | 'host';
  /** @default - as the addon's release says */
  readonly operatorVersion?: string;
}

export interface MicroK8sRegistry {
  /** `40Gi` @default '20Gi' */
  readonly size?: `${number}Gi`;
}

/** Arguments of an addon, as `microk8s enable NAME` takes them: words without spaces. */
export interface MicroK8sAddonOptions {
  readonly arguments: readonly string[];
}

/**
 * Addons by name. One that the track, the confinement or the architecture of a node does not have is an error at synth. An addon is enabled once in the
 * life of a cluster: one that is taken away here stays until somebody disables it.
 */
export type MicroK8sAddons = KnownAddons & {
  readonly [Name in Exclude<MicroK8sAddonName, keyof KnownAddons>]?: true | MicroK8sAddonOptions;
};

/** `rbac` first, so that nothing is ever open to all; then DNS, which others need; the rest by name, community addons last. */
const FIRST: readonly string[] = ['rbac', 'dns', 'helm3', 'hostpath-storage'];

/** @internal Addons in the order in which they are enabled. */
export function addonInputs(addons: MicroK8sAddons = {}): MicroK8sAddonInput[] {
  const said = Object.entries({ dns: true, ...addons }).filter(([, value]) => value !== undefined && value !== false);
  const place = (name: string) => {
    const first = FIRST.indexOf(name);
    return first < 0 ? FIRST.length : first;
  };
  return said
    .map(([name, value]) => ({ name, arguments: argumentsOf(name, value) }))
    .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
}

function argumentsOf(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('arguments' in value) return [...(value as MicroK8sAddonOptions).arguments];
  switch (name) {
    case 'dns':
      return [(value as MicroK8sDns).nameservers.join(',')];
    case 'metallb':
      return [(value as MicroK8sMetalLb).addresses.join(',')];
    case 'registry': {
      const { size } = value as MicroK8sRegistry;
      return size === undefined ? [] : ['--size', size];
    }
    case 'nvidia': {
      const { driver, operatorVersion } = value as MicroK8sNvidia;
      return [
        ...(driver === undefined ? [] : ['--gpu-operator-driver', driver]),
        ...(operatorVersion === undefined ? [] : ['--gpu-operator-version', operatorVersion]),
      ];
    }
    default:
      return [];
  }
}
