import { join } from 'node:path';
import { findProgram } from '../../../lib/cli/find-program';
import { withFiles } from '../../support/with-files';

test.each<[string, Record<string, string>, string | undefined, string]>([
  ['a file', { 'a.ts': '' }, 'a.ts', 'a.ts'],
  ['the file of a folder that bears its name', { 'shop/shop.ts': '', 'shop/index.ts': '' }, 'shop', 'shop/shop.ts'],
  ['fleet.ts of a folder', { 'shop/fleet.ts': '', 'shop/index.ts': '' }, 'shop', 'shop/fleet.ts'],
  ['index.mjs of a folder', { 'shop/index.mjs': '' }, 'shop', 'shop/index.mjs'],
  [
    'what edgecdk.json names',
    { 'edgecdk.json': '{"program":"x/y.ts"}', 'x/y.ts': '', 'fleet.ts': '' },
    undefined,
    'x/y.ts',
  ],
  ['what package.json names', { 'package.json': '{"edgecdk":{"program":"y.js"}}', 'y.js': '' }, undefined, 'y.js'],
  [
    'what edgecdk.json of a named folder names',
    { 'shop/edgecdk.json': '{"program":"a.ts"}', 'shop/a.ts': '' },
    'shop',
    'shop/a.ts',
  ],
])('finds %s', (_what, files, name, found) => {
  withFiles(files, (folder) => expect(findProgram(name, folder)).toBe(join(folder, found)));
});

test.each<[string, Record<string, string>, string | undefined, RegExp]>([
  ['what is not there', {}, 'x.ts', /there is no x\.ts/],
  ['a file of another kind', { 'a.yaml': '' }, 'a.yaml', /a\.yaml is no program; name a file that ends with \.ts/],
  [
    'a folder without one',
    { 'shop/a.ts': '' },
    'shop',
    /found no program in shop: .*shop\.ts, fleet\.ts, main\.ts, index\.ts/,
  ],
  ['nothing', {}, undefined, /found no program in this folder/],
  [
    'a configured program that is not there',
    { 'edgecdk.json': '{"program":"gone.ts"}' },
    undefined,
    /edgecdk\.json names the program gone\.ts, which is not there/,
  ],
  ['a configuration without a program', { 'edgecdk.json': '{}' }, undefined, /names no program; write/],
  ['a configuration that is no JSON', { 'edgecdk.json': '{' }, undefined, /is no JSON/],
])('refuses %s and says what would do', (_what, files, name, message) => {
  withFiles(files, (folder) => expect(() => findProgram(name, folder)).toThrow(message));
});
