import { type Cidr, holds, isNetwork, overlap, parseCidr } from '../../model/cidr';
import type { NetworkText, NetworkTexts } from '../../model/distribution';
import { networkOf, parseIp } from '../../model/ip';
import { listSome } from '../../model/problem';
import { hasToken } from '../../model/token';

/** What a cluster takes for itself, its distribution's own networks where it says nothing. */
export interface ClusterNetworks {
  readonly pods: readonly Cidr[];
  readonly services: readonly Cidr[];
  /** What they are called in the program. */
  readonly props: Readonly<Record<'pods' | 'services', string>>;
  /** What is wrong with them whatever the site. */
  readonly problems: readonly string[];
}

/** Reads the networks of a cluster. Those that cannot be read are left out, and site values, which are refused elsewhere. */
export function clusterNetworks(said: NetworkTexts): ClusterNetworks {
  const pods = readNetworks(said.pods);
  // A cluster whose services are elsewhere has none.
  const services = said.services ? readNetworks(said.services) : { networks: [], isWhole: false, problems: [] };
  const problems = [...pods.problems, ...services.problems];
  const props = { pods: said.pods.prop, services: said.services?.prop ?? '' };
  const made = { pods: pods.networks, services: services.networks, props };
  // What follows from networks that are wrong would be told twice.
  if (problems.length > 0 || !pods.isWhole || !services.isWhole) return { ...made, problems };
  return { ...made, problems: [...pairProblems(made), ...dnsProblems(said.dns, made)] };
}

interface Networks {
  readonly networks: readonly Cidr[];
  /** Whether all of them could be read. */
  readonly isWhole: boolean;
  readonly problems: readonly string[];
}

function readNetworks({ prop, texts }: NetworkText): Networks {
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
function pairProblems({ pods, services, props }: Omit<ClusterNetworks, 'problems'>): string[] {
  const both = `${listOf(pods)} for pods (${props.pods}) and ${listOf(services)} for services (${props.services})`;
  if (families(pods).sort().join() !== families(services).sort().join())
    return [`has ${both}; give both the same of IPv4 and IPv6`];
  if (pods.some((pod) => services.some((service) => overlap(pod, service))))
    return [`has ${both}, which overlap; give them networks apart`];
  return [];
}

function dnsProblems({ prop, texts }: NetworkText, { services, props }: Omit<ClusterNetworks, 'problems'>): string[] {
  return texts.flatMap((text) => {
    if (hasToken(text)) return [];
    const ip = parseIp(text);
    if (!ip) return [`has ${JSON.stringify(text)} in ${prop}; write an address such as 10.43.0.10`];
    if (services.some((network) => holds(network, ip))) return [];
    return [
      `has ${text} in ${prop}, which is not in ${listOf(services)}, the network of its services (${props.services})`,
    ];
  });
}

function families(networks: readonly Cidr[]): number[] {
  return networks.map(({ ip }) => ip.bytes.length);
}

function listOf(networks: readonly Cidr[]): string {
  return listSome(networks.map(({ ip, prefix }) => `${ip.text}/${prefix}`));
}
