import { DISTRIBUTION_RULES } from '../catalog/distribution-rules';
import { ENGINE_RULES } from '../catalog/engine-rules';
import type { AcknowledgementModel, FleetModel } from '../model/fleet-model';
import { error, listSome, type Problem, warning } from '../model/problem';
import { CAPACITY } from './ledger/shortage';
import { OFFLINE_IMAGES } from './offline-images';
import { builtInIds } from './rules/all-rules';
import { DISABLED_COMPONENT } from './rules/disabled-component';

/** Takes out what the program acknowledges; an acknowledgement that is wrong, or of nothing, is a problem of its own. */
export function acknowledge(
  found: readonly Problem[],
  model: FleetModel,
): { readonly problems: readonly Problem[]; readonly acknowledged: readonly Problem[] } {
  const known = new Set([
    ...builtInIds,
    CAPACITY,
    DISABLED_COMPONENT,
    OFFLINE_IMAGES,
    ...Object.values(DISTRIBUTION_RULES),
    ...Object.values(ENGINE_RULES),
    ...model.rules.map((rule) => rule.id),
  ]);
  const wrong = model.acknowledgements.flatMap((ack) => wrongAcknowledgement(ack, known));
  const valid = model.acknowledgements.filter((ack) => known.has(ack.rule) && ack.reason.trim() !== '');
  const isAcknowledged = (problem: Problem) => valid.some((ack) => covers(ack, problem));
  const idle = valid
    .filter((ack) => !found.some((problem) => covers(ack, problem)))
    .map((ack) =>
      warning(ack.path, `has nothing to acknowledge: ${ack.rule} finds nothing here; take the acknowledgement out`),
    );
  return {
    problems: [...found.filter((problem) => !isAcknowledged(problem)), ...wrong, ...idle],
    acknowledged: found.filter(isAcknowledged),
  };
}

function covers(ack: AcknowledgementModel, problem: Problem): boolean {
  return problem.rule === ack.rule && (problem.path === ack.path || problem.path.startsWith(`${ack.path}/`));
}

function wrongAcknowledgement({ path, rule, reason }: AcknowledgementModel, known: ReadonlySet<string>): Problem[] {
  if (!known.has(rule)) {
    const ids = listSome([...known].sort(), 20);
    return [error(path, `acknowledges ${JSON.stringify(rule)}, which is no rule; there are ${ids}`)];
  }
  if (reason.trim() === '') {
    return [error(path, `acknowledges ${rule} without a reason; say why it is right here, for the next reader`)];
  }
  return [];
}
