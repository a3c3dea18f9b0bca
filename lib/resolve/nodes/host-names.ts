import { applyFilters } from '../../model/filter';
import type { BlueprintModel } from '../../model/fleet-model';
import { siteValue } from '../../model/hole-value';
import type { HoleKinds, SitePlan } from '../../model/plan';
import { tokenSite } from '../../model/site-view';
import { splitTokens, type TokenTable } from '../../model/token';

type Parts = ReturnType<typeof splitTokens>;

/** A node of a site, as far as its host name depends on it. */
export interface NamedNode {
  readonly name: string;
  /** Id of its device class. */
  readonly classId: string;
  readonly ordinal: number;
}

type HostOf = (site: Pick<SitePlan, 'name' | 'values' | 'holes'>, node: NamedNode) => string;

/**
 * Where other nodes reach the nodes of a blueprint, by its `nodeAddress`. The user's function runs once per shape of values and device class, not per node.
 * Throws what it throws.
 */
export function hostNames({ nodeAddress }: BlueprintModel, tokens: TokenTable): HostOf | undefined {
  if (!nodeAddress) return undefined;
  const known = new Map<HoleKinds, Map<string, Parts>>();
  const partsOf = (holes: HoleKinds, deviceClass: string): Parts => {
    const ofShape = known.get(holes) ?? new Map<string, Parts>();
    known.set(holes, ofShape);
    const found = ofShape.get(deviceClass);
    if (found) return found;
    const node = { name: tokens.text('node.name'), deviceClass, ordinal: tokens.number('node.ordinal') };
    const parts = splitTokens(nodeAddress({ site: tokenSite(holes, tokens), node }), tokens);
    ofShape.set(deviceClass, parts);
    return parts;
  };
  return (site, node) => {
    let text = '';
    for (const part of partsOf(site.holes, node.classId)) {
      if (typeof part === 'string') text += part;
      else {
        const { hole } = part;
        const value =
          hole === 'node.name'
            ? node.name
            : hole === 'node.ordinal'
              ? node.ordinal
              : siteValue({ ...site, profile: '' }, hole);
        text += applyFilters(value, part.filters);
      }
    }
    return text;
  };
}
