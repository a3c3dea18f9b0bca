import { RUNTIME_PAIRS, type RuntimeDistribution } from '../../../catalog/runtimes';
import type { RuntimeName } from '../../../model/runtime-name';

/** Why a distribution cannot have a runtime, and what to do; undefined where it can. */
export function runtimeRefusal(distribution: RuntimeDistribution, runtime: RuntimeName): string | undefined {
  const pair = RUNTIME_PAIRS[distribution][runtime];
  return pair.kind === 'refused'
    ? `${distribution} cannot have ${runtime}: ${pair.reason}; take containerd`
    : undefined;
}

/** What a distribution says of a runtime in its own configuration; nothing where it is its own. */
export function runtimeKeys(
  distribution: RuntimeDistribution,
  runtime: RuntimeName,
): Readonly<Record<string, string | boolean>> {
  const pair = RUNTIME_PAIRS[distribution][runtime];
  return pair.kind === 'keys' ? pair.keys : {};
}
