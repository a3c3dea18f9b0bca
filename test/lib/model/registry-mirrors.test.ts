import type { NodesModel } from '../../../lib/model/nodes-model';
import { holdsSiteValue, mirrorsOfTree, withFleetMirrors } from '../../../lib/model/registry-mirrors';
import { TokenTable } from '../../../lib/model/token';

const net = new TokenTable(['site.values.net']).text('site.values.net');
const hub = { registry: 'docker.io', endpoints: ['https://hub.example'] };
const all = { registry: '*', endpoints: ['https://all.example'] };
const own = {
  registry: 'ghcr.io',
  endpoints: ['https://spare.example', `http://${net}.5:5000`],
  caFile: '/etc/ca.pem',
};

const machines = (more: Partial<NodesModel>): NodesModel => ({
  registries: [],
  install: { mode: 'online' },
  secretsFrom: { kind: 'medium' },
  access: { sshKeys: [] },
  ...more,
});

test('one address with a site value makes the mirrors of its registry a site’s own', () => {
  expect([hub, all, own].map(holdsSiteValue)).toEqual([false, false, true]);
});

test('a tree knows which registries have mirrors of a site’s own, and no address of them', () => {
  expect(mirrorsOfTree([hub, own])).toEqual([hub, { ...own, endpoints: [], perSite: true }]);
});

describe('the mirrors of a fleet', () => {
  test('count for each registry that the cluster does not name', () => {
    const cluster = { ...hub, endpoints: ['https://near.example'] };
    expect(withFleetMirrors(machines({ registries: [cluster] }), { registries: [hub, all] }).registries).toEqual([
      cluster,
      all,
    ]);
  });

  test.each([
    [undefined, undefined, undefined],
    [undefined, true, true],
    [false, true, false],
    [true, false, true],
  ])('onlyMirrors of the cluster (%s) comes before the fleet’s (%s)', (cluster, fleet, expected) => {
    const made = withFleetMirrors(machines({ onlyMirrors: cluster }), { registries: [], onlyMirrors: fleet });
    expect(made.onlyMirrors).toBe(expected);
  });
});
