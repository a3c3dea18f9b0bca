import { DISTRIBUTION_RULES } from '../../../catalog/distribution-rules';
import { MICROK8S_TRACKS, type MicroK8sChannelParts, parseMicroK8sChannel } from '../../../catalog/microk8s';
import type { MachineWarning } from '../../../model/distribution';
import type { MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { addonRefusals } from './addon-refusals';
import { launchRefusals } from './launch-refusals';
import { machineRefusals } from './machine-refusals';
import { microk8sSecretRefusals, registryRefusals } from './secret-refusals';

/**
 * What is wrong with a description of nodes of this role and what to do, one sentence each; empty where trees can be made of it. No sentence repeats
 * what may be a secret.
 */
export function microk8sNodeRefusals(input: MicroK8sNodeInput): string[] {
  const { cluster } = input;
  const channel = parseMicroK8sChannel(cluster.channel);
  if (channel === undefined) return [channelRefusal(cluster.channel), ...machineRefusals(input).filter(isSaid)];
  return [
    ...clusterRefusals(input),
    ...networkRefusals(input, channel),
    ...launchRefusals(input, channel),
    ...addonRefusals(input, channel),
    ...registryRefusals(input),
    ...microk8sSecretRefusals(input),
    ...machineRefusals(input),
  ].filter(isSaid);
}

/** What is not sure to go wrong, one sentence each. */
export function microk8sNodeWarnings(input: MicroK8sNodeInput, role: 'server' | 'agent'): MachineWarning[] {
  const { cluster, dataMount, deviceClass, operatingSystem } = input;
  const card = deviceClass.storage === 'sd' || deviceClass.storage === 'emmc';
  const isArm = deviceClass.platforms?.includes('linux/arm64') === true;
  const texts = [
    role === 'server' &&
      cluster.servers > 1 &&
      card &&
      dataMount === undefined &&
      `dqlite writes all the time, and servers of device class '${deviceClass.id}' have a card; give them an SSD or a data disk`,
    operatingSystem.firewall === 'firewalld' &&
      'ports of MicroK8s are opened in ufw alone; open in firewalld those that the sheet of each site lists',
    isArm &&
      operatingSystem.name === 'jetson-l4t' &&
      'the addon nvidia is for amd64 alone, so that pods get no GPU of a Jetson from MicroK8s; K3s finds the runtime of its image',
  ].filter(isSaid);
  const open = !cluster.addons.some(({ name }) => name === 'rbac');
  return [
    ...texts.map((message) => ({ message })),
    ...(open
      ? [
          {
            message:
              'without the addon rbac, every pod with a token may do everything in its cluster; enable it, or acknowledge this',
            rule: DISTRIBUTION_RULES.microk8sRbac,
          },
        ]
      : []),
  ];
}

function channelRefusal(channel: string): string {
  const known = Object.keys(MICROK8S_TRACKS).join(', ');
  if (/^(latest\/)?(stable|candidate|beta|edge)$/.test(channel) || channel === 'latest')
    return `the channel '${channel}' goes on to the next minor by itself; name a track, such as 1.33/stable`;
  return `'${channel}' is no channel of MicroK8s that EdgeCDK knows; write it as 1.33/stable or 1.33-strict/stable, with a track of ${known}`;
}

function clusterRefusals({ cluster, token }: MicroK8sNodeInput): Array<string | false> {
  const { servers, agents } = cluster;
  return [
    servers % 2 === 0 &&
      `${servers} servers with dqlite stop when fewer fail than with ${Math.max(servers - 1, 1)}; take 1, 3 or 5`,
    (servers > 1 || agents) && token === undefined && 'several nodes need a token to join with: name its secret',
  ];
}

function networkRefusals({ cluster }: MicroK8sNodeInput, { minor }: MicroK8sChannelParts): Array<string | false> {
  const { clusterCidr, serviceCidr, clusterDns, vethMtu } = cluster.network;
  const cidr = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;
  const setsCni = clusterCidr !== undefined || serviceCidr !== undefined || vethMtu !== undefined;
  return [
    ...[clusterCidr, serviceCidr].map(
      (network) =>
        network !== undefined && !cidr.test(network) && `'${network}' is no network; write it as 10.1.0.0/16`,
    ),
    setsCni &&
      MICROK8S_TRACKS[minor].launchVersion === '0.1.0' &&
      `MicroK8s ${minor} takes no networks at its installation; take 1.28 or later, or leave clusterCidr, serviceCidr and vethMtu out`,
    serviceCidr !== undefined &&
      clusterDns === undefined &&
      'the address of the DNS must lie in the network of the services, and MicroK8s does not reckon it; say network.clusterDns',
  ];
}

function isSaid(message: string | false): message is string {
  return message !== false;
}
