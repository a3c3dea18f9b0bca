import { DEVICE_LIMITS } from '../catalog/kubeedge-devices';
import { mapperSocket } from '../model/leaf-mapper';
import type { LeafDeviceModel, LeafMapperModel } from '../model/leaf-model';
import { error, listSome, type Problem } from '../model/problem';

/** A mapper or device with the sites that its placement selects, and the classes of nodes that it is meant for. */
export interface OnNodes<T> {
  readonly what: T;
  readonly sites: ReadonlySet<string>;
  /** Paths of device classes. */
  readonly classes: ReadonlySet<string>;
}

/** One mapper per protocol and node, and one where each device is. */
export function leafMapperProblems(
  mappers: readonly OnNodes<LeafMapperModel>[],
  devices: readonly OnNodes<LeafDeviceModel>[],
  folder: string,
): Problem[] {
  return [
    ...mappers.flatMap(({ what }) => ownProblems(what, folder)),
    ...mappers.flatMap((mapper, i) => mappers.slice(0, i).flatMap((other) => pairProblems(other, mapper))),
    ...devices.flatMap((device) => {
      const mapper = mappers.find(({ what }) => what.path === device.what.mapper);
      return mapper ? reachProblems(device, mapper) : [];
    }),
  ];
}

function ownProblems(mapper: LeafMapperModel, folder: string): Problem[] {
  const socket = mapperSocket(mapper, folder);
  const found: Problem[] = [];
  if (Buffer.byteLength(socket) > DEVICE_LIMITS.longestSocketPath)
    found.push(
      error(
        mapper.path,
        `has the socket ${socket} of more than ${DEVICE_LIMITS.longestSocketPath} bytes; take a shorter id`,
      ),
    );
  if (!Number.isInteger(mapper.port) || mapper.port < 1 || mapper.port > 65_535)
    found.push(error(mapper.path, `has the port ${mapper.port}; take an integer from 1 to 65535`));
  return found;
}

function pairProblems(first: OnNodes<LeafMapperModel>, second: OnNodes<LeafMapperModel>): Problem[] {
  if (first.what.protocol !== second.what.protocol || !meet(first.classes, second.classes)) return [];
  const sites = [...second.sites].filter((site) => first.sites.has(site)).sort();
  if (sites.length === 0) return [];
  return [
    error(
      second.what.path,
      `is a second mapper for ${second.what.protocol} on nodes that have ${first.what.path}; KubeEdge keeps one per protocol and node, so let one serve all devices, or place them on other nodes`,
      { sites: sites.slice(0, 5) },
    ),
  ];
}

function reachProblems(device: OnNodes<LeafDeviceModel>, mapper: OnNodes<LeafMapperModel>): Problem[] {
  const path = device.what.path;
  const sites = [...device.sites].filter((site) => !mapper.sites.has(site)).sort();
  if (sites.length > 0)
    return [
      error(path, `has the mapper ${mapper.what.path}, which is not placed on all of its sites; place it there too`, {
        sites: sites.slice(0, 5),
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
