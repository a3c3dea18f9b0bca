import * as edgecdk from 'edgecdk';
import { ModuleKind, transpile } from 'typescript';
import * as zod from 'zod';
import { DISTRIBUTION_RULES } from '../../lib/catalog/distribution-rules';
import type { FleetModel } from '../../lib/model/fleet-model';
import { fleetKey } from '../../lib/model/fleet-symbol';
import { filesIn, readDoc } from './markdown';

const page = readDoc('registries.md');

test('the program of the page says its mirrors on three levels', () => {
  const script = transpile(filesIn(page)['fleet.ts'] ?? '', { module: ModuleKind.CommonJS });
  const made: { default?: edgecdk.Fleet } = {};
  new Function('require', 'exports', '__dirname', script)(
    (name: string) => (name === 'zod' ? zod : edgecdk),
    made,
    __dirname,
  );
  const { mirrors, blueprints }: FleetModel = (made.default as edgecdk.Fleet)[fleetKey]();
  expect(mirrors?.registries.map(({ registry }) => registry)).toEqual(['*']);
  const cluster = blueprints[0]?.cluster({ name: 'a', values: { vlan: 7, net: '10.1.1' } } as never);
  expect(cluster?.machines).toMatchObject({
    registries: [{ registry: 'docker.io', endpoints: ['http://10.20.7.5:5000', 'https://mirror.grocer.example'] }],
    embeddedRegistry: true,
  });
});

test('the page names the finding that is acknowledged', () => {
  expect(page).toContain(`\`${DISTRIBUTION_RULES.k3sEmbeddedRegistry}\``);
});
