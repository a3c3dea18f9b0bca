import { scopeOf } from '../catalog/kubernetes';
import { apiGroup, type KubeObject } from '../model/kube-object';
import type { Cohort, Plan, SitePlan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import type { RenderedFile, Rendering } from '../model/template';
import { hasToken, type TokenTable } from '../model/token';
import { sitesWhereEqual } from './equal-texts';
import { showObject } from './filled-text';

/** What one construct brings to a cluster. */
interface Brought {
  readonly path: string;
  readonly files: readonly RenderedFile[];
  readonly objects: readonly Named[];
}

interface Named {
  readonly path: string;
  readonly object: KubeObject;
  /** Group and kind. */
  readonly kind: string;
  /** Namespace and name, with tokens. */
  readonly name: string;
}

/** Objects, or files, of which one would overwrite another in a cluster. */
export function clashProblems(plan: Plan, rendering: Rendering): Problem[] {
  const workloads = new Map(plan.units.map((unit) => [unit.id, unit.workload.path]));
  const units = new Map([...rendering.units].map(([id, unit]) => [id, brought(workloads.get(id) ?? id, unit.files)]));
  return plan.cohorts.flatMap((cohort) => {
    const all = [
      ofCluster(cohort.blueprint.path, rendering.clusters.get(cohort.id) ?? []),
      ...cohort.units.map((id) => units.get(id)).filter((unit) => unit !== undefined),
    ];
    const clashes = objectClashes(
      all.flatMap((b) => b.objects),
      cohort,
      plan.tokens,
    );
    return [
      ...clashes.map((clash) => clash.problem),
      ...fileClashes(all, cohort, new Set(clashes.map((clash) => clash.pair))),
    ];
  });
}

/** A record may bring what its cluster has in any case, such as namespaces, in the words of its engine: that is the same object. */
function ofCluster(path: string, files: readonly RenderedFile[]): Brought {
  const own = brought(
    path,
    files.filter(({ place }) => place !== 'record'),
  );
  const record = brought(
    path,
    files.filter(({ place }) => place === 'record'),
  );
  const known = new Set(own.objects.map(({ kind, name }) => `${kind} ${name}`));
  const more = record.objects.filter(({ kind, name }) => !known.has(`${kind} ${name}`));
  return { path, files, objects: [...own.objects, ...more] };
}

function brought(path: string, files: readonly RenderedFile[]): Brought {
  const objects = files.flatMap((file) => file.objects);
  return { path, files, objects: objects.map((object) => ({ path, object, ...identity(object) })) };
}

function identity({ apiVersion, kind, metadata }: KubeObject): Pick<Named, 'kind' | 'name'> {
  const namespace = scopeOf(apiVersion, kind) === 'Cluster' ? '' : (metadata.namespace ?? 'default');
  return { kind: `${apiGroup(apiVersion)}/${kind}`, name: `${namespace}/${metadata.name}` };
}

interface Clash {
  readonly pair: string;
  readonly problem: Problem;
}

function objectClashes(objects: readonly Named[], { sites }: Cohort, tokens: TokenTable): Clash[] {
  const literal = new Map<string, Named>();
  const templated = new Map<string, Named[]>();
  const clashes: Clash[] = [];
  const add = (a: Named, b: Named, at: readonly string[]) => {
    if (at.length > 0) clashes.push({ pair: pairOf(a.path, b.path), problem: clashProblem(a, b, at, tokens) });
  };
  for (const named of objects) {
    if (hasToken(named.name)) {
      templated.set(named.kind, [...(templated.get(named.kind) ?? []), named]);
      continue;
    }
    const key = `${named.kind} ${named.name}`;
    const other = literal.get(key);
    if (other) add(other, named, namesOf(sites));
    else literal.set(key, named);
  }
  for (const [kind, named] of templated) {
    const fixed = [...literal.values()].filter((other) => other.kind === kind);
    for (const [i, a] of named.entries()) {
      for (const b of [...fixed, ...named.slice(0, i)]) add(b, a, sitesWhereEqual(b.name, a.name, sites, tokens));
    }
  }
  return clashes;
}

function clashProblem(a: Named, b: Named, sites: readonly string[], tokens: TokenTable): Problem {
  const object = showObject(b.object, tokens);
  if (a.path === b.path) return error(b.path, `makes ${object} twice; give one of them another name`, { sites });
  return error(
    b.path,
    `makes ${object}, which [${a.path}] makes too; in one cluster the later would overwrite the other, so rename one or place them on different sites`,
    { sites },
  );
}

/** Two files of one name in the folder of a site. Where objects of the same two clash, that is said already. */
function fileClashes(all: readonly Brought[], { sites }: Cohort, known: ReadonlySet<string>): Problem[] {
  const first = new Map<string, string>();
  return all.flatMap(({ path, files }) =>
    files.flatMap(({ name }) => {
      const other = first.get(name);
      first.set(name, other ?? path);
      if (other === undefined || known.has(pairOf(other, path))) return [];
      return [
        error(path, `makes the file ${name}.yaml, which [${other}] makes too; give one of them another id`, {
          sites: namesOf(sites),
        }),
      ];
    }),
  );
}

function pairOf(a: string, b: string): string {
  return JSON.stringify([a, b]);
}

function namesOf(sites: readonly SitePlan[]): string[] {
  return sites.map((site) => site.name);
}
