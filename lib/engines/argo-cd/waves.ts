import type { WavePlan } from '../../model/wave';
import { WAVE_LABEL } from './names';

/** How many sites of a wave change at a time where the program does not say. */
export const DEFAULT_MAX_UPDATE = '25%';

/** One wave after the other: the next begins when all Applications of this one are healthy. @see argoproj/argo-cd, docs/operator-manual/applicationset/Progressive-Syncs.md */
export function rollingSync(waves: readonly WavePlan[]) {
  return {
    type: 'RollingSync',
    rollingSync: {
      steps: waves.map(({ name, maxUnavailable = DEFAULT_MAX_UPDATE }) => ({
        matchExpressions: [{ key: WAVE_LABEL, operator: 'In', values: [name] }],
        maxUpdate: maxUnavailable,
      })),
    },
  };
}
