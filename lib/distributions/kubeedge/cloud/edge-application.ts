import type { KubeObject } from '../../../model/kube-object';
import type { Overriders, PlacementFacts, PlacementGroup } from '../../../model/kubeedge-placement';
import { type Fields, fields, hasPods, items, kindOf, podSpec } from './pod-bearing';

/**
 * Why an EdgeApplication cannot say what these objects mean; empty where it can. Its controller multiplies Deployments alone, applies all else once, and
 * takes the place of nodeSelector.
 *
 * @see kubeedge/kubeedge, cloud/pkg/controllermanager; issues 7281, 7197, 5497
 */
export function whyNoEdgeApplication(objects: readonly KubeObject[], facts: PlacementFacts): string[] {
  const withPods = objects.filter(hasPods);
  const others = withPods.filter((object) => kindOf(object) !== 'apps/v1/Deployment');
  const [first] = others;
  return [
    ...(facts.nodeGroups ? [] : ['node groups are not switched on, and nobody would act upon it']),
    ...(facts.hasHoles ? ['its content differs from site to site'] : []),
    ...(facts.groups.length === 0 ? ['it goes to no node group'] : []),
    ...(withPods.length === 0 ? ['it has no Deployment'] : []),
    ...(facts.sites !== undefined && facts.sites < facts.groups.reduce((sum, group) => sum + group.sites, 0)
      ? ['a site has nodes in several of its node groups, and each group would have its own pods']
      : []),
    ...(first === undefined ? [] : [`a ${first.kind} would be made once, and not for each node group`]),
    ...(new Set(withPods.map(({ spec }) => fields(spec).replicas ?? 1)).size > 1
      ? ['its Deployments have different numbers of pods, and it has one number for all of them']
      : []),
    ...withPods
      .filter(({ metadata }) => metadata.namespace !== undefined && metadata.namespace !== facts.namespace)
      .map(({ kind, metadata }) => `${kind} ${metadata.name} is in another namespace`),
  ];
}

/** What is wrong with overriders for these objects: what the controller would fail at, or do to more than was meant. */
export function overriderRefusals(objects: readonly KubeObject[], facts: PlacementFacts): string[] {
  const names = facts.groups.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const containers = objects.flatMap((object) => items(podSpec(object)?.containers)).map(fields);
  return [
    ...(twice === undefined ? [] : [`the node group '${twice}' is there twice`]),
    ...objects
      .filter((object) => kindOf(object) === 'apps/v1/Deployment')
      .flatMap(({ metadata }) =>
        names
          .filter((group) => `${metadata.name}-${group}`.length > 63)
          .map(
            (group) =>
              `the Deployment '${metadata.name}-${group}' would have more than 63 characters; take shorter ids`,
          ),
      ),
    ...facts.groups.flatMap(({ name, overriders = {} }) =>
      [
        ...(overriders.env ?? []).map(({ container }) => missing(container)),
        ...(overriders.args ?? []).map(({ container }) => missing(container)),
        ...(overriders.images ?? []).map(({ path }) =>
          /^\/spec\/template\/spec\/(initContainers|containers)\/\d+\/image$/.test(path)
            ? ''
            : `an image needs the path of the one container that it is for, or it changes them all (found '${path}')`,
        ),
        ...(overriders.resources ?? []).flatMap((resources) => resourceRefusals(resources)),
      ].flatMap((message) => (message === '' ? [] : [`node group '${name}': ${message}`])),
    ),
  ];

  function missing(container: string): string {
    return containers.some((one) => one.name === container) ? '' : `there is no container '${container}'`;
  }

  function resourceRefusals(resources: NonNullable<Overriders['resources']>[number]): string[] {
    const container = containers.find(({ name }) => name === resources.container);
    if (container === undefined) return [missing(resources.container)];
    return (['limits', 'requests'] as const).flatMap((kind) =>
      Object.entries(resources[kind] ?? {}).map(([name, quantity]) => {
        if (name.includes('/')) return `${kind} of ${name} cannot be overridden, for its name has a slash`;
        if (!(name in fields(fields(container.resources)[kind])))
          return `${kind} of ${name} can only be replaced, and the template has none; write one there`;
        return /^0+(\.0+)?[A-Za-z]*$/.test(quantity) ? `${kind} of ${name} is passed over where it is 0` : '';
      }),
    );
  }
}

/**
 * The objects wrapped up, for each node group with its own number of pods: so many for each of its sites. Every object names its namespace, since the
 * controller fills none in.
 */
export function edgeApplication(objects: readonly KubeObject[], facts: PlacementFacts): KubeObject {
  return {
    apiVersion: 'apps.kubeedge.io/v1alpha1',
    kind: 'EdgeApplication',
    metadata: { name: facts.workload, namespace: facts.namespace, ...labelsOf(objects) },
    spec: {
      workloadScope: { targetNodeGroups: facts.groups.map((group) => targetOf(group, objects)) },
      workloadTemplate: {
        manifests: objects.map((object) => ({
          ...object,
          metadata: { ...object.metadata, namespace: facts.namespace },
        })),
      },
    },
  };
}

/** Whose it is: what all of the objects in it say. */
function labelsOf(objects: readonly KubeObject[]): { readonly labels?: Fields } {
  const [first = {}, ...others] = objects.map(({ metadata }) => fields(metadata.labels));
  const labels = Object.entries(first).filter(([key, value]) => others.every((other) => other[key] === value));
  return labels.length > 0 ? { labels: Object.fromEntries(labels) } : {};
}

function targetOf({ name, sites, overriders = {} }: PlacementGroup, objects: readonly KubeObject[]): unknown {
  const perSite = Math.max(1, ...objects.filter(hasPods).map(({ spec }) => Number(fields(spec).replicas ?? 1)));
  return {
    name,
    overriders: {
      replicas: perSite * sites,
      ...(overriders.images && {
        imageOverriders: overriders.images.map(({ path, ...image }) => ({ ...image, predicate: { path } })),
      }),
      ...(overriders.env && {
        envOverriders: overriders.env.map(({ container, ...env }) => ({ containerName: container, ...env })),
      }),
      ...(overriders.args && {
        argsOverriders: overriders.args.map(({ container, ...args }) => ({ containerName: container, ...args })),
      }),
      ...(overriders.resources && {
        resourcesOverriders: overriders.resources.map(({ container, limits, requests }) => ({
          containerName: container,
          value: { ...(limits && { limits }), ...(requests && { requests }) },
        })),
      }),
    },
  };
}
