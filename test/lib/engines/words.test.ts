import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARGO_CD } from '../../../lib/engines/argo-cd/argo-cd';
import { FLUX } from '../../../lib/engines/flux/flux';
import { RANCHER_FLEET } from '../../../lib/engines/rancher-fleet/rancher-fleet';

const engines = [ARGO_CD, FLUX, RANCHER_FLEET];

test('all engines that pull are here', () => {
  const folders = readdirSync(join(__dirname, '../../../lib/engines'), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const texts = names.map((name) => [
    name,
    readFileSync(join(__dirname, `../../../lib/engines/${name}/${name}.ts`), 'utf8'),
  ]);
  const pulling = texts.filter(([, text]) => text?.includes('pulls: true')).map(([name]) => name);
  expect(pulling).toEqual(engines.map(({ name }) => name));
});

test.each(engines)('$name says in the same form where things are, and how one site is left as it is', (engine) => {
  const { name, title, manifests, pause } = engine;
  expect(manifests).toMatch(new RegExp(`^${title}: README\\.md in delivery/${name} says who pushes what .*\\.$`));
  expect(pause).toMatch(/`(kubectl|flux) .*`/);
});
