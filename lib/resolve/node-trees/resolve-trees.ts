import type { ArtifactLock } from '../../model/artifact-lock';
import type { DeviceClassModel } from '../../model/device-class-model';
import type { BlueprintModel, FleetModel } from '../../model/fleet-model';
import { walkScalars } from '../../model/kube-object';
import type { NodeRecord } from '../../model/node-model';
import type { NodeTreePlan, SitePlan } from '../../model/plan';
import { error, type Problem, Problems } from '../../model/problem';
import { hasToken } from '../../model/token';
import type { BlueprintCluster } from '../clusters';

export interface TreesInput {
  readonly model: FleetModel;
  /** By path of the blueprint. */
  readonly clusters: ReadonlyMap<string, BlueprintCluster>;
  readonly sites: readonly Pick<SitePlan, 'name' | 'blueprint' | 'link'>[];
  readonly nodes: ReadonlyMap<string, readonly NodeRecord[]>;
  readonly lock?: ArtifactLock;
}

export interface ResolvedTrees {
  readonly trees: ReadonlyMap<string, NodeTreePlan>;
  /** As they were, with the names of their trees. */
  readonly nodes: ReadonlyMap<string, readonly NodeRecord[]>;
  readonly problems: readonly Problem[];
}

/** Which node tree each machine has. One tree serves all machines of a role and device class at the sites of a blueprint, however many there are. */
export function resolveTrees({ model, clusters, sites, nodes, lock }: TreesInput): ResolvedTrees {
  const problems = new Problems();
  const trees = new Map<string, NodeTreePlan>();
  const failed = new Set<string>();
  const blueprints = new Map(model.blueprints.map((b) => [b.path, { blueprint: b, name: nameOf(b, model) }]));
  const classes = new Map(model.deviceClasses.map((c) => [c.path, c]));
  const treeFor = (site: Pick<SitePlan, 'blueprint' | 'link'>, node: NodeRecord): string | undefined => {
    const deviceClass = classes.get(node.deviceClass);
    const known = blueprints.get(site.blueprint);
    const cluster = clusters.get(site.blueprint)?.cluster;
    if (!deviceClass?.operatingSystem || !known || !cluster?.machines) return undefined;
    const { blueprint, name: prefix } = known;
    const apart = site.link.kind === 'offline' && blueprint.link.kind !== 'offline' ? '.offline' : '';
    const name = `${prefix}.${node.role}.${deviceClass.id}${apart}`;
    if (!trees.has(name) && !failed.has(name)) {
      const { operatingSystem } = deviceClass;
      const { distribution } = cluster;
      const source = { cluster, deviceClass, operatingSystem, role: node.role, link: site.link, lock };
      const input = distribution.machines.treeInput(source);
      if ('missing' in input) {
        failed.add(name);
        problems.add(error(blueprint.path, input.missing));
      } else {
        trees.set(name, {
          name,
          blueprint: blueprint.path,
          role: node.role,
          deviceClass: deviceClass.path,
          distribution,
          input,
        });
        const held = fieldWithToken(input);
        if (held !== undefined)
          problems.add(
            error(blueprint.path, `has a site value in ${held} of its cluster; that must be equal at all sites`),
          );
      }
    }
    return trees.has(name) ? name : undefined;
  };
  const named = new Map<string, readonly NodeRecord[]>();
  for (const site of sites)
    named.set(
      site.name,
      (nodes.get(site.name) ?? []).map((node) => {
        const tree = treeFor(site, node);
        return tree === undefined ? node : { ...node, tree };
      }),
    );
  problems.add(...withoutSystem(model, classes, named, clusters, sites));
  const sortedTrees = new Map([...trees].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { trees: sortedTrees, nodes: named, problems: problems.list };
}

/** The blueprint's id, where no other blueprint has it, else its path. */
function nameOf({ id, path }: BlueprintModel, { blueprints }: FleetModel): string {
  return blueprints.filter((other) => other.id === id).length === 1 ? id : path.replaceAll('/', '.');
}

function fieldWithToken(input: unknown): string | undefined {
  let found: string | undefined;
  walkScalars(input, (value, path) => {
    if (found === undefined && typeof value === 'string' && hasToken(value)) found = path.join('.');
  });
  return found;
}

/** A site of which some machines have an operating system and others none would wait for machines that nobody sets up. */
function withoutSystem(
  model: FleetModel,
  classes: ReadonlyMap<string, DeviceClassModel>,
  nodes: ReadonlyMap<string, readonly NodeRecord[]>,
  clusters: ReadonlyMap<string, BlueprintCluster>,
  sites: readonly Pick<SitePlan, 'name' | 'blueprint'>[],
): Problem[] {
  const affected = new Map<string, string[]>();
  for (const { name, blueprint } of sites) {
    const own = nodes.get(name) ?? [];
    if (!clusters.get(blueprint)?.cluster.machines) continue;
    if (!own.some((node) => classes.get(node.deviceClass)?.operatingSystem)) continue;
    for (const path of new Set(own.map((node) => node.deviceClass))) {
      if (classes.get(path)?.operatingSystem) continue;
      affected.set(path, [...(affected.get(path) ?? []), name]);
    }
  }
  return [...affected].map(([path, names]) =>
    error(
      model.deviceClasses.find((c) => c.path === path)?.path ?? path,
      'has no operatingSystem, and other machines of its sites have one; say what it runs, or set none of them up',
      { sites: names },
    ),
  );
}
