import { fromLocal } from '../../support/engines/compare';
import { LOCAL_CASE, PULLING } from '../../support/engines/engines';
import { grocerWith } from '../../support/engines/grocer-with';

const local = grocerWith(LOCAL_CASE.delivery);

describe.each(PULLING)('$title, by one line', (engine) => {
  const { files, plan } = grocerWith(engine.delivery);

  test('all sites of the grocer end up with the objects of local delivery', () => {
    expect(plan.sites.map(({ name }) => name)).toEqual(local.plan.sites.map(({ name }) => name));
    expect(fromLocal(engine, files, local).slice(0, 3)).toEqual([]);
  });

  test('the cluster of the vans is given all files of its folder, each once', () => {
    const folder = Object.keys(files).filter((path) => /^clusters\/cloud\/(manifests|sites)\//.test(path));
    expect(folder.length).toBeGreaterThan(60);
    expect([...engine.sharedFiles(files, 'cloud')].sort()).toEqual(folder.sort());
  });
});
