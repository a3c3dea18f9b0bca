import type { NodePort } from '../../../catalog/k3s-ports';
import { sorted } from '../../../model/digest';
import type { NodeSecretSource } from '../../../model/k3s-node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../model/node-model';
import type { NodeSecretUse } from '../../../model/node-tree';
import { addressOf } from '../k3s/identity';

export interface ReadmeInput {
  readonly site: string;
  readonly nodes: readonly NodeRecord[];
  readonly operatingSystem: OperatingSystemModel;
  readonly secrets: readonly NodeSecretUse[];
  /** @default - a medium, or somebody by hand */
  readonly secretsFrom?: NodeSecretSource;
  readonly ports: readonly NodePort[];
  /** @default - no data disk */
  readonly dataMount?: string;
}

/** `README.txt`: what the technician does, who may know nothing of Kubernetes. */
export function technicianReadme(input: ReadmeInput): string {
  const { operatingSystem, secrets } = input;
  return `${[
    `${input.site}: ${input.nodes.length} ${input.nodes.length === 1 ? 'machine' : 'machines'} with ${operatingSystem.name}`,
    table(['MACHINE', 'ROLE', 'SERIAL', 'MAC', 'ADDRESS'], machines(input.nodes)),
    numbered([
      ...(operatingSystem.missingPackages.length > 0
        ? [`Image: these packages must be on it: ${operatingSystem.missingPackages.join(', ')}.`]
        : []),
      ...(input.dataMount !== undefined && !operatingSystem.cloudInit
        ? [`Data disk: make an ext4 file system on it and mount it at ${input.dataMount}, in /etc/fstab with "nofail".`]
        : []),
      ...(secrets.length > 0
        ? [
            `${SECRETS_COME[input.secretsFrom?.kind ?? 'medium']}: ${secrets.map(({ name, form }) => `${name}${form === 'folder' ? '/' : ''}`).join(', ')}. A medium with secrets is kept in a safe, or erased.`,
          ]
        : []),
      ...(operatingSystem.cloudInit ? WITH_CLOUD_INIT : WITHOUT_CLOUD_INIT),
      'Leave it on. It restarts once or not at all, and may be switched off at any moment: it goes on where it was.',
      'It is done when this says "inactive (dead)" and "status=0/SUCCESS":\n   systemctl status edgecdk-apply',
      'If it does not: journalctl -u edgecdk-apply says what it waits for, in the last line.',
    ]),
    `Ports that the machines of the site must reach on each other:\n${table(
      ['PORT', 'FOR'],
      input.ports.map(({ port, protocol, purpose }) => [`${port}/${protocol}`, purpose]),
    )}`,
  ].join('\n\n')}\n`;
}

const SECRETS_COME: Readonly<Record<NodeSecretSource['kind'], string>> = {
  medium:
    'Secrets: these must be in /etc/edgecdk/secrets of the machine, or in the folder edgecdk/secrets of\n   the medium',
  command:
    'Secrets: the machine gets these by a command of its image, but for those that are in the folder\n   edgecdk/secrets of the medium',
  'systemd-credentials':
    'Secrets: the machine has these as credentials of systemd, or else they must be in the folder\n   edgecdk/secrets of the medium',
};

const WITH_CLOUD_INIT = ['Put the medium in before the machine is switched on for the first time, and switch it on.'];

const WITHOUT_CLOUD_INIT = [
  'Switch the machine on, log in, and put the medium in. This image does not look for it by itself.',
  'Mount the medium, go to its folder, and run, with the name of the machine at hand:\n   sudo sh edgecdk/begin.sh MACHINE',
];

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
