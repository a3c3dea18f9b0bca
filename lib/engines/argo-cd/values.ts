import type { Variable } from '../../model/layer';
import { type TokenTable, withFilter } from '../../model/token';
import { holeToken } from '../../model/variable';

/**
 * A site's values as JSON on one line: `{"v":{"values__storeId":"0042"}}`. All are text, as they stand between double quotes in shared content. With tokens,
 * which bear the filter for the quotes of this JSON; whoever prints it adds that for its own.
 */
export function valuesJson(variables: readonly Variable[], tokens: TokenTable): string {
  const members = variables.map(({ name, use }) => `"${name}":"${withFilter(holeToken(use, tokens), 'j')}"`);
  return `{"v":{${members.join(',')}}}`;
}
