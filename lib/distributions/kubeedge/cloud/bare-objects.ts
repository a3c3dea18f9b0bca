import type { KubeObject } from '../../../model/kube-object';
import { walkScalars } from '../../../model/kube-object';
import { hasToken } from '../../../model/token';
import { DEVICE_CLASS_LABEL } from './node-groups';
import { type Fields, fields, hasPods, items, podSpec, withTemplate } from './pod-bearing';

/** Without the labels that say of which site an object is: one that all sites share is of none. */
export function withoutSiteLabels(object: KubeObject): KubeObject {
  const { labels, ...metadata } = object.metadata;
  const kept = Object.fromEntries(
    Object.entries(fields(labels)).filter(
      ([key, value]) => !(key.startsWith('edgecdk.dev/') && hasToken(String(value))),
    ),
  );
  return { ...object, metadata: { ...metadata, ...(Object.keys(kept).length > 0 && { labels: kept }) } };
}

export function hasHoles(object: KubeObject): boolean {
  let found = false;
  walkScalars(object, (value) => {
    if (typeof value === 'string' || typeof value === 'number') found ||= hasToken(value);
  });
  return found;
}

/** Objects that do not say themselves on nodes of which classes their pods may be. */
export interface Classless {
  readonly objects: readonly KubeObject[];
  /** Ids of device classes. @default - any */
  readonly classes?: readonly string[];
}

/** Node groups choose the device class; so objects are the same whether a site has other classes or not. */
export function withoutClasses(objects: readonly KubeObject[]): Classless {
  const podBearing = objects.filter(hasPods);
  const [first, ...others] = podBearing.map(classesOf);
  if (!first || others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) return { objects };
  return {
    objects: objects.map((object) => (hasPods(object) ? withTemplate(object, withoutClass) : object)),
    classes: first,
  };
}

function classesOf(object: KubeObject): readonly string[] | undefined {
  const [term, ...others] = termsOf(podSpec(object) ?? {});
  if (!term || others.length > 0) return undefined;
  const [own, ...more] = items(term.matchExpressions).map(fields).filter(isOfClass);
  return own && more.length === 0 ? items(own.values).map(String).sort() : undefined;
}

function isOfClass({ key, operator }: Fields): boolean {
  return key === DEVICE_CLASS_LABEL && operator === 'In';
}

function termsOf({ affinity }: Fields): Fields[] {
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = fields(fields(affinity).nodeAffinity);
  return items(fields(required).nodeSelectorTerms).map(fields);
}

function withoutClass(template: Fields): Fields {
  const spec = fields(template.spec);
  const [term = {}] = termsOf(spec);
  const left = items(term.matchExpressions).filter((expression) => !isOfClass(fields(expression)));
  const { affinity, ...others } = spec;
  const { nodeAffinity, ...otherAffinity } = fields(affinity);
  const { requiredDuringSchedulingIgnoredDuringExecution: _terms, ...preferred } = fields(nodeAffinity);
  const required = left.length > 0 && {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ ...term, matchExpressions: left }] },
  };
  const node = { ...preferred, ...required };
  const all = { ...otherAffinity, ...(Object.keys(node).length > 0 && { nodeAffinity: node }) };
  return { ...template, spec: { ...others, ...(Object.keys(all).length > 0 && { affinity: all }) } };
}
