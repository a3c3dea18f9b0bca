import type { ClusterModel } from '../model/distribution';
import type { FleetModel } from '../model/fleet-model';
import { canonicalJson } from '../model/hole-value';
import { error, type Problem } from '../model/problem';

/** What is wrong with how sites get what they run, whatever they run. `clusterOf`: the cluster of a blueprint's sites, by its path; undefined where it has none. */
export function deliveryProblems(
  model: FleetModel,
  clusterOf: (blueprint: string) => Pick<ClusterModel, 'shared' | 'distribution'> | undefined,
): Problem[] {
  const problems = model.blueprints.flatMap(({ path, delivery }) => {
    const cluster = clusterOf(path);
    if (!delivery || cluster?.shared === undefined) return [];
    const { title } = delivery.engine;
    return [
      error(
        path,
        `has ${title} as its delivery, and its nodes join the cluster [${cluster.shared}]: ${cluster.distribution.title} nodes run no engine; leave it out, and say \`delivery\` of that cluster`,
      ),
    ];
  });
  return [...problems, ...engineTwice(model)];
}

/** Two hubs or two registries behind one engine would share folders and names. */
function engineTwice({ id, delivery, blueprints, sharedClusters }: FleetModel): Problem[] {
  const first = new Map<string, { readonly path: string; readonly text: string }>();
  return [{ path: id, delivery }, ...blueprints, ...sharedClusters].flatMap(({ path, delivery: said }) => {
    if (!said) return [];
    const { engine, ...rest } = said;
    const text = canonicalJson(rest);
    const known = first.get(engine.name) ?? { path, text };
    first.set(engine.name, known);
    if (known.text === text) return [];
    return [
      error(
        path,
        `describes ${engine.title} otherwise than [${known.path}]; one fleet has one description of each engine: make it once and use it twice, or make two fleets`,
      ),
    ];
  });
}
