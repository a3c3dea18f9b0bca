import type { ObjectField, ObjectFields } from '../catalog/kubeedge-devices';
import { hasToken } from '../model/token';

/** What an object has besides its schema, or lacks, or has of another type; paths as in the schema, with the entry's number. */
export function fieldProblems(object: Readonly<Record<string, unknown>>, fields: ObjectFields): string[] {
  return [...membersOf(fields, '')].flatMap(([name, field]) => valueProblems(object[name], field, fields, name, name));
}

function* membersOf(fields: ObjectFields, parent: string): Iterable<readonly [string, ObjectField]> {
  const prefix = parent === '' ? '' : `${parent}.`;
  for (const [path, field] of Object.entries(fields)) {
    const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    if (rest !== '' && !/[.[]/.test(rest)) yield [rest, field];
  }
}

/** `at`: the path with numbers of entries, for messages. */
function valueProblems(value: unknown, field: ObjectField, fields: ObjectFields, path: string, at: string): string[] {
  if (value === undefined) return field.required ? [`has no ${at}; name it`] : [];
  if (field.type === 'object') return memberProblems(value, fields, path, at);
  if (field.type === 'list') {
    if (!Array.isArray(value)) return [`has no list at ${at}; write one`];
    const item = `${path}[]`;
    const objects = [...membersOf(fields, item)].length > 0;
    return value.flatMap((entry: unknown, i) => (objects ? memberProblems(entry, fields, item, `${at}[${i}]`) : []));
  }
  if (field.type === 'flat' || field.type === 'texts') return entryProblems(value, field.type, at);
  if (!isOfType(value, field.type)) return [`has ${JSON.stringify(value)} at ${at}; take ${kinds[field.type]}`];
  if (field.values && !field.values.includes(String(value)))
    return [`has ${JSON.stringify(value)} at ${at}; take one of ${field.values.join(', ')}`];
  return [];
}

function memberProblems(value: unknown, fields: ObjectFields, path: string, at: string): string[] {
  if (!isObject(value)) return [`has ${JSON.stringify(value)} at ${at}; write an object`];
  const members = new Map(membersOf(fields, path));
  const strange = Object.keys(value).filter((name) => !members.has(name));
  return [
    ...strange.map(
      (name) =>
        `has ${at}.${name}, which does not exist and would be dropped; there are: ${[...members.keys()].join(', ')}`,
    ),
    ...[...members].flatMap(([name, field]) =>
      valueProblems(value[name], field, fields, `${path}.${name}`, `${at}.${name}`),
    ),
  ];
}

function entryProblems(value: unknown, type: 'flat' | 'texts', at: string): string[] {
  if (!isObject(value)) return [`has ${JSON.stringify(value)} at ${at}; write an object`];
  const legal = type === 'flat' ? ['string', 'number', 'boolean'] : ['string'];
  return Object.entries(value).flatMap(([key, entry]) =>
    legal.includes(typeof entry)
      ? []
      : [
          `has ${JSON.stringify(entry)} at ${at}.${key}; take ${type === 'flat' ? 'a text, number or boolean' : 'a text'}`,
        ],
  );
}

const kinds = { string: 'a text, in quotes', integer: 'an integer', boolean: 'true or false' } as const;

function isOfType(value: unknown, type: keyof typeof kinds): boolean {
  if (type === 'integer') return Number.isInteger(value) || (typeof value === 'number' && hasToken(value));
  return typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
