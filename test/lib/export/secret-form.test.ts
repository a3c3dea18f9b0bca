import { certificateProblems } from '../../../lib/export/secret-form';
import type { NodeSecretUse } from '../../../lib/model/node-tree';
import { selfSigned } from '../../support/self-signed';

const use: NodeSecretUse = {
  name: 'own',
  form: 'folder',
  keys: ['node.crt', 'node.key'],
  perNode: true,
  certificate: { file: 'node.crt', key: 'node.key', commonName: 'system:node:{node}' },
  purpose: '',
};
const mine = selfSigned('system:node:van-1-box-1');
const another = selfSigned('system:node:van-1-box-1');

function told(certificate: string, key: string, node = 'van-1-box-1') {
  const files = Object.entries({ 'own/node.crt': certificate, 'own/node.key': key });
  return certificateProblems(
    use,
    node,
    files.map(([path, text]) => ({ path, content: Buffer.from(text) })),
  );
}

test('a certificate that is for the machine, with its key, is as it should be', () => {
  expect(told(mine.certificate, mine.key)).toEqual([]);
});

test.each<[string, ReturnType<typeof told>, string, RegExp]>([
  [
    'of another machine',
    told(mine.certificate, mine.key, 'van-1-box-2'),
    'own/node.crt',
    /^is for \S+box-1; it must be for \S+box-2$/,
  ],
  [
    'of a machine whose name begins so',
    told(mine.certificate, mine.key, 'van-1-box-11'),
    'own/node.crt',
    /it must be for/,
  ],
  ['with the key of another', told(mine.certificate, another.key), 'own/node.key', /^does not go with node\.crt$/],
  ['that is none', told('value-1', mine.key), 'own/node.crt', /^is no certificate/],
  ['with something else as key', told(mine.certificate, 'value-1'), 'own/node.key', /^is no private key/],
])('one %s is refused', (_what, found, path, message) => {
  expect(found).toEqual([[path, expect.stringMatching(message)]]);
  expect(JSON.stringify(found)).not.toContain('value-1');
});

test('of other secrets nothing is asked', () => {
  expect(certificateProblems({ ...use, certificate: undefined }, 'van-1-box-1', [])).toEqual([]);
});
