import type { LeafMapperModel } from '../model/leaf-model';
import type { Plan, RenderUnit } from '../model/plan';
import { error, listSome, type Problem } from '../model/problem';
import type { LeafDeviceWorkloadModel, WorkloadModel } from '../model/workload-model';

/** A mapper or device with its sites in clusters of KubeEdge, and the classes of nodes that it is meant for. */
interface OnNodes<T> {
  readonly what: T;
  readonly sites: ReadonlySet<string>;
  /** Paths of device classes. */
  readonly classes: ReadonlySet<string>;
}

/** One mapper per protocol and node, and one where each device is. */
export function leafMapperProblems({ model, units }: Pick<Plan, 'model' | 'units'>): Problem[] {
  const mappers = model.workloads.flatMap((workload) =>
    workload.kind === 'container' && workload.mapper ? [onNodes(workload.mapper, units)] : [],
  );
  const devices = model.workloads.flatMap((workload) =>
    workload.kind === 'leaf-device' ? [onNodes(workload, units)] : [],
  );
  return [
    ...mappers.flatMap(({ what }) => portProblems(what)),
    ...mappers.flatMap(({ what }) => strayProblems(what, units)),
    ...mappers.flatMap((mapper, i) => mappers.slice(0, i).flatMap((other) => pairProblems(other, mapper))),
    ...devices.flatMap((device) => {
      const mapper = mappers.find(({ what }) => what.path === device.what.content.mapper?.path);
      return mapper ? reachProblems(device, mapper) : [];
    }),
  ];
}

function onNodes<T extends Pick<WorkloadModel, 'path' | 'placement'>>(
  what: T,
  units: readonly RenderUnit[],
): OnNodes<T> {
  const own = units.filter(
    ({ workload, distribution }) => workload.path === what.path && distribution.name === 'kubeedge',
  );
  return {
    what,
    sites: new Set(own.flatMap(({ sites }) => sites.map(({ name }) => name))),
    classes: new Set(what.placement.onNodes ?? own.flatMap(({ deviceClasses }) => deviceClasses)),
  };
}

function portProblems({ path, port }: LeafMapperModel): Problem[] {
  return Number.isInteger(port) && port >= 1 && port <= 65_535
    ? []
    : [error(path, `has the port ${port}; take an integer from 1 to 65535`)];
}

/** Elsewhere it would wait for edgecore for ever. */
function strayProblems({ path }: LeafMapperModel, units: readonly RenderUnit[]): Problem[] {
  const strays = units.filter((unit) => unit.workload.path === path && unit.distribution.name !== 'kubeedge');
  const sites = strays.flatMap((unit) => unit.sites.map(({ name }) => name)).sort();
  return strays.length === 0
    ? []
    : [
        error(
          path,
          `is placed on sites of ${listSome([...new Set(strays.map((unit) => unit.distribution.title))].sort())}, and a mapper serves KubeEdge alone; place it on sites of KubeEdge, and give devices of others an \`attachment\``,
          { sites },
        ),
      ];
}

function pairProblems(first: OnNodes<LeafMapperModel>, second: OnNodes<LeafMapperModel>): Problem[] {
  if (first.what.protocol !== second.what.protocol || !meet(first.classes, second.classes)) return [];
  const sites = [...second.sites].filter((site) => first.sites.has(site)).sort();
  if (sites.length === 0) return [];
  return [
    error(
      second.what.path,
      `is a second mapper for ${second.what.protocol} on nodes that have ${first.what.path}; KubeEdge keeps one per protocol and node, so let one serve all devices, or place them on other nodes`,
      { sites },
    ),
  ];
}

function reachProblems(device: OnNodes<LeafDeviceWorkloadModel>, mapper: OnNodes<LeafMapperModel>): Problem[] {
  const path = device.what.path;
  const sites = [...device.sites].filter((site) => !mapper.sites.has(site)).sort();
  if (sites.length > 0)
    return [
      error(path, `has the mapper ${mapper.what.path}, which is not placed on all of its sites; place it there too`, {
        sites,
      }),
    ];
  const classes = [...device.classes].filter((c) => !mapper.classes.has(c)).sort();
  return classes.length > 0
    ? [
        error(
          path,
          `hangs on nodes of ${listSome(classes)}, on which its mapper ${mapper.what.path} does not run; place the mapper on these too`,
        ),
      ]
    : [];
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((item) => b.has(item));
}
