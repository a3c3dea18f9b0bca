import { siteValue } from '../../model/hole-value';
import type { RenderUnit, SitePlan } from '../../model/plan';
import { type ContainerSpec, listOf, type PodSpec, type PodTemplate, podTemplateOf } from '../../model/pod-template';
import type { Rendering } from '../../model/template';
import { numberHole, splitTokens, type TokenTable } from '../../model/token';
import { fillParts, isLiteral, showObject } from '../filled-text';
import { parseQuantity } from '../quantity';

/** What one pod of an object asks of its node. */
export interface PodDemand {
  readonly unit: RenderUnit;
  /** `Deployment shop/pos` */
  readonly object: string;
  readonly spec: PodSpec;
  readonly runs: PodTemplate['runs'];
  /** A number, or the hole that gives it per site. */
  readonly replicas: number | string;
  /** By resource, in the units of `NodeClass`; what is not asked for is absent. */
  readonly needs: ReadonlyMap<string, number>;
}

/** The pods of a unit. What a Helm chart makes is not known, so it has none. */
export function podDemands(unit: RenderUnit, rendering: Rendering, tokens: TokenTable): PodDemand[] {
  const objects = (rendering.units.get(unit.id)?.files ?? []).flatMap((file) => file.objects);
  return objects.flatMap((object) => {
    const pod = podTemplateOf(object);
    if (!pod) return [];
    return [
      {
        unit,
        object: showObject(object, tokens),
        spec: pod.spec,
        runs: pod.runs,
        replicas: replicasOf(pod.replicas, tokens),
        needs: needsOf(pod.spec, (quantity) => largest(quantity, unit.sites, tokens)),
      },
    ];
  });
}

/** So many pods at the site of these that has most. */
export function replicasAt(pod: PodDemand, sites: readonly SitePlan[]): number {
  const { replicas } = pod;
  if (typeof replicas === 'number') return replicas;
  return sites.reduce((most, site) => Math.max(most, Number(siteValue(site, replicas))), 0);
}

function replicasOf(replicas: unknown, tokens: TokenTable): number | string {
  if (typeof replicas !== 'number') return 1;
  return numberHole(replicas, tokens)?.hole ?? replicas;
}

/** The largest that a quantity is at any site; 0 for what is none, which its grammar reports. */
function largest(quantity: string | number, sites: readonly SitePlan[], tokens: TokenTable): number {
  const parts = splitTokens(String(quantity), tokens);
  const texts = isLiteral(parts) ? [parts.join('')] : sites.map((site) => fillParts(parts, site));
  return texts.reduce((most, text) => Math.max(most, parseQuantity(text) ?? 0), 0);
}

type Needs = ReadonlyMap<string, number>;
type Parse = (quantity: string | number) => number;

/**
 * Containers together, or the largest that runs before them; and what the runtime itself takes.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
function needsOf(spec: PodSpec, parse: Parse): Needs {
  const before = listOf(spec.initContainers);
  const sidecars = before.filter((container) => container.restartPolicy === 'Always');
  const running = [...listOf(spec.containers), ...sidecars].map((container) => requestsOf(container, parse));
  const starting = before.filter((c) => c.restartPolicy !== 'Always').map((container) => requestsOf(container, parse));
  const pod = combine([combine(running, (a, b) => a + b), ...starting], Math.max);
  return combine([pod, amounts(spec.overhead ?? {}, parse)], (a, b) => a + b);
}

/** A limit without a request is one. */
function requestsOf({ resources }: ContainerSpec, parse: Parse): Needs {
  return amounts({ ...resources?.limits, ...resources?.requests }, parse);
}

function amounts(quantities: Readonly<Record<string, string | number>>, parse: Parse): Needs {
  return new Map(
    Object.entries(quantities)
      .filter(([resource]) => resource === 'memory' || resource === 'cpu' || resource.includes('/'))
      .map(([resource, quantity]) => [resource, parse(quantity) * (perUnit[resource] ?? 1)] as const)
      .filter(([, amount]) => amount > 0),
  );
}

/** MiB, and millicores. */
const perUnit: Readonly<Record<string, number>> = { memory: 1 / 2 ** 20, cpu: 1000 };

function combine(parts: readonly Needs[], both: (a: number, b: number) => number): Needs {
  const all = new Map<string, number>();
  for (const part of parts) {
    for (const [resource, amount] of part) all.set(resource, both(all.get(resource) ?? 0, amount));
  }
  return all;
}
