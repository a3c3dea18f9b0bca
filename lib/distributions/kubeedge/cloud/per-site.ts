import type { KubeObject } from '../../../model/kube-object';
import { type Fields, fields, items } from './pod-bearing';

/** Kinds whose names others use, and the fields in which they do. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['configMapRef.name', 'configMapKeyRef.name', 'configMap.name'],
  Secret: ['secretRef.name', 'secretKeyRef.name', 'secret.secretName', 'secret.name', 'target.name'],
  PersistentVolumeClaim: ['persistentVolumeClaim.claimName'],
  ServiceAccount: ['serviceAccountName', 'serviceAccount'],
  Service: ['serviceName', 'service.name'],
};

/**
 * The objects of one site among many in one cluster: `-<site>` behind each name, in all that refers to it, and in the labels that its pods are found by. What
 * the workload does not bring itself keeps its name. `site` is the name of a site, or the token that stands for it.
 */
export function objectsOfSite(objects: readonly KubeObject[], site: string): KubeObject[] {
  const own = new Map<string, ReadonlySet<string>>();
  for (const { kind, name } of objects.flatMap(namesOf)) own.set(kind, new Set([...(own.get(kind) ?? []), name]));
  return objects.map((object) => {
    const renamed = rename(object, own, site) as KubeObject;
    const metadata = { ...renamed.metadata, name: `${object.metadata.name}-${site}` };
    return withSiteLabel({ ...renamed, metadata }, site);
  });
}

/** What an object brings, by itself or by what makes another of it. @see https://external-secrets.io/latest/api/externalsecret/ */
function namesOf({ kind, metadata, spec }: KubeObject): { readonly kind: string; readonly name: string }[] {
  const made = kind === 'ExternalSecret' ? fields(fields(spec).target).name : undefined;
  return [{ kind, name: metadata.name }, ...(typeof made === 'string' ? [{ kind: 'Secret', name: made }] : [])];
}

function rename(value: unknown, own: ReadonlyMap<string, ReadonlySet<string>>, site: string, above = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, own, site, above));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const refers = Object.entries(REFERENCES).some(
        ([kind, places]) =>
          typeof item === 'string' &&
          own.get(kind)?.has(item) === true &&
          (places.includes(`${above}.${key}`) || places.includes(key)),
      );
      return [key, refers ? `${item}-${site}` : rename(item, own, site, key)];
    }),
  );
}

/** Selectors choose within a namespace, in which all sites are. */
function withSiteLabel(object: KubeObject, site: string): KubeObject {
  const label = { 'edgecdk.dev/of-site': site };
  const spec = fields(object.spec);
  const selector = fields(spec.selector);
  if (object.kind === 'Service' && Object.keys(selector).length > 0)
    return { ...object, spec: { ...spec, selector: { ...selector, ...label } } };
  const template = fields(spec.template);
  if (Object.keys(template).length > 0)
    return {
      ...object,
      spec: {
        ...spec,
        ...(spec.selector !== undefined && {
          selector: { ...selector, matchLabels: { ...fields(selector.matchLabels), ...label } },
        }),
        template: labelled(template, label),
      },
    };
  const jobTemplate = fields(spec.jobTemplate);
  if (Object.keys(jobTemplate).length === 0) return object;
  const jobSpec = fields(jobTemplate.spec);
  return {
    ...object,
    spec: {
      ...spec,
      jobTemplate: { ...jobTemplate, spec: { ...jobSpec, template: labelled(fields(jobSpec.template), label) } },
    },
  };
}

function labelled(template: Fields, label: Fields): Fields {
  const metadata = fields(template.metadata);
  return { ...template, metadata: { ...metadata, labels: { ...fields(metadata.labels), ...label } } };
}

/** Its own clock: a CronJob that names none goes by that of the control plane in the cloud. */
export function byClockOf(object: KubeObject, timeZone: string): KubeObject {
  if (object.kind !== 'CronJob') return object;
  return { ...object, spec: { timeZone, ...fields(object.spec) } };
}

/** Whether an object stands for something that each site has for itself, whatever is written in it. */
export function isOfOneSite(object: KubeObject): boolean {
  return (
    ['StatefulSet', 'Job', 'CronJob', 'Service', 'PersistentVolumeClaim'].includes(object.kind) ||
    items(fields(object.spec).volumeClaimTemplates).length > 0
  );
}
