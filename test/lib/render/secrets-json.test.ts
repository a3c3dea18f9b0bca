import type { NodeSecretUse, NodeTree, RenderedTree } from '../../../lib/model/node-tree';
import { secretsJson } from '../../../lib/render/secrets-json';

const token: NodeSecretUse = { name: 'k3s-token', form: 'token', keys: [], purpose: 'servers join' };
const login: NodeSecretUse = { name: 'a-login', form: 'user-password', keys: [], purpose: 'images are pulled' };

function tree(...secrets: readonly NodeSecretUse[]): RenderedTree {
  return { tree: { secrets } as unknown as NodeTree, deviceClass: 'box', digest: '' };
}

test('each secret stands once, by name, with the trees that need it', () => {
  const text = secretsJson(
    new Map([
      ['shop.agent.till', tree(login)],
      ['shop.server.box', tree(token, login)],
    ]),
    [],
  );
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toEqual({
    format: 1,
    folder: '/etc/edgecdk/secrets',
    machines: [
      { ...login, required: true, trees: ['shop.agent.till', 'shop.server.box'] },
      { ...token, required: true, trees: ['shop.server.box'] },
    ],
    workloads: [],
  });
});

test('what workloads name stands beside it', () => {
  const record = { workload: 'pos', secret: 'db', keys: ['password'], namespace: 'default', object: 'pos-db' };
  expect(JSON.parse(secretsJson(new Map(), [record]))).toMatchObject({ machines: [], workloads: [record] });
});
