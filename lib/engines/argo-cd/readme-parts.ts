import type { DeliveryContent } from '../../model/delivery';
import { isHelmLayer } from './helm-layer';
import { modelOf } from './model';
import { waveRef } from './names';
import { layerArtifact } from './sources';

const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** One artifact of one layer, of equal bytes for equal files. @see https://argo-cd.readthedocs.io/en/stable/user-guide/oci/ */
export function orasPush(url: string, tag: string, folder: string, members: string): string {
  const tar = `tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C ${folder} -cf - ${members} | gzip -n > layer.tar.gz`;
  return `\`${tar} && oras push ${url.replace('oci://', '')}:${tag} layer.tar.gz:${mediaType}\``;
}

/** How shared content gets where Argo CD looks for it. */
export function pushSection({ delivery, workloadsFolder, layers, waves }: DeliveryContent): string {
  const { source, shape, progressiveSyncs } = modelOf(delivery);
  if (source.kind === 'git') {
    const where = source.path === '' ? 'the root' : `\`${source.path}\``;
    return `   the assembly, into ${where} of \`${source.branch}\` of ${source.url}.${
      waves.length > 0 && !progressiveSyncs ? ' Waves follow branches of their own, which move later.' : ''
    }`;
  }
  const own = layers.filter((layer) => shape === 'site' || !isHelmLayer(layer));
  return own
    .map(
      ({ name }) =>
        `   - \`${name}\`: ${orasPush(layerArtifact(source.url, name), source.tag, `${workloadsFolder}/${name}`, '.')}`,
    )
    .join('\n');
}

/** How content moves from wave to wave where sites follow a branch or tag. `others`: what all sites have at once. */
export function refsSection({ delivery, waves }: DeliveryContent, others: string): string {
  const { source } = modelOf(delivery);
  if (waves.length === 0) return '';
  const move =
    source.kind === 'git'
      ? `\`git push ${source.url} <commit>:refs/heads/${waveRef('<wave>')}\``
      : `\`oras tag ${source.url.replace('oci://', '')}/workloads/<workload>:${source.tag} ${waveRef('<wave>')}\`, for each workload`;
  return `
## Waves

A site takes its content from the ${source.kind === 'git' ? 'branch' : 'tag'} of its wave: ${list(waves.map(({ name }) => waveRef(name)))}. A wave is moved by ${move}, and back by the same with what it had.
Records and ${others} have no waves.
`;
}

export function windowsSection({ delivery }: DeliveryContent): string {
  const { syncWindows = [] } = modelOf(delivery);
  if (syncWindows.length === 0) return '';
  const windows = syncWindows.map(
    ({ kind, schedule, duration, timeZone, owner }) =>
      `- ${kind} \`${schedule}\` for ${duration}, ${timeZone}${owner === undefined ? '' : `, for ${owner}`}`,
  );
  return `
## Windows

${windows.join('\n')}

Outside of what is allowed, nothing is synced, by hand neither. The time zone is one for all sites.
`;
}

export function removalSection({ delivery }: DeliveryContent): string {
  const { shape } = modelOf(delivery);
  const leave =
    shape === 'hub'
      ? `A site that left the assembly keeps all that it runs, and its Secret until somebody deletes it: \`kubectl --namespace ${modelOf(delivery).namespace} delete secret cluster-<site>\`. Its Applications
go with it, and what they made at the site stays. Deleting an ApplicationSet removes its workload from all sites; that of a workload which left the fleet makes nothing any more, and may be deleted.`
      : 'A site that left the assembly keeps all that it runs: its Argo CD no longer finds a record, and changes nothing.';
  return `
## Removing

A workload that a site no longer has is removed there, as soon as the site is reached. Volume claims, volumes, namespaces and definitions of objects stay, each for somebody to delete who knows what is in it.
${leave}
`;
}

export function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
