import type { WavePlan } from '../../model/wave';

export const waveLabel = 'edgecdk.dev/wave';

/** Partition of sites in no wave. No wave can be called so. */
const NO_WAVE = '_no-wave';

/** `workload.edgecdk.dev/pos`: which variant of a layer a cluster has. */
export function layerLabel(layer: string): string {
  return `workload.edgecdk.dev/${layer}`;
}

/**
 * Waves one after the other, and what is in none of them last: a cluster that no partition selects would get nothing. All limits are written: what is not is
 * 100 %, which holds nothing back. The limit over all waves stays at that, since sites that are offline in any wave use it up.
 * @see rancher/fleet, internal/cmd/controller/target/rollout.go, manualPartition
 */
export function rolloutStrategy(layer: string, waves: readonly WavePlan[], maxUnavailable: number | string): object {
  const names = waves.map(({ name }) => name);
  const rest =
    names.length === 0
      ? { key: layerLabel(layer), operator: 'Exists' }
      : { key: waveLabel, operator: 'NotIn', values: names };
  return {
    maxUnavailable: '100%',
    maxUnavailablePartitions: 0,
    partitions: [
      ...waves.map((wave) => ({
        name: wave.name,
        maxUnavailable: wave.maxUnavailable ?? maxUnavailable,
        clusterSelector: { matchLabels: { [waveLabel]: wave.name } },
      })),
      { name: names.length === 0 ? 'all' : NO_WAVE, maxUnavailable, clusterSelector: { matchExpressions: [rest] } },
    ],
  };
}
