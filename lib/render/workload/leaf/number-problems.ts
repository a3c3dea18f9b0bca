import { DEVICE_LIMITS } from '../../../catalog/kubeedge-devices';
import type { LeafScalar, LeafSettings } from '../../../model/leaf-model';
import { hasToken } from '../../../model/token';

/** Whether a value is known: not a hole that each site fills. */
export function isKnown(value: unknown): boolean {
  return (typeof value !== 'string' && typeof value !== 'number') || !hasToken(value);
}

/** Why a value is no integer in a range; undefined if it is, or if each site has its own. */
export function integerProblem(name: string, value: number, from: number, to: number): string | undefined {
  if (!isKnown(value) || (Number.isInteger(value) && value >= from && value <= to)) return undefined;
  return `has the ${name} ${value}; take an integer from ${from} to ${to}`;
}

/** What is wrong with settings that KubeEdge must carry flat and as 32-bit floats. */
export function settingsProblems(where: string, settings: LeafSettings): string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (key === '') return [`has a setting without a name in ${where}; give it one`];
    const found = settingProblem(value);
    return found ? [`has the setting ${key} in ${where}, ${found}`] : [];
  });
}

function settingProblem(value: LeafScalar): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'number') {
    const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
    return `which is ${found}; KubeEdge refuses a device for it, so take a text, number or boolean (write anything else as JSON text)`;
  }
  if (!isKnown(value)) return undefined;
  if (!Number.isFinite(value) || Math.abs(value) > DEVICE_LIMITS.largestFloat)
    return `which is ${value}, no number that a 32-bit float holds; write it as text`;
  if (Number.isInteger(value))
    return Number.isSafeInteger(value) ? undefined : `which JavaScript rounds to ${value}; write it as text`;
  return Number(value.toPrecision(DEVICE_LIMITS.exactDigits)) === value
    ? undefined
    : `which is ${value}; KubeEdge rounds it to a 32-bit float, so take up to ${DEVICE_LIMITS.exactDigits} digits or write it as text`;
}
