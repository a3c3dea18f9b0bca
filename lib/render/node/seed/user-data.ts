import { sorted } from '../../../model/digest';
import type { SeedInput } from '../../../model/seed-input';
import { bootFiles } from '../boot';
import { below, type Folder, identityFolder, treeFolder } from '../folder';
import { yamlText } from '../yaml-text';

const PAYLOAD = '/var/lib/edgecdk/payload';

/** Some platforms take no more, such as EC2. A medium takes any size. */
export const USER_DATA_LIMIT_KIB = 16;

/**
 * Only carries: files, and the start of one unit. cloud-init runs once and does not go on where it was cut short, so that nothing that may fail is done
 * here: the unit does it, on every boot until it succeeds. The node tree comes from the folder `edgecdk` of the medium, for it is larger than
 * user-data may be on some platforms, and one tree serves all nodes of a role; without a medium it travels here, as `inlineTree`.
 *
 * Files are written before disks are mounted: so none goes where a data disk may be.
 */
export function userData(input: SeedInput): string {
  const { access, inlineTree } = input;
  const payload = {
    ...below('identity', identityFolder(input.identity)),
    ...(inlineTree && below('tree', treeFolder(inlineTree))),
  };
  return cloudConfig({ ...accessOf(access), ...diskOf(input) }, payloadFiles(payload), mountOf(input));
}

/** For all machines of a site: who a machine is, its serial number or MAC address says, by `edgecdk/match.tsv` of the medium. */
export function siteUserData(access: SeedInput['access']): string {
  return cloudConfig(accessOf(access), []);
}

type Command = readonly string[];

const START: readonly Command[] = [
  ['systemctl', 'daemon-reload'],
  ['systemctl', 'start', '--no-block', 'edgecdk-apply.service'],
];

/** What is wrong with the size of user-data, if anything; to be shown as a warning. */
export function userDataWarning(node: string, text: string): string | undefined {
  const kib = Buffer.byteLength(text, 'utf8') / 1024;
  if (kib <= USER_DATA_LIMIT_KIB) return undefined;
  return `user-data of ${node} is larger than some platforms take (${kib.toFixed(1)} KiB, ${USER_DATA_LIMIT_KIB} KiB); they take a medium, or fewer SSH keys`;
}

interface CloudFile {
  readonly path: string;
  readonly permissions: string;
  readonly owner: string;
  readonly content: string;
}

/** No line before the first, and no template language: `{{` of a file is the file's own. */
function cloudConfig(
  config: Readonly<Record<string, unknown>>,
  files: readonly CloudFile[],
  before: readonly Command[] = [],
): string {
  const own = files.length === 0 ? '' : yamlText({ write_files: files }).slice('write_files:\n'.length);
  const settings = yamlText({ preserve_hostname: false, ssh_pwauth: false, ...config });
  return `#cloud-config\n${settings}${bootText()}${own}${yamlText({ runcmd: [...before, ...START] })}`;
}

let printedBoot: string | undefined;

/** The most of it, and equal for all machines: printed once. A list goes on with the items that are printed behind it. */
function bootText(): string {
  printedBoot ??= yamlText({
    write_files: bootFiles().map(({ path, mode, owner, text }) => ({ path, permissions: mode, owner, content: text })),
  });
  return printedBoot;
}

function payloadFiles(folder: Folder): CloudFile[] {
  return sorted(Object.entries(folder), ([path]) => path).map(([path, content]) => ({
    path: `${PAYLOAD}/${path}`,
    permissions: '0600',
    owner: 'root:root',
    content,
  }));
}

function accessOf({ sshKeys, breakGlass }: SeedInput['access']): Readonly<Record<string, unknown>> {
  return {
    ...(sshKeys.length > 0 && { ssh_authorized_keys: sshKeys }),
    ...(breakGlass && {
      users: [
        'default',
        {
          name: breakGlass.name,
          gecos: 'Break glass',
          shell: '/bin/sh',
          lock_passwd: true,
          sudo: 'ALL=(ALL) NOPASSWD:ALL',
          ssh_authorized_keys: breakGlass.sshKeys,
        },
      ],
    }),
  };
}

/** Of the file system that is made on a data disk: by it the disk is found, whatever name the kernel gives it next time. */
export const DATA_LABEL = 'edgecdk-data';

/**
 * A disk that has an ext4 file system keeps it, as that of a machine that is replaced, and one that has anything else on it stays as it is. With
 * `partition: none` cloud-init would format it each time, whatever `overwrite` says.
 *
 * @see cloud-init, cc_disk_setup.py, mkfs and find_device_node
 */
function diskOf({ node, dataMount }: SeedInput): Readonly<Record<string, unknown>> {
  if (node.disk === undefined || dataMount === undefined) return {};
  return {
    fs_setup: [{ device: node.disk, partition: 'any', filesystem: 'ext4', label: DATA_LABEL, overwrite: false }],
  };
}

/** `mounts` of cloud-init takes devices alone: it drops a line for a label. @see cloud-init, cc_mounts.py, sanitize_devname */
function mountOf({ node, dataMount }: SeedInput): Command[] {
  if (node.disk === undefined || dataMount === undefined) return [];
  const line = `LABEL=${DATA_LABEL} ${dataMount} ext4 defaults,nofail,x-systemd.device-timeout=30 0 2`;
  return [
    ['sh', '-c', `grep -q '^LABEL=${DATA_LABEL} ' /etc/fstab || echo '${line}' >> /etc/fstab`],
    ['mkdir', '-p', dataMount],
    ['mount', dataMount],
  ];
}
