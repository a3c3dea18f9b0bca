import { DEVICE_LIMITS } from '../../../catalog/kubeedge-devices';
import type { DeviceModelRecord, ModelPropertyRecord } from '../../../model/leaf-model';
import { compareNumbers, isNumberText } from './bounds';

/** What is wrong with a device model; each message follows the construct's path. */
export function deviceModelProblems({ protocol, properties }: DeviceModelRecord): string[] {
  const entries = Object.entries(properties);
  return [
    ...(entries.length === 0 ? ['has no properties; name at least one, or a mapper has nothing to read'] : []),
    ...(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(protocol)
      ? []
      : [
          `has the protocol ${JSON.stringify(protocol)}; take lower-case letters, digits and '-', since device, model and mapper must name it alike`,
        ]),
    ...entries.flatMap(([name, property]) =>
      [nameProblem(name, property), ...boundProblems(property)].flatMap((found) =>
        found ? [`has the property ${JSON.stringify(name)} ${found}`] : [],
      ),
    ),
  ];
}

function nameProblem(name: string, { type, writable }: ModelPropertyRecord): string | undefined {
  if (!DEVICE_LIMITS.twinName.test(name))
    return "whose name no twin can bear; take up to 128 letters, digits and any of '-_.,:/@#'";
  const names: readonly string[] = DEVICE_LIMITS.streamNames;
  if (type === 'STREAM' && !names.includes(name))
    return `which is a stream; the mapper framework knows streams named ${names.join(' and ')} only, so take one of these`;
  if (type === 'STREAM' && writable) return 'which is a stream and writable; pictures are only read';
  return undefined;
}

function boundProblems({ type, minimum, maximum }: ModelPropertyRecord): (string | undefined)[] {
  const bounds = [
    ['minimum', minimum],
    ['maximum', maximum],
  ] as const;
  const numeric = type === 'INT' || type === 'FLOAT' || type === 'DOUBLE';
  const found = bounds.flatMap(([which, bound]) => {
    if (bound === undefined) return [];
    if (!numeric) return [`of type ${type} with a ${which}; only numbers have one`];
    if (type === 'INT' && Number.isInteger(bound) && !Number.isSafeInteger(bound))
      return [`with the ${which} ${bound}, which is no integer that JavaScript holds; write a bigint such as 10n`];
    if (isNumberText(String(bound), type)) return [];
    return [`with the ${which} ${JSON.stringify(bound)}, which is no number of type ${type}`];
  });
  if (found.length > 0 || minimum === undefined || maximum === undefined) return found;
  return compareNumbers(String(minimum), String(maximum)) > 0
    ? [`whose minimum ${minimum} is above its maximum ${maximum}; exchange them`]
    : [];
}
