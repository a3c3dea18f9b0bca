import type { DeliveryContent } from '../../model/delivery';
import { sorted } from '../../model/digest';
import { deliveryFolder } from '../../model/folders';
import { type FluxModel, type GitSource, modelOf, type OciSource } from './model';
import { NAMESPACE, waveRef } from './names';
import { isGit, isOci } from './sources';

/** What people do, in their order. The same for any number of sites. */
export function readme(content: DeliveryContent): string {
  const { fleet, delivery, workloadsFolder, sharedClusters } = content;
  const model = modelOf(delivery);
  const folder = deliveryFolder(delivery.engine.name);
  return `# Delivery of ${fleet} with Flux

Each site runs Flux, which pulls from ${model.source.url} by connections that it opens itself; no server knows of any site. A site without a link goes on with what it
has, and repairs what somebody changes there. Commands are run in the folder of the assembly.

| what | where | grows with |
| --- | --- | --- |
| shared content | \`${workloadsFolder}/<workload>/<variant>/\` | workloads |
| how a site's Flux applies it | \`${folder}/workloads/<workload>/<variant>/\` | workloads |
| records of sites: workloads, variants, values | \`${folder}/sites/<shard>/<site>/\` | sites, two small files each |
| what a site begins with, once | \`sites/<shard>/<site>/manifests/\` | sites; it never changes |

## After each synthesis

${model.source.kind === 'oci' ? ociSteps(content, model.source, folder) : gitSteps(content, model.source)}
A record that names content which is not there yet, or content that asks for a value which the record has not got, changes nothing at its site: the Kustomization of
that workload says so, and leaves all as it is. Flux does that from 2.9 on; an older one takes a value that is missing for an empty text.
${wavesSection(content)}
## A new site

${newSiteSteps(model)}

\`flux get kustomizations --namespace ${NAMESPACE}\` at the site says what it has.

## What is never deleted

Namespaces, volumes, their claims and definitions of kinds stay when a workload leaves a site, and when Flux does. Charts of others keep theirs by \`helm.sh/resource-policy\`.
To leave a site as it is: \`flux suspend kustomization --all --namespace ${NAMESPACE}\` there.
${sharedClusters.length === 0 ? '' : sharedSection(content, folder)}`;
}

function newSiteSteps(model: FluxModel): string {
  const install = 'flux install --components source-controller,kustomize-controller,helm-controller';
  const steps = [
    `In its cluster: \`${install}\`. A site without a link at that time takes what \`${install} --export\` prints along, and applies it; its lines \`image:\` say what the machines need.`,
    ...secretSteps(model),
    'The files in `sites/<shard>/<site>/manifests/` are applied, by the distribution of the site or by `kubectl apply -f`.',
  ];
  return steps.map((step, i) => `${i + 1}. ${step}`).join('\n');
}

function ociSteps({ waves }: DeliveryContent, { tag, verify }: OciSource, folder: string): string {
  const which = waves.length === 0 ? `\`${tag}\`, which all sites follow` : 'a tag that names the release';
  const signing =
    verify === undefined
      ? ''
      : verify.secret === undefined
        ? ' It signs with cosign, as who runs it.'
        : ' It signs with cosign, by the key that `COSIGN_KEY` names.';
  return `1. Log in to the registry: \`docker login\`.
2. \`sh ${folder}/publish.sh <tag>\` with ${which}. It pushes workloads under that tag, then records. Needed are \`flux\` 2.9 or newer${verify === undefined ? '' : ' and `cosign`'}.${signing}
`;
}

function gitSteps({ waves }: DeliveryContent, { branch, path, url }: GitSource): string {
  const where = path === '' ? 'the root' : `\`${path}\``;
  return `1. Commit the assembly to ${where} of \`${branch}\` of ${url}, and push.${waves.length === 0 ? '' : ' Records take effect at once, workloads when their wave moves.'}
`;
}

function wavesSection({ waves, delivery, workloadsFolder }: DeliveryContent): string {
  if (waves.length === 0) return '';
  const model = modelOf(delivery);
  const refs = waves.map(({ name }) => `\`${waveRef(name)}\``).join(', ');
  const ref = waveRef('<wave>');
  const move = isGit(model)
    ? `\`git push ${model.source.url} <commit>:refs/heads/${ref}\`, and back by \`git push --force ${model.source.url} <commit>:refs/heads/${ref}\`, with the commit of before. One workload alone can move by a commit that has nothing else.`
    : `\`for folder in ${workloadsFolder}/*; do flux tag artifact ${model.source.url}/\${folder##*/}:<tag> --tag ${ref}; done\`, and back by the same with the tag of before. One workload alone can move by tagging that one.`;
  return `
## Waves

Shared content reaches a site by the ${isOci(model) ? 'tag' : 'branch'} of its wave: ${refs}. Before the first site starts, all of them must be there.
A wave is moved by ${move}
Flux does not count sites, and nothing holds the next wave back: look at the sites of one before you move another. Records have no waves.
`;
}

function secretSteps(model: FluxModel): string[] {
  const { source, decryption } = model;
  const secrets = new Map<string, string>();
  if (source.secret !== undefined)
    secrets.set(
      source.secret,
      source.kind === 'oci'
        ? `\`flux create secret oci ${source.secret} --url <registry> --username <user> --password <password>\``
        : `\`flux create secret git ${source.secret} --url ${source.url}\`, with what logs in`,
    );
  if (isOci(model) && model.source.verify?.secret !== undefined)
    secrets.set(
      model.source.verify.secret,
      `\`kubectl --namespace ${NAMESPACE} create secret generic ${model.source.verify.secret} --from-file cosign.pub\``,
    );
  if (decryption)
    secrets.set(
      decryption.secret,
      `\`kubectl --namespace ${NAMESPACE} create secret generic ${decryption.secret} --from-file sites.agekey\`, the private key of the site, whose file must end in \`.agekey\``,
    );
  return sorted(secrets, ([name]) => name).map(([name, how]) => `The Secret \`${name}\`: ${how}.`);
}

function sharedSection({ sharedClusters }: DeliveryContent, folder: string): string {
  const lines = sharedClusters.map(
    ({ id }) => `- \`kubectl apply --server-side -f ${folder}/clusters/${id}.yaml\`, in \`${id}\``,
  );
  return `
## Clusters that sites share

Each runs Flux, too, and gets once:

${lines.join('\n')}
`;
}
