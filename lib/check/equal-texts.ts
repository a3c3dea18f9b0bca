import type { SitePlan } from '../model/plan';
import { splitTokens, type TokenTable } from '../model/token';
import { fillParts, isLiteral, type Parts } from './filled-text';

/** Names of the sites at which two texts become the same; sites are only gone through where the literal parts allow it. */
export function sitesWhereEqual(a: string, b: string, sites: readonly SitePlan[], tokens: TokenTable): string[] {
  if (a === b) return sites.map((site) => site.name);
  const [partsA, partsB] = [splitTokens(a, tokens), splitTokens(b, tokens)];
  if (isLiteral(partsA) && isLiteral(partsB)) return [];
  if (!agree(partsA[0], partsB[0], 'start') || !agree(partsA.at(-1), partsB.at(-1), 'end')) return [];
  return sites.filter((site) => fillParts(partsA, site) === fillParts(partsB, site)).map((site) => site.name);
}

/** Whether two texts can share a start (or end), of which a hole can be any. */
function agree(a: Parts[number] | undefined, b: Parts[number] | undefined, side: 'start' | 'end'): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return true;
  return side === 'start' ? a.startsWith(b) || b.startsWith(a) : a.endsWith(b) || b.endsWith(a);
}
