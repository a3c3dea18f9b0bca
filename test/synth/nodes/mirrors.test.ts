import { join } from 'node:path';
import { change, folderOf, mirror } from '../../support/change-fleet';
import { type NodeFleet, nodeFleet, shop, withLock } from '../../support/node-fleet';
import { refused } from '../../support/refused-fleet';
import { filesOf } from '../../support/with-files';

const FILE = '/etc/rancher/k3s/registries.yaml';
const ofTree = `nodes/shop.server.box/files${FILE}`;
const ofNode = (site: string) => `${folderOf(site)}/nodes/${site}-box-1/identity/files${FILE}`;

const near: NodeFleet = {
  cluster: ({ site, box, till }) => ({
    servers: box.count(1),
    agents: till.count(1),
    registries: { 'docker.io': { endpoints: [`http://${site.values.net}.5:5000`] } },
  }),
};

function written(described: NodeFleet): Record<string, string> {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, described).synth({ outDir });
    return filesOf(outDir);
  });
}

test('the mirrors of a fleet are those of all its clusters, but for registries that a cluster names itself', () => {
  const files = written({
    ...mirror('https://near.example'),
    fleet: {
      registries: {
        'docker.io': { endpoints: ['https://far.example'] },
        'ghcr.io': { endpoints: ['https://far.example'] },
      },
      onlyMirrors: true,
    },
  });
  expect(files[ofTree]).toMatch(/docker\.io"?:\n +"?endpoint"?:\n +- "?https:\/\/near\.example/);
  expect(files[ofTree]).toMatch(/ghcr\.io"?:\n +"?endpoint"?:\n +- "?https:\/\/far\.example/);
  expect(files['nodes/shop.server.box/files/etc/rancher/k3s/config.yaml']).toContain(
    'disable-default-registry-endpoint',
  );
});

describe('a mirror at an address of the site', () => {
  const files = written(near);

  test('stands in the identities of its machines, and in no tree', () => {
    expect(files[ofNode('shop-1')]).toContain('http://10.1.1.5:5000');
    expect(files[ofNode('shop-2')]).toContain('http://10.1.2.5:5000');
    expect(files[ofTree]).toBeUndefined();
  });

  test('is told as a change of identities when the site has another, and changes nothing of the other site', () => {
    const { result, paths } = change(near, { ...near, sites: [shop(1), shop(2, { net: '10.1.9' })] }, {});
    expect(result.nodeChanges).toEqual([]);
    expect(paths.filter((path) => path.includes('shop-1') && path.endsWith('registries.yaml'))).toEqual([]);
    expect(paths).toContain(ofNode('shop-2'));
  });

  test('changes only identities when its port changes', () => {
    const other: NodeFleet = {
      cluster: ({ site, box, till }) => ({
        servers: box.count(1),
        agents: till.count(1),
        registries: { 'docker.io': { endpoints: [`http://${site.values.net}.5:5001`] } },
      }),
    };
    const { result, paths } = change(near, other);
    expect(result.nodeChanges).toEqual([]);
    expect(result.identityChanges).toBe(4);
    expect(paths.filter((path) => path.startsWith('nodes/'))).toEqual([]);
  });
});

test.each([
  [
    'is no address',
    'shop 1',
    /one of the mirrors of docker\.io that is not a URL without credentials.*shop-2: "http:\/\/shop 1\.5:5000"/s,
  ],
  [
    'has credentials',
    'joe:hunter2@10.1.2',
    /one of the mirrors of docker\.io that is not a URL without credentials.*shop-2: "a URL with @"/s,
  ],
])('a value that %s is refused, with construct, site and value', (_, net, message) => {
  const told = refused({ ...near, sites: [shop(1), shop(2, { net })], nodes: 'none' });
  expect(told).toMatch(message);
  expect(told).toContain('shops/shop');
  expect(told).not.toContain('hunter2');
  expect(told).not.toContain('shop-1:');
});

test('a site value beside the address is refused: it is equal at all sites', () => {
  const told = refused({
    cluster: ({ site, box }) => ({
      servers: box.count(1),
      agents: [],
      registries: { 'docker.io': { endpoints: ['https://mirror.example'], caFile: `/etc/${site.name}.pem` } },
    }),
  });
  expect(told).toContain('has a site value in cluster.registries.0.caFile of its cluster');
});
