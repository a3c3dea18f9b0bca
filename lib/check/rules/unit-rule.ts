import type { Rule } from '../../model/fleet-model';
import type { RenderUnit } from '../../model/plan';

/** A rule of ours about what a workload declares, which no rendered object shows. */
export interface UnitRule extends Pick<Rule, 'id' | 'severity' | 'why'> {
  readonly check: (unit: RenderUnit) => string | undefined;
}
