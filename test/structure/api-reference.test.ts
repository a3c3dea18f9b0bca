import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { filesOf, withFiles } from '../support/with-files';
import { root } from './sources';

test('docs/api is what the docstrings say today; `npm run docs` makes it anew', () => {
  withFiles({}, (folder) => {
    const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
    const args = [typedoc, '--options', 'docs/typedoc.json', '--out', folder, '--logLevel', 'Error'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(filesOf(folder)).toEqual(filesOf(join(root, 'docs/api')));
  });
}, 60_000);
