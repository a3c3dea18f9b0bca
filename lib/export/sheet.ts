import { sorted } from '../model/digest';
import type { Kit } from './kit-record';

/** What the technician reads: the site's own sheet, and a list to tick off of what is on this medium and what is not. */
export function kitSheet(kit: Omit<Kit, 'files'>, technician = `${kit.site}\n`): string {
  return `${[
    technician.trimEnd(),
    kit.node === undefined
      ? `This medium is for all machines of ${kit.site}: each finds out by its serial number or MAC address which one it is.`
      : `This medium is for ${kit.node} alone. Another machine that starts from it takes itself for ${kit.node}.`,
    [
      'To be ticked off before it goes to the site:',
      tick('The medium has the label CIDATA, and all of this folder at its root.'),
      ...artifactTicks(kit),
      ...secretTicks(kit),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function artifactTicks({ artifacts, downloaded }: Omit<Kit, 'files'>): string[] {
  const versions = [...new Set(artifacts.map(({ version }) => version))].sort();
  const urls = [...new Set(downloaded.flatMap(({ url }) => url ?? []))].sort();
  return [
    ...(artifacts.length > 0
      ? [
          tick(
            `K3s ${versions.join(', ')} is on it, in the folder artifacts:`,
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

function secretTicks({ secrets }: Omit<Kit, 'files'>): string[] {
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
    ...notOn(
      off.filter(({ ofWorkloads }) => !ofWorkloads),
      'K3s starts once',
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
