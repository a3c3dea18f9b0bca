import type { PropertyType } from '../../../model/leaf-model';

/** Whether a text is a number as KubeEdge reads one of that type: Go's ParseInt or ParseFloat, in decimals. */
export function isNumberText(text: string, type: PropertyType): boolean {
  if (type === 'INT') return /^-?\d+$/.test(text) && inInt64(BigInt(text));
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
}

/** Integers of any size are compared exactly. */
export function compareNumbers(a: string, b: string): number {
  const whole = /^-?\d+$/;
  if (!whole.test(a) || !whole.test(b)) return Number(a) - Number(b);
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function inInt64(value: bigint): boolean {
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}
