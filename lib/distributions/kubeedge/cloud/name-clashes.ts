import { scopeOf } from '../../../catalog/kubernetes';
import { apiGroup, describeObject, type KubeObject } from '../../../model/kube-object';
import { error, type Problem } from '../../../model/problem';
import { hasToken } from '../../../model/token';

/** Objects that one construct brings to a cluster. */
export interface BroughtObjects {
  /** Path of the construct. */
  readonly path: string;
  readonly objects: readonly KubeObject[];
  /** Sites of which each has them, with its name behind theirs. @default - they are there once */
  readonly sites?: readonly string[];
  /** Sites at which the cluster's other checks look at them. @default - none */
  readonly checkedAt?: readonly string[];
}

interface Named extends Omit<BroughtObjects, 'objects'> {
  readonly object: KubeObject;
}

/**
 * Objects of which one would overwrite another in a cluster that many sites share: those of all sites at once, and those that come to the same name once
 * a site stands behind it.
 */
export function nameClashes(all: readonly BroughtObjects[]): Problem[] {
  const kinds = new Map<string, Named[]>();
  for (const { objects, ...from } of all)
    for (const object of objects) {
      if (hasToken(object.metadata.name)) continue;
      const kind = kindOf(object);
      kinds.set(kind, [...(kinds.get(kind) ?? []), { ...from, object }]);
    }
  return [...kinds.values()].flatMap((named) => [...sameNames(named), ...sameBehindSites(named)]);
}

function kindOf({ apiVersion, kind, metadata }: KubeObject): string {
  const namespace = scopeOf(apiVersion, kind) === 'Cluster' ? '' : (metadata.namespace ?? 'default');
  return `${apiGroup(apiVersion)}/${kind} ${namespace}`;
}

function sameNames(named: readonly Named[]): Problem[] {
  const first = new Map<string, Named>();
  return named.flatMap((one) => {
    const key = `${one.sites === undefined} ${one.object.metadata.name}`;
    const other = first.get(key);
    first.set(key, other ?? one);
    // Units of one workload have the same names, and no site has two of them.
    if (other === undefined || (one.sites && (one.path === other.path || !meet(one.sites, other.sites)))) return [];
    if (meet(one.checkedAt, other.checkedAt)) return [];
    return [clash(one.path, other.path, describeObject(one.object))];
  });
}

function sameBehindSites(named: readonly Named[]): Problem[] {
  return named.flatMap((short) => {
    const { sites } = short;
    if (!sites) return [];
    const known = new Set(sites);
    const start = `${short.object.metadata.name}-`;
    return named.flatMap((long) => {
      const { name } = long.object.metadata;
      if (!name.startsWith(start)) return [];
      const rest = name.slice(start.length);
      const ends = long.sites?.map((site) => `${rest}-${site}`) ?? [rest];
      const site = ends.find((end) => known.has(end));
      return site === undefined
        ? []
        : [clash(long.path, short.path, `${long.object.kind} ${start}${site}`, ` for the site ${site}`)];
    });
  });
}

function meet(a: readonly string[] = [], b: readonly string[] = []): boolean {
  const known = new Set(a);
  return b.some((item) => known.has(item));
}

function clash(path: string, other: string, what: string, where = ''): Problem {
  return path === other
    ? error(path, `makes ${what} twice; give one of them another name`)
    : error(
        path,
        `makes ${what}, which [${other}] makes too${where}; in the one cluster of all sites the later would overwrite the other, so rename one`,
      );
}
