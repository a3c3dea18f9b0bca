import { applyFilters } from '../../model/filter';
import { holeValue } from '../../model/hole-value';
import type { KubeObject } from '../../model/kube-object';
import type { Plan, SitePlan } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import { type HoleUse, splitTokens } from '../../model/token';
import { fillParts, type Parts, showObject } from '../filled-text';
import type { ObjectSet } from '../object-set';

/** @see https://kubernetes.io/docs/concepts/configuration/configmap/#motivation, and for annotations apimachinery's validation of objects */
const dataLimit = 1024 * 1024;
const annotationLimit = 256 * 1024;

/** ConfigMaps, Secrets and annotations that are too large for Kubernetes at some site. */
export function sizeProblems(sets: readonly ObjectSet[], { sites: all, tokens }: Plan): Problem[] {
  const longest = longestOf(all);
  return sets.flatMap(({ path, objects, sites }) =>
    objects.flatMap((object) =>
      limited(object).flatMap(({ what, texts, limit }) => {
        const largest = largestSize(
          texts.map((text) => splitTokens(text, tokens)),
          sites,
          limit,
          longest,
        );
        if (!largest) return [];
        const found = `${Math.ceil(largest.bytes / 1024)} KiB of ${what} in ${showObject(object, tokens)}`;
        const message = `has ${found}; Kubernetes takes ${limit / 1024} KiB at most, so split it or fetch it from elsewhere`;
        return [error(path, message, largest.site ? { sites: [largest.site] } : {})];
      }),
    ),
  );
}

interface Limited {
  readonly what: string;
  readonly texts: readonly string[];
  readonly limit: number;
}

function limited(object: KubeObject): Limited[] {
  const annotations = Object.entries((object.metadata.annotations as object | undefined) ?? {}).flat();
  const data =
    object.apiVersion === 'v1' && (object.kind === 'ConfigMap' || object.kind === 'Secret')
      ? [object.data, object.binaryData, object.stringData].flatMap((map) => Object.values((map as object) ?? {}))
      : [];
  return [
    { what: 'annotations', texts: annotations.map(String), limit: annotationLimit },
    { what: 'data', texts: data.map(String), limit: dataLimit },
  ];
}

/** The largest size over the limit, with its site; undefined if all are within. */
function largestSize(
  texts: readonly Parts[],
  sites: readonly SitePlan[],
  limit: number,
  longest: (use: HoleUse) => number,
): { readonly bytes: number; readonly site?: string } | undefined {
  const parts = texts.flat();
  const uses = parts.filter((part): part is HoleUse => typeof part === 'object');
  const literal = parts.reduce((sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : 0), 0);
  if (uses.length === 0) return literal > limit ? { bytes: literal } : undefined;
  // Each hole with its own largest value bounds every site; sites one by one only where the bound is over.
  if (literal + uses.reduce((sum, use) => sum + longest(use), 0) <= limit) return undefined;
  const sizes = sites.map((site) => ({ site: site.name, bytes: Buffer.byteLength(fillParts(parts, site)) }));
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a), { site: '', bytes: 0 });
  return largest.bytes > limit ? largest : undefined;
}

/** Bytes of the longest that any site puts into a hole. */
function longestOf(sites: readonly SitePlan[]): (use: HoleUse) => number {
  const known = new Map<string, number>();
  return (use) => {
    const key = JSON.stringify(use);
    const longest = known.get(key) ?? sites.reduce((max, site) => Math.max(max, bytesOf(site, use)), 0);
    known.set(key, longest);
    return longest;
  };
}

/** None where a site has no such value. */
function bytesOf(site: SitePlan, { hole, filters }: HoleUse): number {
  const value = holeValue(site, hole);
  return value === undefined ? 0 : Buffer.byteLength(applyFilters(value, filters));
}
