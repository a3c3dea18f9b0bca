import type { BlueprintModel, FleetModel } from '../../model/fleet-model';
import { fillText } from '../../model/hole-value';
import type { HoleKinds, SitePlan } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import { proveTokens } from '../../model/prove-tokens';
import { commonHoles, tokenSite } from '../../model/site-view';
import type { TokenTable } from '../../model/token';

type SiteOfNodes = Pick<SitePlan, 'name' | 'blueprint' | 'values' | 'nodes'> & { readonly holes: HoleKinds };

/** Ordinals of one digit and of two: what pads or counts shows. */
const ordinals = [1, 2, 12];

/** What is wrong with a blueprint's nodeAddress, if anything: it must pass on what it is given, as content must. */
export function unprovenAddress(
  blueprint: BlueprintModel,
  model: FleetModel,
  allSites: readonly SiteOfNodes[],
  tokens: TokenTable,
): Problem | undefined {
  const { nodeAddress, path } = blueprint;
  if (!nodeAddress) return undefined;
  const sites = allSites.filter((site) => site.blueprint === path);
  const source = { sites, holes: commonHoles(sites), tokens };
  const classes = new Set(sites.flatMap((site) => site.nodes.map((n) => n.deviceClass)));
  try {
    for (const classPath of classes) {
      const deviceClass = model.deviceClasses.find((c) => c.path === classPath)?.id ?? classPath;
      const withTokens = nodeAddress({
        site: tokenSite(source.holes, tokens),
        node: { name: tokens.text('node.name'), deviceClass, ordinal: tokens.number('node.ordinal') },
      });
      for (const ordinal of ordinals) {
        const node = { name: `name-${ordinal}`, deviceClass, ordinal };
        const proven = proveTokens(source, (site) => nodeAddress({ site, node }));
        if ('wrong' in proven) return error(path, `has a nodeAddress that ${proven.wrong.join(', and ')}`);
        const known = new Map<string, string | number>([
          ['node.name', node.name],
          ['node.ordinal', ordinal],
        ]);
        const fill = (text: string) => fillText(text, (hole) => known.get(hole) ?? tokens.text(hole), tokens);
        if (fill(withTokens) === fill(proven.made)) continue;
        return error(
          path,
          'has a nodeAddress that calculates with node.ordinal, or changes node.name; use them as they are',
        );
      }
    }
  } catch (e) {
    return error(path, `has a nodeAddress that throws: ${(e as Error).message}`);
  }
  return undefined;
}
