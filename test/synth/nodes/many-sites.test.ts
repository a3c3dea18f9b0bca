import { collect } from '../../../constructs/collect';
import { model } from '../../../constructs/internal';
import { renderFleet } from '../../../lib/synth';
import { nodeFleet, withLock } from '../../support/node-fleet';

function rendered(sites: number) {
  const rows = Array.from({ length: sites }, (_, i) => ({ name: `shop-${i}`, net: '10.1.1', tills: 1 + (i % 3) }));
  const nodes = rows.map(({ name }) => ({ site: name, slot: 'box-1', serial: name, address: '10.1.1.11' }));
  return withLock((root) => {
    const fleet = nodeFleet(root, { sites: rows, nodes });
    return renderFleet(collect(fleet, fleet[model]));
  });
}

test('a hundred times the sites have the same trees, in the same files', () => {
  const [few, many] = [rendered(240), rendered(24_000)];
  expect(many.problems).toEqual([]);
  expect([...many.rendering.files]).toEqual([...few.rendering.files]);
  expect([...many.rendering.trees.keys()]).toEqual(['shop.agent.till', 'shop.server.box']);
  expect(many.plan.cohorts).toHaveLength(few.plan.cohorts.length);
  const last = many.plan.sites.at(-1);
  expect(last && many.rendering.siteNodes(last)?.names()).toContain(`${last?.name}-box-1/identity/manifest`);
});
