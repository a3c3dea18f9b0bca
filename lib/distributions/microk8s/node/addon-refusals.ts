import { MICROK8S_TRACKS, type MicroK8sChannelParts, type MicroK8sMinor } from '../../../catalog/microk8s';
import { addonFacts, isMicroK8sAddon, MICROK8S_ADDONS } from '../../../catalog/microk8s-addons';
import type { MicroK8sAddonInput, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { nearest } from '../../../model/nearest';
import { architecturesOf } from './machine-refusals';
import { metalLbRefusals } from './metallb-refusals';

/**
 * What is wrong with addons. MicroK8s itself ends well where it knows no addon of a name, and an addon that asks waits for an answer that nobody gives:
 * so all of it is said here.
 */
export function addonRefusals(input: MicroK8sNodeInput, channel: MicroK8sChannelParts): Array<string | false> {
  const { addons } = input.cluster;
  const names = addons.map(({ name }) => name);
  return [
    names.length > new Set(names).size && 'an addon is named twice; name it once',
    names.includes('rbac') &&
      names[0] !== 'rbac' &&
      'rbac must be the first of the addons: until then, all is open to all',
    ...addons.flatMap((addon) => refusalsOf(addon, input, channel)),
  ];
}

function refusalsOf(
  addon: MicroK8sAddonInput,
  input: MicroK8sNodeInput,
  channel: MicroK8sChannelParts,
): Array<string | false> {
  const { name } = addon;
  if (!isMicroK8sAddon(name)) return [noAddon(name)];
  const facts = addonFacts(name);
  const names = input.cluster.addons.map((other) => other.name);
  const lacking = architecturesOf(input.deviceClass.platforms).filter((one) => !facts.architectures.includes(one));
  const fetches = facts.fetches !== undefined && !isBefore(channel.minor, facts.fetchesSince);
  return [
    (isBefore(channel.minor, facts.since) || isBefore(facts.until, channel.minor)) &&
      `MicroK8s ${channel.minor} has no addon ${name}; it is in ${range(facts.since, facts.until)}`,
    channel.confinement === 'strict' &&
      facts.confinement === 'classic' &&
      `the addon ${name} needs the classic snap; take the channel ${channel.minor}/${channel.risk}, or leave it out`,
    input.deviceClass.platforms !== undefined &&
      lacking.length > 0 &&
      `the addon ${name} is for ${facts.architectures.join(', ')} alone, and device class '${input.deviceClass.id}' has nodes of ${lacking.join(', ')}; leave it out`,
    input.link.kind === 'offline' &&
      fetches &&
      `the addon ${name} fetches ${facts.fetches}, which a site without a link cannot; deliver it as a workload instead`,
    facts.asks !== undefined &&
      addon.arguments.length === 0 &&
      `the addon ${name} asks for ${facts.asks} where it is given none, and nobody answers; give it ${facts.asks}`,
    ...(facts.needs ?? []).map(
      (needed) =>
        needed === 'dns' && !names.includes(needed) && `the addon ${name} needs the addon ${needed}; enable both`,
    ),
    ...(name === 'metallb' && addon.arguments.every(isWord) ? metalLbRefusals(addon, input) : []),
    ...addon.arguments.map(
      (argument) =>
        !isWord(argument) &&
        `an argument of the addon ${name} is no plain word ('${argument}'); write it without spaces and quotes`,
    ),
  ];
}

function isWord(argument: string): boolean {
  return /^[A-Za-z0-9_.,:=@/+-]+$/.test(argument);
}

function noAddon(name: string): string {
  const known = Object.keys(MICROK8S_ADDONS);
  const meant = nearest(name, known);
  const advice = meant === undefined ? `take one of ${known.sort().join(', ')}` : `did you mean '${meant}'?`;
  return `there is no addon '${name}', and MicroK8s would pass over it without an error; ${advice}`;
}

function isBefore(minor: MicroK8sMinor | undefined, other: MicroK8sMinor | undefined): boolean {
  const order = Object.keys(MICROK8S_TRACKS);
  return minor !== undefined && other !== undefined && order.indexOf(minor) < order.indexOf(other);
}

function range(since: string | undefined, until: string | undefined): string {
  if (until === undefined) return `${since} and later`;
  return since === undefined ? `${until} and earlier` : `${since} to ${until}`;
}
