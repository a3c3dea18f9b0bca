import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetModel } from '../../../lib/model/fleet-model';
import { readLock } from '../../../lib/resolve/read-lock';
import { lockText, VERSION } from '../../support/node-fleet';
import { withFiles } from '../../support/with-files';

const read = (root?: string) => readLock({ id: 'shops', root } as FleetModel);
const name = 'artifacts.lock.json';

test('a lock is read from beside the program', () => {
  withFiles({ [name]: lockText(VERSION) }, (root) => {
    const { lock, problems } = read(root);
    expect(problems).toEqual([]);
    expect(Object.keys(lock?.k3s ?? {})).toEqual([VERSION]);
  });
});

test('a fleet that has none yet, or no root, is none the worse for it', () => {
  withFiles({}, (root) => expect(read(root)).toEqual({ problems: [] }));
  expect(read()).toEqual({ problems: [] });
});

test('each fault of a lock is an error of the fleet that names the file', () => {
  const text = lockText(VERSION).replaceAll(/"sha256": "[0-9a-f]{64}"/g, '"sha256": "abc"');
  withFiles({ [name]: text }, (root) => {
    const { lock, problems } = read(root);
    expect(lock).toBeUndefined();
    expect(problems).toHaveLength(4);
    for (const problem of problems)
      expect(problem).toMatchObject({
        severity: 'error',
        path: 'shops',
        message: expect.stringMatching(/^artifacts\.lock\.json v1\.33\.5/),
      });
  });
});

test('a folder in its place is an error', () => {
  withFiles({}, (root) => {
    mkdirSync(join(root, name));
    expect(read(root).problems).toMatchObject([
      { path: 'shops', message: 'has an artifacts.lock.json that cannot be read (EISDIR)' },
    ]);
  });
});
