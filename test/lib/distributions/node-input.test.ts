import { hasAgents, nodeArchitecture, serversOf } from '../../../lib/distributions/node-input';
import type { NodeCountModel } from '../../../lib/model/distribution';
import type { Platform } from '../../../lib/model/platform';
import { deviceClass } from '../../support/check-plan';

const counts = (...said: [NodeCountModel['role'], number][]) => ({
  nodes: said.map(([role, count]) => ({ role, count, deviceClass: `fleet/${role}` })),
});

test.each<[string, ReturnType<typeof counts>, number, boolean]>([
  ['one server', counts(['server', 1]), 1, false],
  ['servers of two classes', counts(['server', 1], ['server', 2]), 3, false],
  ['servers and agents', counts(['server', 3], ['agent', 2]), 3, true],
  ['agents of which a site has none', counts(['server', 1], ['agent', 0]), 1, true],
  ['agents alone', counts(['agent', 2]), 0, true],
])('counts of %s', (_what, cluster, servers, agents) => {
  expect(serversOf(cluster)).toBe(servers);
  expect(hasAgents(cluster)).toBe(agents);
});

test.each<[string, Platform[], ReturnType<typeof nodeArchitecture>]>([
  ['is that of its platform', ['linux/arm64'], 'arm64'],
  ['is that of the first of its platforms', ['linux/amd64', 'linux/arm64'], 'amd64'],
  [
    'is missing where nothing is released for it',
    ['linux/arm/v7'],
    { missing: 'has nodes of box, and Acme is not released for linux/arm/v7' },
  ],
])('the architecture of a class %s', (_what, platforms, expected) => {
  expect(nodeArchitecture(deviceClass('box', { platforms }), 'Acme', ['amd64', 'arm64'])).toEqual(expected);
});
