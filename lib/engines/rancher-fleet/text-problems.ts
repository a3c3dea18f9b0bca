import type { DeliveryContent } from '../../model/delivery';
import { applyFilters } from '../../model/filter';
import { siteValue } from '../../model/hole-value';
import { describeObject, type KubeObject, walkScalars } from '../../model/kube-object';
import type { Layer, Variable } from '../../model/layer';
import { error, listSome, type Problem } from '../../model/problem';
import { hasNoValue } from '../../render/layer/no-value';

/**
 * What the agent cannot write: it makes JSON of each object and reads that as YAML, in which these may not stand as they are, or turn into a space.
 * @see rancher/fleet, internal/helmdeployer/postrender.go; yaml/go-yaml, readerc.go
 */
const unwritable = /[\u007f-\u009f\ufffe\uffff]/;

/** Values of sites, and texts of workloads, that do not come through as they are. */
export function textProblems({ cohorts, layers }: DeliveryContent): Problem[] {
  return [
    ...cohorts.flatMap(({ cohort, variables }) => {
      const path = cohort.blueprint.path;
      return [
        ...found(cohort.sites, variables, hasNoValue).map((sites) =>
          error(
            path,
            `has sites with '<no value>' in a site value, which Helm removes wherever it stands (${sites}); any other text is accepted`,
          ),
        ),
        ...found(cohort.sites, variables, (text) => unwritable.test(text)).map((sites) =>
          error(
            path,
            `has sites with a character in a site value that Rancher Fleet's agent cannot write (${sites}); any but control characters, U+FFFE and U+FFFF is accepted`,
          ),
        ),
      ];
    }),
    ...layers.flatMap(layerProblems),
  ];
}

/** Names of sites with such a text in an object: the value as it is written there, inside of the quotes. */
function found(
  sites: DeliveryContent['cohorts'][number]['cohort']['sites'],
  variables: readonly Variable[],
  isBad: (text: string) => boolean,
): string[] {
  const names = sites
    .filter((site) =>
      variables.some(({ use: { hole, filters } }) =>
        isBad(applyFilters(siteValue(site, hole), filters.at(-1) === 'j' ? filters.slice(0, -1) : filters)),
      ),
    )
    .map(({ name }) => name);
  return names.length === 0 ? [] : [listSome(names)];
}

function layerProblems({ workload, variants }: Layer): Problem[] {
  const objects = new Set(variants.flatMap((variant) => variant.objects.filter(isUnwritable).map(describeObject)));
  if (objects.size === 0 || !workload) return [];
  return [
    error(
      workload.path,
      `has a character that Rancher Fleet's agent cannot write, in ${listSome([...objects])}: a control character, U+FFFE or U+FFFF; take it out, or write the text as base64 (binaryData)`,
    ),
  ];
}

function isUnwritable(object: KubeObject): boolean {
  let is = false;
  walkScalars(object, (value) => {
    is ||= typeof value === 'string' && unwritable.test(value);
  });
  return is;
}
