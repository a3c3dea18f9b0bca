import { profileFileName } from '../model/profile-file';
import type { StickDistribution } from './bundle-distributions';
import type { Bundle } from './bundle-record';
import { releaseName } from './tree-artifacts';

/** Name of the file of a bundle. */
export function bundleName({ fleet, profile }: Pick<Bundle, 'fleet' | 'profile'>): string {
  return `${fleet}-${profileFileName(profile)}.tar`;
}

/** `README.txt`: what the technician reads. */
export function bundleSheet(
  bundle: Omit<Bundle, 'files' | 'name'>,
  distributions: readonly StickDistribution[],
): string {
  return `${[
    `What ${bundle.fleet} runs at its sites with the hardware ${bundle.profile}: ${bundle.sites.length === 1 ? 'one site' : `${bundle.sites.length} sites`}, by name in sites.txt.`,
    [
      'Unpack it as it is onto a stick, or onto the machine:',
      '',
      `    tar -xf ${bundleName(bundle)} -C FOLDER`,
      '',
      'At a site, log in to a server, and run there, in that folder:',
      '',
      '    sudo sh install.sh',
      '',
      'It finds out by the machine which site it is at. Does it not know, name it: sudo sh install.sh SITE. It says what it changed, and',
      'ends with "done". Anything else: its last line says what to do; run it again afterwards. It may be interrupted at any moment.',
    ].join('\n'),
    ...distributions.map(machinesOf),
    imagesOf(bundle),
    artifactsOf(bundle),
    [
      'What a site no longer runs is withdrawn by a file that says so, where its cluster is K3s. Namespaces, volumes and their claims',
      'stay, with the data in them, and so does all that MicroK8s was given: install.sh names the files that are left. Nothing on this',
      'stick is secret; secrets come to a site by another way.',
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function machinesOf({ everyServer, title }: StickDistribution): string {
  return everyServer
    ? `Sites with ${title}: on each of its servers, and, for the images alone, on each other machine.`
    : `Sites with ${title}: on one of its servers, which gives the others what they need.`;
}

function imagesOf({ archives, hasCharts, lists }: Omit<Bundle, 'files' | 'name'>): string {
  const listed = lists.map(({ platform }) => `images/${platform}.txt`).join(', ');
  const charts = hasCharts ? ' Helm charts, and the images in them, are fetched by the sites: images/charts.txt.' : '';
  const said = `${lists.length > 0 ? ` Which images the sites run is in ${listed}.` : ''}${charts}`;
  return archives.length === 0
    ? `No images are on it: machines fetch theirs, or have them.${said}`
    : `Images are on it, and install.sh brings them first: ${archives.map(({ file }) => file).join(', ')}.${said}`;
}

function artifactsOf({ artifacts, carriesArtifacts }: Omit<Bundle, 'files' | 'name'>): string {
  const releases = [...new Set([...artifacts.values()].map(releaseName))].sort().join(', ');
  if (artifacts.size === 0) return 'It installs no Kubernetes: machines have it already.';
  return carriesArtifacts
    ? [
        `${releases}: in artifacts, with checksums in artifacts.json. install.sh does not install it. A machine that misses it takes it by`,
        '',
        '    sudo sh /var/lib/edgecdk/apply.sh --artifacts FOLDER/artifacts/RELEASE/VERSION',
      ].join('\n')
    : `${releases}: not on it. artifacts.json has the names, addresses and checksums of what to fetch.`;
}
