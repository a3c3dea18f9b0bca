import { compareText, sorted } from '../../../model/digest';
import { isIpAddress } from '../../../model/ip-address';
import { addressOf } from '../../../model/node-address';
import type { NodeSecretSource } from '../../../model/node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../model/node-model';
import type { NodePort } from '../../../model/node-port';
import type { DialledAddress, NodeSecretUse } from '../../../model/node-tree';
import { SECRETS_PARAGRAPH } from '../../../model/sheet';
import { DATA_LABEL } from './user-data';

export interface ReadmeInput {
  readonly site: string;
  readonly nodes: readonly NodeRecord[];
  readonly operatingSystem: OperatingSystemModel;
  readonly secrets: readonly NodeSecretUse[];
  /** @default - a medium, or somebody by hand */
  readonly secretsFrom?: NodeSecretSource;
  readonly ports: readonly NodePort[];
  /** What they must reach outside of the site. @default - what they install from alone */
  readonly dials?: readonly DialledAddress[];
  /** What the image must have that nobody installs. @default - nothing */
  readonly onImage?: string;
  /** @default - no data disk */
  readonly dataMount?: string;
  /** Folder for copies of the cluster, on a disk of its own. @default - none, or in a bucket */
  readonly backupFolder?: string;
  /** Address or name by which the cluster is reached, whichever server answers. @default - that of the first server */
  readonly registrationHost?: string;
}

/** `README.txt`: what the technician does, who may know nothing of Kubernetes. */
export function technicianReadme(input: ReadmeInput): string {
  const { operatingSystem, secrets } = input;
  return `${[
    `${input.site}: ${input.nodes.length} ${input.nodes.length === 1 ? 'machine' : 'machines'} with ${operatingSystem.name}`,
    table(['MACHINE', 'ROLE', 'SERIAL', 'MAC', 'ADDRESS'], machines(input.nodes)),
    numbered([
      ...before(input),
      ...START[operatingSystem.seedMedium],
      'Leave it on. It restarts once or not at all, and may be switched off at any moment: it goes on where it was.',
      'It is done when this says "inactive (dead)" and "status=0/SUCCESS":\n   systemctl status edgecdk-apply',
      'If it does not: journalctl -u edgecdk-apply says what it waits for, in the last line.',
    ]),
    ...(secrets.length > 0
      ? [
          `${SECRETS_PARAGRAPH}${SECRETS_COME[input.secretsFrom?.kind ?? 'medium']}\n(edgecdk/nodes/MACHINE/secrets): ${secrets.map(shownSecret).join(', ')}.\nA medium with secrets is kept in a safe, or erased.`,
        ]
      : []),
    ...(input.ports.length > 0
      ? [
          `Ports that the machines of the site must reach on each other:\n${table(
            ['PORT', 'FOR'],
            input.ports.map(({ port, protocol, purpose }) => [`${port}/${protocol}`, purpose]),
          )}`,
        ]
      : []),
    ...(input.dials && input.dials.length > 0
      ? [
          `Addresses outside of the site that its machines must reach:\n${table(
            ['ADDRESS', 'FOR'],
            input.dials.map(({ address, purpose }) => [address, purpose]),
          )}`,
        ]
      : []),
  ].join('\n\n')}\n`;
}

function shownSecret({ form, name, perNode }: NodeSecretUse): string {
  return `${name}${form === 'folder' ? '/' : ''}${perNode ? ' (each machine its own)' : ''}`;
}

const SECRETS_COME: Readonly<Record<NodeSecretSource['kind'], string>> = {
  medium: 'these must be in /etc/edgecdk/secrets of the machine, or in its own folder on the medium',
  command: 'the machine gets these by a command of its image, but for those that are on the medium',
  'systemd-credentials': 'the machine has these as credentials of systemd, but for those that are on the medium',
};

/** What is done at the network, and at machines, before anything is switched on. */
function before({ nodes, onImage, operatingSystem, dataMount, backupFolder, registrationHost }: ReadmeInput): string[] {
  const { missingPackages, seedMedium } = operatingSystem;
  const names = (some: readonly NodeRecord[]): string =>
    some
      .map(({ name }) => name)
      .sort(compareText)
      .join(', ');
  const reserved = nodes.filter(({ address }) => address.kind === 'reserved');
  const byHand = nodes.filter(({ address }) => address.kind === 'static' && seedMedium === 'none');
  const formatted =
    dataMount === undefined || seedMedium === 'none' ? [] : nodes.filter(({ disk }) => disk !== undefined);
  const unformatted = dataMount === undefined ? [] : nodes.filter((node) => !formatted.includes(node));
  const servers = nodes.filter(({ role }) => role === 'server');
  return [
    ...(reserved.length > 0
      ? [`Network: DHCP must always give these machines the address above:\n   ${names(reserved)}`]
      : []),
    ...(registrationHost === undefined ? [] : [`Network: ${registration(registrationHost)}`]),
    ...(missingPackages.length > 0 ? [`Image: these packages must be on it: ${missingPackages.join(', ')}.`] : []),
    ...(onImage === undefined
      ? []
      : [
          `Image: this must be on it, since nothing installs it, and the machine waits until it is there:\n   ${onImage}`,
        ]),
    ...(byHand.length > 0 ? [`Address: set it up on the machine itself:\n${byHand.map(staticLine).join('\n')}`] : []),
    ...(unformatted.length > 0
      ? [
          `Data disk: make an ext4 file system on it with the label ${DATA_LABEL}, and mount it at\n   ${dataMount}, in /etc/fstab with "nofail". For ${names(unformatted)}`,
        ]
      : []),
    ...(formatted.length > 0
      ? [
          `Data disk: it is in the machine before the first start. An empty one is formatted; one that has an ext4\n   file system keeps it, and is taken if its label is ${DATA_LABEL}. For ${names(formatted)}`,
        ]
      : []),
    ...(backupFolder !== undefined && servers.length > 0
      ? [
          `Disk for copies: it is mounted at ${backupFolder} before the first start, by a line in /etc/fstab of the\n   image, with "nofail". Copies of an earlier server stay on it. For ${names(servers)}`,
        ]
      : []),
  ];
}

function registration(host: string): string {
  return isIpAddress(host)
    ? `no machine and no range of DHCP may have ${host}: it is the address of the cluster.`
    : `the name ${host} must lead to the servers, for all machines of the site.`;
}

function staticLine({ name, address }: NodeRecord): string {
  if (address.kind !== 'static') return '';
  const { ip, prefix, gateway, dns } = address;
  return `   ${name}: ${ip}/${prefix}${gateway === undefined ? '' : `, router ${gateway}`}${dns.length === 0 ? '' : `, name servers ${dns.join(' ')}`}`;
}

const BEGIN = 'sudo sh edgecdk/begin.sh MACHINE';

const START: Readonly<Record<OperatingSystemModel['seedMedium'], readonly string[]>> = {
  cidata: [
    'Medium: its label is CIDATA, and all of this folder is at its root.',
    'Put the medium in before the machine is switched on for the first time, and switch it on.',
    `If "systemctl status edgecdk-apply" knows no such unit after ten minutes, the image took no notice of the\n   medium: it is not the cloud image, but what an installer leaves. Then log in, mount the medium, go to its\n   folder, and run, with the name of the machine: ${BEGIN}`,
  ],
  'boot-partition': [
    'Write the image to the card or disk of the machine, without any settings of Raspberry Pi Imager: they would\n   be read in the place of these. No medium is read by this image, whatever its label is.',
    'Copy all of this folder onto its first partition (bootfs or system-boot), over the user-data, meta-data and\n   network-config that are there.',
    'Put the card or disk into the machine, and switch it on.',
  ],
  none: [
    'Switch the machine on, log in, and put the medium in. This image does not look for it by itself.',
    `Mount the medium, go to its folder, and run, with the name of the machine:\n   ${BEGIN}`,
  ],
};

function machines(nodes: readonly NodeRecord[]): string[][] {
  return sorted(nodes, ({ name }) => name).map((node) => [
    node.name,
    node.role,
    node.serial ?? '-',
    node.mac ?? '-',
    addressOf(node) ?? 'DHCP',
  ]);
}

function numbered(steps: readonly string[]): string {
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
