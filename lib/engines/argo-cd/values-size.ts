import type { DeliveryCohort, DeliveryContent, SiteFacts } from '../../model/delivery';
import { type Filter, quotedBody } from '../../model/filter';
import { fillHole, siteValue } from '../../model/hole-value';
import { error, type Problem } from '../../model/problem';
import { modelOf } from './model';

/** Of all annotations of an object together. @see kubernetes/kubernetes, apimachinery/pkg/api/validation, TotalAnnotationSizeLimitB */
const annotationLimit = 256 * 1024;
/** Room for annotations of others, such as those of who registers a cluster. */
const forOthers = 16 * 1024;
/** A text in an Application, which is one object of 1.5 MiB with all else. */
const textLimit = 1024 * 1024;

const frame = '{"v":{}}';

/** Sites whose values do not fit into where Argo CD finds them. */
export function valuesSizeProblems({ cohorts, delivery }: DeliveryContent): Problem[] {
  const isHub = modelOf(delivery).shape === 'hub';
  const limit = isHub ? annotationLimit - forOthers : textLimit;
  const place = isHub ? 'the annotation of its cluster' : 'an Application';
  return cohorts.flatMap((own) => {
    if (boundOf(own) <= limit) return [];
    const largest = largestOf(own);
    if (!largest || largest.bytes <= limit) return [];
    const found = `${Math.ceil(largest.bytes / 1024)} KiB of values`;
    return [
      error(
        own.cohort.blueprint.path,
        `has ${found} of one site in its workloads, which Argo CD finds in ${place}, of ${limit / 1024} KiB at most; shorten them, or let sites fetch them`,
        { sites: [largest.site] },
      ),
    ];
  });
}

/** Bytes that one UTF-16 unit becomes at the most. */
const growth: Readonly<Record<Filter, number>> = { j: 6, s: 4, u: 9, b: 4, d: 2 };

/** No site has more: cheap to know, and enough for all but odd fleets. */
function boundOf({ cohort, variables }: DeliveryCohort): number {
  return variables.reduce((sum, { name, use }) => {
    const longest = cohort.sites.reduce((most, site) => Math.max(most, String(siteValue(site, use.hole)).length), 0);
    return sum + name.length + 6 + longest * use.filters.reduce((factor, filter) => factor * growth[filter], growth.j);
  }, frame.length);
}

function largestOf({
  cohort,
  variables,
}: DeliveryCohort): { readonly site: string; readonly bytes: number } | undefined {
  return cohort.sites.reduce<{ readonly site: string; readonly bytes: number } | undefined>((largest, site) => {
    const bytes = bytesOf(site, variables);
    return largest && largest.bytes >= bytes ? largest : { site: site.name, bytes };
  }, undefined);
}

/** As the JSON has them. */
function bytesOf(site: SiteFacts, variables: DeliveryCohort['variables']): number {
  return variables.reduce(
    (sum, { name, use }) => sum + name.length + '"":"",'.length + Buffer.byteLength(quotedBody(fillHole(site, use))),
    frame.length,
  );
}
