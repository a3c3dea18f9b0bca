import type { DeliveryContent } from '../../model/delivery';
import { error, type Problem, warning } from '../../model/problem';
import type { RancherFleetModel, WaveSize } from './model';
import { coverageProblems, gateProblems, limitProblem, linkWarnings, stallProblems } from './rollout-problems';

/** What is wrong with the waves of the fleet, and of single workloads that only some of its sites have. */
export function rolloutProblems(content: DeliveryContent, model: RancherFleetModel): Problem[] {
  const { fleet, waves, layers, cohorts } = content;
  const limits = waves.flatMap(({ name, maxUnavailable }) => {
    const problem = maxUnavailable === undefined ? undefined : limitProblem(maxUnavailable);
    return problem === undefined ? [] : [error(fleet, `has a wave '${name}' that ${problem}`)];
  });
  if (limits.length > 0 || limitProblem(model.maxUnavailable) !== undefined) return limits;
  const all = sizes(content, model);
  const gates = gateProblems(all);
  const inNoWave = cohorts.flatMap(({ cohort }) => cohort.sites.filter(({ wave }) => wave === undefined));
  const strays = waves.length > 0 ? inNoWave.map(({ name }) => name) : [];
  return [
    ...coverageProblems(strays, all).map((what) => error(fleet, what)),
    ...gates.map((what) => error(fleet, what)),
    ...standstill(all, model).map((problem) => problem(fleet)),
    // Said once where the whole fleet is the reason.
    ...(gates.length > 0
      ? []
      : layers.flatMap((layer) =>
          gateProblems(sizes(content, model, layer.name)).map((what) => warning(layer.workload?.path ?? fleet, what)),
        )),
  ];
}

function standstill(all: readonly WaveSize[], { offlineShare }: RancherFleetModel): ((path: string) => Problem)[] {
  if (offlineShare === undefined) return linkWarnings(all).map((what) => (path) => warning(path, what));
  return stallProblems(all, offlineShare).map((what) => (path) => error(path, what));
}

/** How many sites each wave has, of all that pull or of those with a layer; a fleet without waves is one. */
function sizes({ waves, cohorts }: DeliveryContent, model: RancherFleetModel, layer?: string): WaveSize[] {
  const sites = cohorts
    .filter(({ layers }) => layer === undefined || layers.has(layer))
    .flatMap(({ cohort }) => cohort.sites);
  const plans = waves.length > 0 ? waves : [{ name: 'all', maxUnavailable: undefined }];
  return plans.map(({ name, maxUnavailable }) => {
    const own = waves.length > 0 ? sites.filter(({ wave }) => wave === name) : sites;
    return {
      name,
      sites: own.length,
      offline: own.filter(({ link }) => link.kind !== 'online').length,
      maxUnavailable: maxUnavailable ?? model.maxUnavailable,
    };
  });
}
