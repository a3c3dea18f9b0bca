import type { DeliveryCohort, DeliveryContent } from '../model/delivery';
import { holeValue } from '../model/hole-value';
import type { TokenTable } from '../model/token';

/** Labels by which people and engines choose sites: what a site is, its wave, and the values that its blueprint names as labels. */
export function siteLabels(
  { cohort }: Pick<DeliveryCohort, 'cohort'>,
  { waves, tokens }: Pick<DeliveryContent, 'waves' | 'tokens'>,
): Record<string, string> {
  return {
    'edgecdk.dev/site': tokens.text('site.name'),
    'edgecdk.dev/profile': tokens.text('site.profile'),
    ...(waves.length > 0 && { 'edgecdk.dev/wave': tokens.text('site.wave') }),
    ...valueLabels(cohort, tokens),
  };
}

/** As far as all sites have them. */
function valueLabels({ blueprint, sites }: DeliveryCohort['cohort'], tokens: TokenTable): Record<string, string> {
  return Object.fromEntries(
    blueprint.labels.flatMap((name) => {
      const hole = [`site.values.${name}`, `site.json.${name}`].find(
        (one) => tokens.has(one) && sites.every((site) => holeValue(site, one) !== undefined),
      );
      return hole === undefined ? [] : [[`edgecdk.dev/${name}`, tokens.text(hole)]];
    }),
  );
}
