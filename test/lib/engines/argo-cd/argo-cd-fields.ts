import type { ArgoCdField, ArgoCdFields } from '../../../../lib/catalog/argo-cd';

/** What an object has besides its schema, or has of another type. */
export function strayFields(object: unknown, fields: ArgoCdFields): string[] {
  return members(object, fields, '');
}

function members(value: unknown, fields: ArgoCdFields, at: string): string[] {
  if (!isMap(value)) return [`${at} is no object`];
  return Object.entries(value).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const field = fields[path];
    return field ? wrong(member, field, fields, path) : [`${path} is not known`];
  });
}

function wrong(value: unknown, { type, values }: ArgoCdField, fields: ArgoCdFields, path: string): string[] {
  const no = [`${path} is ${JSON.stringify(value)}, and no ${type}`];
  switch (type) {
    case 'tree':
      return [];
    case 'object':
      return members(value, fields, path);
    case 'list': {
      if (!Array.isArray(value)) return no;
      const each = fields[`${path}[]`];
      return value.flatMap((one) => (each ? wrong(one, each, fields, `${path}[]`) : members(one, fields, `${path}[]`)));
    }
    case 'texts':
      return isMap(value) && Object.values(value).every((one) => typeof one === 'string') ? [] : no;
    case 'integer':
      return Number.isInteger(value) ? [] : no;
    case 'text-or-number':
      return typeof value === 'string' || Number.isInteger(value) ? [] : no;
    default:
      return typeof value === type && (!values || values.includes(String(value))) ? [] : no;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
