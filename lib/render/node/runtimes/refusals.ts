import { RUNTIME_PAIRS, RUNTIMES, type RuntimeDistribution } from '../../../catalog/runtimes';
import type { ContainerRuntime } from '../../../model/container-runtime';

const NAMES: Readonly<Record<RuntimeDistribution, string>> = { k3s: 'K3s', microk8s: 'MicroK8s', kubeedge: 'KubeEdge' };

/** Why a distribution cannot have a runtime, and what to do; undefined where it can. */
export function runtimeRefusal(
  distribution: RuntimeDistribution,
  runtime: ContainerRuntime,
  deviceClass: string,
): string | undefined {
  const pair = RUNTIME_PAIRS[distribution][runtime];
  if (pair.kind !== 'refused') return undefined;
  return `device class '${deviceClass}' has ${RUNTIMES[runtime].title}: ${pair.reason}; take containerd, or another distribution than ${NAMES[distribution]} for its nodes`;
}

/** What a distribution says of a runtime in its own configuration; nothing where it is its own. */
export function runtimeKeys(
  distribution: RuntimeDistribution,
  runtime: ContainerRuntime,
): Readonly<Record<string, string | boolean>> {
  const pair = RUNTIME_PAIRS[distribution][runtime];
  return pair.kind === 'keys' ? pair.keys : {};
}
