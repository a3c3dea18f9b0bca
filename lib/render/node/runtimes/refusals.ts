import { RUNTIMES, type RuntimePair, type RuntimePairs } from '../../../catalog/runtimes';
import type { ContainerRuntime } from '../../../model/container-runtime';

/** Why a distribution, by its title, cannot have a runtime, and what to do; undefined where it can. */
export function runtimeRefusal(
  title: string,
  pairs: RuntimePairs,
  runtime: ContainerRuntime,
  deviceClass: string,
): string | undefined {
  const pair = pairs[runtime];
  if (pair.kind !== 'refused') return undefined;
  return `device class '${deviceClass}' has ${RUNTIMES[runtime].title}: ${pair.reason}; take containerd, or another distribution than ${title} for its nodes`;
}

/** What a distribution says of a runtime in its own configuration; nothing where it is its own. */
export function runtimeKeys(pair: RuntimePair): Readonly<Record<string, string | boolean>> {
  return pair.kind === 'keys' ? pair.keys : {};
}
