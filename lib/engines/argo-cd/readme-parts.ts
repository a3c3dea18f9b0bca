import type { DeliveryContent } from '../../model/delivery';
import { deliveryFolder } from '../../model/folders';
import { modelOf } from './model';
import { waveRef } from './names';
import { registryOf } from './sources';

/** How shared content, and at sites records, get where Argo CD looks for them: a sentence. */
export function pushSentence(content: DeliveryContent): string {
  const { delivery, waves } = content;
  const { source, shape, progressiveSyncs } = modelOf(delivery);
  const followsWaves = waves.length > 0 && !progressiveSyncs;
  if (source.kind === 'git') {
    const where = source.path === '' ? 'the root' : `\`${source.path}\``;
    return `Commit the assembly to ${where} of \`${source.branch}\` of ${source.url}, and push.${followsWaves ? ' Waves follow branches of their own, which move later.' : ''}`;
  }
  const follow = followsWaves
    ? ''
    : ` All sites follow \`${source.tag}\`: ${tagLoop(content, source.tag)} moves it, and with the tag of before it goes back.`;
  const then = shape === 'site' ? `, then records under \`${source.tag}\`` : '';
  return `\`sh ${deliveryFolder(delivery.engine.name)}/publish.sh <tag>\` with a tag that names the release. It pushes each workload under that tag${then}. Needed are \`oras\`, logged in to the registry, and GNU tar.${follow}`;
}

/** How content moves from wave to wave where sites follow a branch or tag. `others`: what all sites have at once. */
export function refsSection(content: DeliveryContent, others: string): string {
  const { delivery, waves } = content;
  const { source } = modelOf(delivery);
  if (waves.length === 0) return '';
  const ref = waveRef('<wave>');
  const move =
    source.kind === 'git'
      ? `A wave is moved by \`git push ${source.url} <commit>:refs/heads/${ref}\`, and back by \`git push --force ${source.url} <commit>:refs/heads/${ref}\`, with the commit of before.`
      : `A wave is moved by ${tagLoop(content, ref)}, and back by the same with the tag of before. One workload
alone can move by tagging that one.`;
  return `
## Waves

A site takes its content from the ${source.kind === 'git' ? 'branch' : 'tag'} of its wave: ${list(waves.map(({ name }) => waveRef(name)))}. Before the first site starts, all of them must be there: a site without its own runs nothing.
${move}
Records and ${others} have no waves.
`;
}

/** Moves a tag of all workloads to that of a release. */
function tagLoop({ delivery, workloadsFolder }: DeliveryContent, tag: string): string {
  const { url } = modelOf(delivery).source;
  return `\`for folder in ${workloadsFolder}/*; do oras tag ${registryOf(url)}/workloads/\${folder##*/}:<tag> ${tag}; done\``;
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

/**
 * How one site is left as it is. On a hub an ApplicationSet takes annotations of others from its Applications, so it is the cluster that bears this one.
 * @see argoproj/argo-cd, applicationset/controllers/applicationset_controller.go, defaultPreservedAnnotations; docs/operator-manual/cluster-management.md, from 3.4 on (pull request 26442); argoproj-labs/argocd-agent, pull request 761
 */
export function holdSection({ delivery }: DeliveryContent): string {
  const { shape, namespace } = modelOf(delivery);
  const what = shape === 'hub' ? 'secret cluster-<site>' : 'applications.argoproj.io --all';
  return `
## Leaving a site as it is

\`kubectl --namespace ${namespace} annotate ${what} argocd.argoproj.io/skip-reconcile=true\`${shape === 'hub' ? '' : ', at the site'}; with \`skip-reconcile-\` at its end it goes on.${
    shape === 'hub'
      ? ' It takes Argo CD 3.4 or newer, and does nothing with argocd-agent, whose Secrets bear it always.'
      : ''
  }
`;
}

export function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
