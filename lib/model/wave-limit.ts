/** As the API of Kubernetes reads it, of which each limit has one way to write it. */
const percentage = /^([1-9]\d?|100)%$/;
const mostInt32 = 2 ** 31 - 1;

/** Whether so many sites can be changing or unavailable at a time: a whole number from 1, or a whole percentage from `1%` to `100%`. */
export function isWaveLimit(limit: number | string): boolean {
  return typeof limit === 'number'
    ? Number.isInteger(limit) && limit >= 1 && limit <= mostInt32
    : percentage.test(limit);
}
