import type { FileContent } from '../model/file-content';
import { applyFilters } from '../model/filter';
import { siteValue } from '../model/hole-value';
import type { Cohort, Plan, RenderUnit, SitePlan } from '../model/plan';
import type { FilePlace, RenderedFile } from '../model/template';
import { type FitsOnLine, printTemplate } from './yaml-template';

/** A file of sites, as a template. `withdraws`: whether their clusters remove the objects of a file that has lost them. */
export function printFile(
  file: FileContent,
  comment: string,
  plan: Plan,
  { sites, withdraws }: { readonly sites: readonly SitePlan[]; readonly withdraws: boolean },
): RenderedFile {
  const template = printTemplate(comment, file.objects, plan.tokens, fitsOnLine(sites));
  return { ...file, retire: withdraws ? file.retire : 'keep', template };
}

/** Where what sites share is, if at all, among the files of a site. */
export function placeOf(
  { delivery, ...of }: Pick<Cohort, 'delivery' | 'cluster'> | Pick<RenderUnit, 'delivery' | 'shared'>,
  { model }: Plan,
): { readonly place?: FilePlace } {
  const shared = 'cluster' in of ? of.cluster.shared : of.shared;
  if (!delivery.engine.pulls || shared !== undefined) return {};
  return { place: model.writesExpanded ? 'expanded' : 'layer' };
}

/** One printable line without a space at its end, for every site. */
function fitsOnLine(sites: readonly SitePlan[]): FitsOnLine {
  const known = new Map<string, boolean>();
  return (use) => {
    const key = JSON.stringify(use);
    const fits =
      known.get(key) ??
      sites.every((site) =>
        /^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]*(?<! )$/.test(applyFilters(siteValue(site, use.hole), use.filters)),
      );
    known.set(key, fits);
    return fits;
  };
}
