import { type Fleet, SynthError } from 'edgecdk';
import { collect } from '../../../constructs/collect';
import { model } from '../../../constructs/internal';
import type { Plan } from '../../../lib/model/plan';
import { hasErrors } from '../../../lib/model/problem';
import { renderFleet } from '../../../lib/synth';
import { assemblyIndex, previousSites } from '../../../lib/write/assembly-index';
import { plannedFiles } from '../../../lib/write/site-files';
import type { Files } from './assembly-files';

export interface FleetFiles {
  readonly files: Files;
  readonly plan: Plan;
}

/** What a first run would write of a fleet, but for the files of machines: many, and of no engine. */
export function fleetFiles(fleet: Fleet): FleetFiles {
  const { plan, rendering, problems } = renderFleet(collect(fleet, fleet[model]));
  if (hasErrors(problems)) throw new SynthError(problems);
  const { record, sites } = assemblyIndex(plan, rendering, [], previousSites(undefined));
  const all = [...rendering.units.values()].flatMap(({ files }) => files);
  const templates = new Map(
    [...all, ...[...rendering.clusters.values()].flat()].map(({ template }) => [template.digest, template]),
  );
  const files = Object.fromEntries(rendering.files);
  for (const [i, site] of plan.sites.entries()) {
    const [own, cohort] = [sites[i], record.cohorts[site.cohort]];
    if (!own || !cohort) throw new Error(`no record of ${site.name}`);
    for (const { path, text } of plannedFiles({ site, record: own, cohort, title: '', templates }))
      files[path] = text();
  }
  return { files, plan };
}
