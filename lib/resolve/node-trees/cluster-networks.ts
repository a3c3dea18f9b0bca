import { K3S_NETWORK_DEFAULTS } from '../../catalog/k3s-config';
import type { K3sNodesModel } from '../../model/k3s-cluster-model';
import { listSome } from '../../model/problem';
import { hasToken } from '../../model/token';
import { type Cidr, holds, isNetwork, overlap, parseCidr } from '../nodes/cidr';
import { networkOf, parseIp } from '../nodes/ip';

/** What a cluster takes for itself, K3s's own where it says nothing. */
export interface ClusterNetworks {
  readonly pods: readonly Cidr[];
  readonly services: readonly Cidr[];
  /** What is wrong with them whatever the site. */
  readonly problems: readonly string[];
}

/** Reads the networks of a cluster. Those that cannot be read are left out, and site values, which are refused elsewhere. */
export function clusterNetworks({ clusterCidr, serviceCidr, clusterDns }: K3sNodesModel['network']): ClusterNetworks {
  const pods = readNetworks('clusterCidr', clusterCidr ?? [K3S_NETWORK_DEFAULTS.clusterCidr]);
  const services = readNetworks('serviceCidr', serviceCidr ?? [K3S_NETWORK_DEFAULTS.serviceCidr]);
  const problems = [...pods.problems, ...services.problems];
  const made = { pods: pods.networks, services: services.networks };
  // What follows from networks that are wrong would be told twice.
  if (problems.length > 0 || !pods.isWhole || !services.isWhole) return { ...made, problems };
  return { ...made, problems: [...pairProblems(made), ...dnsProblems(clusterDns ?? [], made.services)] };
}

interface Networks {
  readonly networks: readonly Cidr[];
  /** Whether all of them could be read. */
  readonly isWhole: boolean;
  readonly problems: readonly string[];
}

function readNetworks(prop: string, texts: readonly string[]): Networks {
  const said = texts.filter((text) => !hasToken(text));
  const read = said.map((text) => ({ text, network: parseCidr(text) }));
  const networks = read.flatMap(({ network }) => network ?? []);
  const problems = read.flatMap(({ text, network }) => {
    if (!network) return [`has ${JSON.stringify(text)} in ${prop}; write a network such as 10.42.0.0/16`];
    if (isNetwork(network)) return [];
    return [
      `has ${text} in ${prop}, which is an address and no network; write ${networkOf(network.ip, network.prefix)}`,
    ];
  });
  if (texts.length === 0) problems.push(`has an empty ${prop}; name a network, or leave it out`);
  if (new Set(families(networks)).size < networks.length)
    problems.push(`has ${listOf(networks)} in ${prop}; give one network of IPv4, one of IPv6, or one of each`);
  return { networks, isWhole: networks.length === texts.length, problems };
}

/** @see K3s documentation, Basic Network Options: both networks of a cluster have the same families */
function pairProblems({ pods, services }: Pick<ClusterNetworks, 'pods' | 'services'>): string[] {
  const both = `${listOf(pods)} for pods (clusterCidr) and ${listOf(services)} for services (serviceCidr)`;
  if (families(pods).sort().join() !== families(services).sort().join())
    return [`has ${both}; give both the same of IPv4 and IPv6`];
  if (pods.some((pod) => services.some((service) => overlap(pod, service))))
    return [`has ${both}, which overlap; give them networks apart`];
  return [];
}

function dnsProblems(texts: readonly string[], services: readonly Cidr[]): string[] {
  return texts.flatMap((text) => {
    if (hasToken(text)) return [];
    const ip = parseIp(text);
    if (!ip) return [`has ${JSON.stringify(text)} in clusterDns; write an address such as 10.43.0.10`];
    if (services.some((network) => holds(network, ip))) return [];
    return [
      `has ${text} in clusterDns, which is not in ${listOf(services)}, the network of its services (serviceCidr)`,
    ];
  });
}

function families(networks: readonly Cidr[]): number[] {
  return networks.map(({ ip }) => ip.bytes.length);
}

function listOf(networks: readonly Cidr[]): string {
  return listSome(networks.map(({ ip, prefix }) => `${ip.text}/${prefix}`));
}
