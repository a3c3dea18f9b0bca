import { sorted } from '../model/digest';
import { deliveryFolder } from '../model/folders';
import type { SeedMedium } from '../model/node-model';
import { SECRETS_PARAGRAPH } from '../model/sheet';
import type { Kit } from './kit-record';
import { releaseName } from './tree-artifacts';

/** What the technician reads: the site's own sheet, and a list to tick off of what is on this medium and what is not. */
export function kitSheet(kit: Omit<Kit, 'files'>, technician = `${kit.site}\n`): string {
  return `${[
    withoutSecrets(technician.trimEnd(), kit.secrets),
    kit.node === undefined
      ? `This medium is for all machines of ${kit.site}: each finds out by its serial number or MAC address which one it is.`
      : `This medium is for ${kit.node} alone. Another machine that starts from it takes itself for ${kit.node}.`,
    [
      'To be ticked off before it goes to the site:',
      ...kit.onImages.map(({ what, nodes }) => tick(`The image has ${what}. Nothing installs it. For`, ...nodes)),
      ...mediumTicks(kit),
      ...artifactTicks(kit),
      ...imageTicks(kit),
      ...secretTicks(kit),
      ...manifestTicks(kit),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

/** The site's own sheet says that machines need secrets. Once all are here, there is nothing left to do for anybody. */
function withoutSecrets(technician: string, secrets: Kit['secrets']): string {
  if (secrets.length === 0 || secrets.some(({ files }) => files === undefined)) return technician;
  return technician
    .split('\n\n')
    .filter((paragraph) => !paragraph.startsWith(SECRETS_PARAGRAPH))
    .join('\n\n');
}

/** Machines whose image looks for its seed there. */
export function nodesBy({ nodes, seedMedia }: Omit<Kit, 'files'>, medium: SeedMedium): string[] {
  return nodes.flatMap(({ name }) => (seedMedia.get(name) === medium ? [name] : []));
}

function mediumTicks(kit: Omit<Kit, 'files'>): string[] {
  const [labelled, cards, byHand] = [nodesBy(kit, 'cidata'), nodesBy(kit, 'boot-partition'), nodesBy(kit, 'none')];
  const bytes = kit.artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  return [
    ...(labelled.length > 0
      ? [tick('The medium has the label CIDATA, and all of this folder at its root. It is for', ...labelled)]
      : []),
    ...(cards.length > 0
      ? [
          tick('All of this folder is on the boot partition of the card or disk of', ...cards),
          ...(bytes > 0
            ? [
                tick(
                  `That partition has room for it (artifacts: ${size(bytes)}). Otherwise the folder artifacts goes, alone, to the`,
                  'root of a USB medium with the label EDGECDK, which is in the machine from the first start on.',
                ),
              ]
            : []),
        ]
      : []),
    ...(byHand.length > 0
      ? [tick('All of this folder is on a medium that somebody mounts, who logs in to', ...byHand)]
      : []),
  ];
}

function manifestTicks({ applyManifests = '', delivery, manifests, site }: Omit<Kit, 'files'>): string[] {
  const pulls =
    delivery === undefined
      ? []
      : [
          tick(
            `What ${site} runs is not on it: the site pulls it (delivery ${delivery}). What has to be installed there for that, and who`,
            `does it, says README.md in ${deliveryFolder(delivery)} of the assembly.`,
          ),
        ];
  if (manifests === 0) return pulls;
  return [
    ...pulls,
    tick(
      `${delivery === undefined ? `What ${site} runs` : 'What it begins to pull with'} is on it, in edgecdk/manifests. Unless another way brings it: once a server is done, run there, in`,
      'the folder of the medium (machines may wait for it, where servers share an address):',
      applyManifests,
    ),
  ];
}

function artifactTicks({ artifacts, downloaded }: Omit<Kit, 'files'>): string[] {
  const releases = [...new Set(artifacts.map(releaseName))].sort();
  const urls = [...new Set(downloaded.flatMap(({ url }) => url ?? []))].sort();
  return [
    ...(artifacts.length > 0
      ? [
          tick(
            `${releases.join(', ')} ${releases.length > 1 ? 'are' : 'is'} on it, in the folder artifacts:`,
            ...artifacts.map(({ file, bytes }) => `${file} (${size(bytes)})`),
          ),
        ]
      : []),
    ...(downloaded.length > 0
      ? [
          tick(
            'Not on it, and downloaded by the machines: the site has its link when they are switched on, and reaches:',
            ...(urls.length > 0 ? urls : downloaded.map(({ file }) => file)),
          ),
        ]
      : []),
  ];
}

function imageTicks({ images, imports, missingImages }: Omit<Kit, 'files'>): string[] {
  return [
    ...(images.length > 0
      ? [
          tick(
            'Images are on it, in artifacts/images. Where they do not come to the machine by themselves, run there, in the folder of the medium:',
            ...imports.flatMap(({ command, nodes }) =>
              imports.length === 1 ? [command] : [`on ${nodes.join(', ')}:`, command],
            ),
            ...images.map(({ file, bytes }) => `${file} (${size(bytes)})`),
          ),
        ]
      : []),
    ...(missingImages.length > 0
      ? [
          tick(
            images.some(({ images: known }) => known === undefined)
              ? 'The site has no link. One of these archives, which nobody looked into, has each of:'
              : 'NOT on it, and the site has no link: nothing starts that needs one of these images:',
            ...missingImages,
          ),
        ]
      : []),
  ];
}

function secretTicks(kit: Omit<Kit, 'files'>): string[] {
  const { secrets, title } = kit;
  const cards = new Set(nodesBy(kit, 'boot-partition'));
  const on = secrets.filter(({ files }) => files !== undefined);
  const off = secrets.filter(({ files }) => files === undefined);
  const byNode = (some: Kit['secrets']) =>
    sorted(new Set(some.map(({ node }) => node)), (node) => node).map((node) => {
      const uses = some
        .filter((secret) => secret.node === node)
        .map(({ use }) => `${use.name}${use.form === 'folder' ? '/' : ''} (${use.purpose})`);
      return `${node}: ${uses.join(', ')}`;
    });
  const notOn = (some: Kit['secrets'], waits: string) =>
    some.length === 0
      ? []
      : [tick(`Not on it: ${waits} these are in /etc/edgecdk/secrets of the machine, for`, ...byNode(some))];
  return [
    ...(on.length > 0
      ? [
          tick(
            'Secrets are on it. It is handed over in person, and kept in a safe or erased afterwards. It holds, for',
            ...byNode(on),
          ),
        ]
      : []),
    ...(on.some(({ node }) => cards.has(node))
      ? [
          tick(
            'Whoever logs in can read a boot partition. Once such a machine is done, its secrets are deleted there:',
            'sudo rm -r /boot/firmware/edgecdk/nodes/*/secrets',
          ),
        ]
      : []),
    ...notOn(
      off.filter(({ ofWorkloads }) => !ofWorkloads),
      `${title} starts once`,
    ),
    ...notOn(
      off.filter(({ ofWorkloads }) => ofWorkloads),
      'workloads wait until',
    ),
  ];
}

function tick(text: string, ...lines: readonly string[]): string {
  return [`[ ] ${text}`, ...lines.map((line) => `      ${line}`)].join('\n');
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
