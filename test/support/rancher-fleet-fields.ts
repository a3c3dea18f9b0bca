import { FLEET_OBJECT_KEYS, FLEET_YAML_KEYS, type FleetKey } from '../../lib/catalog/rancher-fleet';

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';

const OF_TYPE: Readonly<Record<FleetKey['type'], (value: unknown) => boolean>> = {
  string: isText,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  amount: (value) => Number.isInteger(value) || (isText(value) && /^\d+(\.\d+)?%$/.test(String(value))),
  strings: (value) => Array.isArray(value) && value.every(isText),
  'text-map': (value) => isMap(value) && Object.values(value).every(isText),
  map: isMap,
};

/** Fields of an object for a hub of Rancher Fleet, or of a `fleet.yaml`, that the catalogue does not have, or has with another type. */
export function strangeFleetFields(document: unknown): string[] {
  const kind = isMap(document) ? document.kind : undefined;
  const keys = kind === undefined ? FLEET_YAML_KEYS : FLEET_OBJECT_KEYS[String(kind)];
  return keys ? strangers(document, keys, '') : [`kind ${String(kind)}`];
}

function strangers(value: unknown, keys: Readonly<Record<string, FleetKey>>, path: string): string[] {
  const key = Object.hasOwn(keys, path) ? keys[path] : undefined;
  if (key) return OF_TYPE[key.type](value) ? [] : [`${path}: ${JSON.stringify(value)}`];
  if (Array.isArray(value)) return value.flatMap((one) => strangers(one, keys, `${path}[]`));
  if (!isMap(value)) return [path];
  return Object.entries(value).flatMap(([name, one]) => strangers(one, keys, path === '' ? name : `${path}.${name}`));
}
