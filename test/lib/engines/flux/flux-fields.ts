import { FLUX_FIELDS, type FluxField } from '../../../../lib/catalog/flux';
import type { KubeObject } from '../../../../lib/model/kube-object';

/** What an object of Flux or Kustomize has besides its fields, or has of another type; undefined for other objects. */
export function strayFields({ apiVersion, kind, ...rest }: KubeObject): string[] | undefined {
  const fields = FLUX_FIELDS[`${apiVersion}/${kind}`];
  return fields && members({ apiVersion, kind, ...rest }, fields, '');
}

function members(value: unknown, fields: Readonly<Record<string, FluxField>>, at: string): string[] {
  const field = fields[at];
  if (field) return isOf(value, field) ? [] : [`${at} is ${JSON.stringify(value)}, and no ${field.type}`];
  if (Array.isArray(value)) return value.flatMap((one) => members(one, fields, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [`${at} is not known`];
  const prefix = at === '' ? '' : `${at}.`;
  return Object.entries(value).flatMap(([name, member]) => members(member, fields, `${prefix}${name}`));
}

function isOf(value: unknown, { type, values }: FluxField): boolean {
  switch (type) {
    case 'tree':
      return true;
    case 'texts':
      return Object.values(value as object).every((one) => typeof one === 'string');
    case 'strings':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'integer':
      return Number.isInteger(value);
    case 'duration':
      return typeof value === 'string' && /^([0-9]+(ms|s|m|h))+$/.test(value);
    default:
      return typeof value === type && (!values || values.includes(String(value)));
  }
}
