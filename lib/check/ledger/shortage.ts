import { error, type Problem, warning } from '../../model/problem';

/** Id of the findings that rest on estimates, to be used with `acknowledge`. Those that are certain are errors and no rule's. */
export const CAPACITY = 'edgecdk-capacity';

export function shortage(path: string, message: string, certain: boolean, sites: readonly string[]): Problem {
  return certain ? error(path, message, { sites }) : warning(path, message, { sites, rule: CAPACITY });
}

/** `900 MiB of memory`, `250m of CPU`, `1 nvidia.com/gpu`. */
export function amountOf(resource: string, amount: number): string {
  if (resource === 'memory') return `${Math.ceil(amount)} MiB of memory`;
  if (resource === 'cpu') return `${Math.ceil(amount)}m of CPU`;
  return `${amount} ${resource}`;
}

/** The same without its name, for a second mention. */
export function bareAmount(resource: string, amount: number): string {
  if (resource === 'memory') return `${Math.floor(amount)} MiB`;
  return resource === 'cpu' ? `${Math.floor(amount)}m` : String(amount);
}
