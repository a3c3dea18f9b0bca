import { holds } from '../../model/cidr';
import { type Ip, inOneNetwork, networkOf, parseIp, whyNoHost } from '../../model/ip';
import type { NodeRecord } from '../../model/node-model';
import type { RegistrationModel } from '../../model/nodes-model';
import type { Plan } from '../../model/plan';
import type { Problem } from '../../model/problem';
import { siteInput } from '../../model/site-texts';
import { type ClusterNetworks, clusterNetworks } from './cluster-networks';
import { SiteFindings } from './site-findings';

/**
 * Networks of clusters and addresses of machines that keep each other from working. Each fault once, with the sites that have it. Addresses of pods and
 * services are routed on each machine itself, so that nobody else can have them.
 */
export function networkProblems({ sites, cohorts, nodes, tokens }: Plan): Problem[] {
  const findings = new SiteFindings();
  const clusters = new Map(
    cohorts.flatMap(({ id, cluster }) => {
      const { distribution, machines, shared } = cluster;
      if (!machines) return [];
      return [[id, { machines, shared, networks: clusterNetworks(distribution.machines.networks(machines)) }] as const];
    }),
  );
  for (const site of sites) {
    const known = clusters.get(site.cohort);
    const own = (nodes.get(site.name) ?? []).filter(({ tree }) => tree !== undefined);
    if (!known || own.length === 0) continue;
    const { machines, networks } = known;
    for (const message of networks.problems) findings.add(site.blueprint, message);
    const add = (message: string, detail: string) => findings.add(site.blueprint, message, `${site.name}: ${detail}`);
    nodesInside(own, networks, add);
    const ip = virtualIp(machines.registration, siteInput(site, known, tokens).registrationHost);
    if (!ip) continue;
    inside([ip], networks, (where) => add(`has a virtual IP in ${where}; take another`, ip.text));
    besideNodes(ip, nodes.get(site.name) ?? [], add);
  }
  return findings.list;
}

/** What is wrong, and which part of the site it is about. */
type Add = (message: string, detail: string) => void;

function virtualIp(registration: RegistrationModel | undefined, text: string | undefined): Ip | undefined {
  return registration?.kind === 'virtual-ip' && text !== undefined ? parseIp(text) : undefined;
}

function nodesInside(nodes: readonly NodeRecord[], networks: ClusterNetworks, add: Add): void {
  const slots = new Map<string, string[]>();
  for (const node of nodes)
    inside(addressesOf(node), networks, (where) => {
      const message = `has machines in ${where}; give them other addresses, or the cluster another network`;
      slots.set(message, [...(slots.get(message) ?? []), node.slot]);
    });
  for (const [message, found] of slots) add(message, found.join(' '));
}

function addressesOf({ address, host }: NodeRecord): Ip[] {
  return [address.kind === 'dynamic' ? undefined : address.ip, host].flatMap((text) => parseIp(text ?? '') ?? []);
}

/** Tells each network of the cluster that has an address of these, with its use. */
function inside(own: readonly Ip[], { pods, services, props }: ClusterNetworks, tell: (where: string) => void): void {
  const uses = [
    [pods, `the network of its pods (${props.pods})`],
    [services, `the network of its services (${props.services})`],
  ] as const;
  for (const [networks, use] of uses)
    for (const network of networks)
      if (own.some((ip) => holds(network, ip))) tell(`${network.ip.text}/${network.prefix}, ${use}`);
}

function besideNodes(ip: Ip, nodes: readonly NodeRecord[], add: Add): void {
  const bearers = nodes.filter(({ address }) => address.kind !== 'dynamic' && address.ip === ip.text);
  if (bearers.length > 0)
    add(
      'has a virtual IP that is the address of a machine; give it one of its own',
      bearers.map(({ slot }) => slot).join(' '),
    );
  const statics = nodes.flatMap(({ role, address }) =>
    role === 'server' && address.kind === 'static' ? [address] : [],
  );
  if (statics.some(({ gateway }) => gateway === ip.text))
    add('has a virtual IP that is the address of the router; give it one of its own', ip.text);
  for (const { ip: text, prefix } of statics) {
    const server = parseIp(text);
    // A server may have an address of the other family, too, that nobody says.
    if (!server || server.bytes.length !== ip.bytes.length) continue;
    const network = networkOf(server, prefix);
    const unfit = whyNoHost(ip, prefix);
    if (!inOneNetwork(server, ip, prefix))
      add(
        'has a virtual IP outside the network of its servers, so that nobody would find it; take an address of that network',
        `${ip.text} is not in ${network}`,
      );
    else if (unfit !== undefined)
      add('has a virtual IP that no machine can have; take another address', `${ip.text} is ${unfit}`);
  }
}
