import type { DeliveryCohort, DeliveryContent } from '../../model/delivery';
import { isEncryptedSecret } from '../../model/encrypted-secret';
import { applyFilters } from '../../model/filter';
import { siteValue } from '../../model/hole-value';
import { describeObject } from '../../model/kube-object';
import type { Layer } from '../../model/layer';
import { error, listSome, type Problem } from '../../model/problem';
import { hasToken, withHoleNames } from '../../model/token';
import { notCarriedAnywhere, notCarriedIn } from './carried-text';
import { FLUX_UNSUBSTITUTED, isUnsubstituted } from './flux-text';
import { isWorkloadChart, unknownFields } from './helm-release';
import { fluxObjects } from './layer-files';
import { modelOf } from './model';
import { accountName, TAKEN } from './names';

/** Flux writes the name of a Kustomization as a label on all that it applies. @see fluxcd/kustomize-controller, docs/spec/v1/kustomizations.md */
const longestName = 63;
/** @see helm/helm, pkg/chart/common/util, release names */
const longestRelease = 53;
/** A ConfigMap or Secret holds 1 MiB, and etcd takes requests of 1.5 MiB. @see Kubernetes documentation, ConfigMaps */
const largestObject = 1024 * 1024;

/** What is wrong with what sites have. */
export function contentProblems(content: DeliveryContent): Problem[] {
  return [
    ...content.layers.flatMap((layer) =>
      [...nameProblems(layer, content), ...objectProblems(layer, content)].map((what) =>
        error(layer.workload?.path ?? content.fleet, what),
      ),
    ),
    ...ownerProblems(content),
    ...content.cohorts.flatMap(siteProblems),
  ];
}

function nameProblems({ name, workload }: Layer, { delivery, sharedClusters }: DeliveryContent): string[] {
  const { source } = modelOf(delivery);
  const problems: string[] = [];
  const [longest, what] = workload?.kind === 'helm' ? [longestRelease, 'Helm release'] : [longestName, 'Kustomization'];
  if (name.length > longest)
    problems.push(
      `has an id of ${name.length} characters, and names a ${what} with Flux; at most ${longest} are accepted`,
    );
  const isArtifact = /^sites-[0-9a-f]{2}$/.test(name) || sharedClusters.some(({ id }) => name === `cluster-${id}`);
  if (TAKEN.has(name) || (source.kind === 'oci' && isArtifact))
    problems.push(`has the id ${name}, which the delivery by Flux has for itself; take another`);
  return problems;
}

function objectProblems(layer: Layer, content: DeliveryContent): string[] {
  const { decryption, serviceAccounts } = modelOf(content.delivery);
  const problems = new Set<string>();
  for (const variant of layer.variants) {
    for (const object of variant.objects) {
      if (isWorkloadChart(layer, object))
        for (const field of unknownFields(object))
          problems.add(
            `has a HelmChart with spec.${field}, which a HelmRelease of Flux has no field for; leave it out, or say it in the values`,
          );
      if (!decryption && isEncryptedSecret(object))
        problems.add(
          'has Secrets that SOPS encrypted, and a delivery by Flux without decryption; name the Secret in flux-system with the key of the site: decryptionSecret',
        );
    }
    for (const object of fluxObjects(layer, variant, content)) {
      const { namespace } = object.metadata;
      if (serviceAccounts && layer.owner !== undefined && namespace !== layer.namespace)
        problems.add(
          `makes the object ${describeObject(object)} outside of its namespace ${layer.namespace}, which the account of ${layer.owner} may not; take it into a workload without an owner`,
        );
      if (isUnsubstituted(object) && hasToken(JSON.stringify(object)))
        problems.add(
          `makes the object ${describeObject(object)} with ${Object.keys(FLUX_UNSUBSTITUTED)[0]}: disabled, so that Flux would put no site value into it, not into its labels either; leave it out, for a '$' arrives as it is without it`,
        );
      const bytes = Buffer.byteLength(JSON.stringify(object));
      if (bytes > largestObject)
        problems.add(
          `makes the object ${describeObject(object)} of ${(bytes / largestObject).toFixed(1)} MiB; a cluster takes 1 MiB at most. Split it in two`,
        );
      for (const where of notCarriedIn(object, content.tokens))
        problems.add(
          `makes the object ${describeObject(object)} with text that Flux does not carry, at ${where}; leave it out, or encode it, such as in binaryData`,
        );
    }
  }
  return [...problems].map((what) => withHoleNames(what, content.tokens));
}

/** Two owners with one account would have each other's rights. Names are told apart, so only a name that is made to look like another's can do that. */
function ownerProblems({ layers, delivery, fleet }: DeliveryContent): Problem[] {
  if (!modelOf(delivery).serviceAccounts) return [];
  const owners = new Map<string, string>();
  return layers.flatMap(({ owner, workload }) => {
    if (owner === undefined) return [];
    const account = accountName(owner);
    const other = owners.get(account) ?? owner;
    owners.set(account, other);
    if (other === owner) return [];
    const what = `has the owner '${owner}', which has the account of '${other}' with Flux; rename one`;
    return [error(workload?.path ?? fleet, what)];
  });
}

function siteProblems({ cohort, variables }: DeliveryCohort): Problem[] {
  const { path } = cohort.blueprint;
  const odd = new Map<string, string[]>();
  const large: string[] = [];
  for (const site of cohort.sites) {
    let bytes = 0;
    for (const { name, use } of variables) {
      const text = applyFilters(siteValue(site, use.hole), use.filters);
      bytes += name.length + Buffer.byteLength(text);
      const inner = use.filters.at(-1) === 'j' ? use.filters.slice(0, -1) : use.filters;
      const what = notCarriedAnywhere(applyFilters(siteValue(site, use.hole), inner));
      if (what === undefined) continue;
      const key = `${use.hole.replace(/^site\.(values|json)\./, '')} (${what})`;
      odd.set(key, [...(odd.get(key) ?? []), site.name]);
    }
    if (bytes > largestObject) large.push(site.name);
  }
  return [
    ...[...odd].map(([value, sites]) =>
      error(
        path,
        `has sites with a value that Flux does not carry: ${value} of ${listSome(sites)}; leave it out of the value`,
      ),
    ),
    ...(large.length > 0
      ? [
          error(
            path,
            `has sites with more than 1 MiB of values for their workloads (${listSome(large)}), which one ConfigMap does not hold; take less of them`,
          ),
        ]
      : []),
  ];
}
