import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../../model/kube-object';
import type { Overriders } from '../../../model/kubeedge-placement';
import { type Fields, fields, items, podSpec, withTemplate } from './pod-bearing';

/**
 * What an EdgeApplication must change of a template to have a variant of it; undefined where it cannot be said. The controller's own ways decide what can:
 * variables and arguments of containers that are there, parts of images, quantities that are there already.
 *
 * @see kubeedge/kubeedge, cloud/pkg/controllermanager/edgeapplication/overridemanager
 */
export function overridersFor(template: readonly KubeObject[], variant: readonly KubeObject[]): Overriders | undefined {
  if (template.length !== variant.length) return undefined;
  const found = template.map((object, i) => ofObject(object, variant[i]));
  const changed = found.filter((one) => one === undefined || Object.keys(one).length > 0);
  if (changed.length === 0) return {};
  // They are for all Deployments of an EdgeApplication.
  const [first] = changed;
  return template.filter(({ kind }) => kind === 'Deployment').length === 1 ? first : undefined;
}

function ofObject(from: KubeObject, to: KubeObject | undefined): Overriders | undefined {
  if (to === undefined) return undefined;
  if (isDeepStrictEqual(from, to)) return {};
  if (from.kind !== 'Deployment' || !isDeepStrictEqual(withoutParts(from), withoutParts(to))) return undefined;
  const [was, is] = [containersOf(from), containersOf(to)];
  const parts = was.map((container, i) => {
    const other = is[i] ?? {};
    return {
      images: imageOf(container, other, i),
      env: envOf(container, other),
      args: argsOf(container, other),
      resources: resourcesOf(container, other),
    };
  });
  const [images, env, args, resources] = [
    all(parts.map((part) => part.images)),
    all(parts.map((part) => part.env)),
    all(parts.map((part) => part.args)),
    all(parts.map((part) => part.resources)),
  ];
  if (!images || !env || !args || !resources) return undefined;
  return {
    ...(images.length > 0 && { images }),
    ...(env.length > 0 && { env }),
    ...(args.length > 0 && { args }),
    ...(resources.length > 0 && { resources }),
  };
}

/** One list of all; undefined where one of them is. */
function all<T>(lists: ReadonlyArray<readonly T[] | undefined>): T[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

function containersOf(object: KubeObject): Fields[] {
  return items(podSpec(object)?.containers).map(fields);
}

/** All but what may differ. */
function withoutParts(object: KubeObject): KubeObject {
  return withTemplate(object, (template) => {
    const spec = fields(template.spec);
    const containers = items(spec.containers).map((container) => ({
      ...fields(container),
      image: '',
      env: [],
      args: [],
      resources: {},
    }));
    return { ...template, spec: { ...spec, containers } };
  });
}

type List<K extends keyof Overriders> = NonNullable<Overriders[K]>;

const IMAGE = /^(?<Registry>[^/]*[.:][^/]*|localhost)\/(?<Repository>[^:@]+):(?<Tag>[^:@/]+)$/;

/** Of a whole name alone: what is not written is not replaced, but added in ways of its own. */
function imageOf(from: Fields, to: Fields, index: number): List<'images'> | undefined {
  if (from.image === to.image) return [];
  const [was, is] = [from, to].map(({ image }) => IMAGE.exec(String(image))?.groups);
  if (!was || !is) return undefined;
  const path = `/spec/template/spec/containers/${index}/image`;
  return (['Registry', 'Repository', 'Tag'] as const)
    .filter((component) => was[component] !== is[component])
    .map((component) => ({ component, operator: 'replace', value: is[component] ?? '', path }));
}

/** The controller reads all variables and writes them anew, and loses what it does not know of how they come by their value. */
function envOf(from: Fields, to: Fields): List<'env'> | undefined {
  const [was, is] = [from, to].map(({ env }) => items(env).map(fields)) as [Fields[], Fields[]];
  if (isDeepStrictEqual(was, is)) return [];
  if (![...was, ...is].every(isKept)) return undefined;
  const container = String(from.name);
  const gone = was.filter(({ name }) => !is.some((one) => one.name === name));
  const left = was.filter((one) => !gone.includes(one));
  const given = is.filter((one) => !was.some((other) => isDeepStrictEqual(other, one)));
  const replaced = new Map([...left, ...given].map((one) => [one.name, one]));
  // Those that are new come last, and the value of one may be made of those before it.
  if (!isDeepStrictEqual([...replaced.values()], is)) return undefined;
  if (given.some(({ value }) => typeof value !== 'string')) return undefined;
  return [
    ...(gone.length > 0
      ? [{ container, operator: 'remove' as const, value: gone.map(({ name }) => ({ name: String(name) })) }]
      : []),
    ...(given.length > 0
      ? [
          {
            container,
            operator: 'replace' as const,
            value: given.map(({ name, value }) => ({ name: String(name), value: String(value) })),
          },
        ]
      : []),
  ];
}

function isKept({ value, valueFrom }: Fields): boolean {
  if (valueFrom === undefined) return typeof value === 'string';
  const kinds = Object.entries(fields(valueFrom));
  return kinds.every(
    ([kind, source]) =>
      ['configMapKeyRef', 'secretKeyRef'].includes(kind) && Object.keys(fields(source)).sort().join() === 'key,name',
  );
}

/** More at the end, or some of them left out. */
function argsOf(from: Fields, to: Fields): List<'args'> | undefined {
  const [was, is] = [from, to].map(({ args }) => items(args).map(String)) as [string[], string[]];
  if (isDeepStrictEqual(was, is)) return [];
  const container = String(from.name);
  if (isDeepStrictEqual(was, is.slice(0, was.length)))
    return [{ container, operator: 'add', value: is.slice(was.length) }];
  const gone = was.filter((arg) => !is.includes(arg));
  const left = was.filter((arg) => !gone.includes(arg));
  return isDeepStrictEqual(left, is) ? [{ container, operator: 'remove', value: gone }] : undefined;
}

function resourcesOf(from: Fields, to: Fields): List<'resources'> | undefined {
  const [was, is] = [fields(from.resources), fields(to.resources)];
  if (isDeepStrictEqual(was, is)) return [];
  const changed = (['limits', 'requests'] as const).map((kind) =>
    changedQuantities(fields(was[kind]), fields(is[kind])),
  );
  const others = (all: Fields) => Object.keys(all).some((key) => key !== 'limits' && key !== 'requests');
  const [limits, requests] = changed;
  if (!limits || !requests || others(was) || others(is)) return undefined;
  return [
    {
      container: String(from.name),
      ...(Object.keys(limits).length > 0 && { limits }),
      ...(Object.keys(requests).length > 0 && { requests }),
    },
  ];
}

function changedQuantities(was: Fields, is: Fields): Readonly<Record<string, string>> | undefined {
  if (!isDeepStrictEqual(Object.keys(was).sort(), Object.keys(is).sort())) return undefined;
  const changed = Object.entries(is).filter(([name, quantity]) => was[name] !== quantity);
  // The path of a quantity is not escaped, and a 0 is passed over.
  if (changed.some(([name, quantity]) => name.includes('/') || /^0+(\.0+)?[A-Za-z]*$/.test(String(quantity))))
    return undefined;
  return Object.fromEntries(changed.map(([name, quantity]) => [name, String(quantity)]));
}
