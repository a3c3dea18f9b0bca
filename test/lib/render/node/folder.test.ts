import { k3sIdentity } from '../../../../lib/distributions/k3s/node/identity';
import { k3sServerTree } from '../../../../lib/distributions/k3s/node/tree';
import { sha256 } from '../../../../lib/model/digest';
import { folderOf } from '../../../support/payload-folder';
import { FULL, node, SERVERS, SITE } from './sample-input';

const tree = k3sServerTree(FULL);
const folder = folderOf(tree, k3sIdentity(node(0), SERVERS, SITE, FULL));

test('tree and identity stand beside each other, each with its manifest', () => {
  const heads = Object.keys(folder).filter((path) => !path.includes('/files/'));
  expect(heads.sort()).toEqual([
    'identity/manifest',
    'tree/apply.sh',
    'tree/manifest',
    'tree/node.json',
    'tree/settings',
  ]);
});

test('node.json says of every file where it stands and what a change of it asks for', () => {
  const record = JSON.parse(folder['tree/node.json'] ?? '');
  expect(record).toMatchObject({ format: '1', role: 'server', distribution: 'k3s', version: FULL.cluster.version });
  expect(record.files).toHaveLength(tree.files.length);
  expect(record.files).toContainEqual({
    path: '/etc/rancher/k3s/registries.yaml',
    mode: '0600',
    owner: 'root:root',
    sha256: sha256(folder['tree/files/etc/rancher/k3s/registries.yaml'] ?? ''),
    effect: 'restart',
    secrets: ['mirror-login'],
  });
  expect(record.files).toContainEqual({
    path: '/var/lib/rancher/k3s/server/logs/',
    mode: '0700',
    owner: 'root:root',
    effect: 'restart',
    secrets: [],
  });
});

test('another identity, the same tree', () => {
  const other = folderOf(tree, k3sIdentity(node(1), SERVERS, { ...SITE, timeZone: 'Asia/Tokyo' }, FULL));
  const changed = Object.keys(folder).filter((path) => other[path] !== folder[path]);
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.filter((path) => !path.startsWith('identity/'))).toEqual([]);
});
