import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyRecord } from '../../../lib/model/assembly-record';
import { change, folderOf, mirror } from '../../support/change-fleet';
import { boxes, nodeFleet, shop, withLock } from '../../support/node-fleet';
import { filesOf } from '../../support/with-files';

describe('what goes', () => {
  const nodesAt = (files: Readonly<Record<string, string>>, site: string) =>
    Object.keys(files).filter((path) => path.startsWith(`${folderOf(site)}/nodes/`));

  test('takes its files and folders along: a machine', () => {
    withLock((root) => {
      const outDir = join(root, 'dist');
      nodeFleet(root, { sites: [shop(1, { tills: 2 })], nodes: boxes(1) }).synth({ outDir });
      const folder = join(outDir, folderOf('shop-1'), 'nodes/shop-1-till-2');
      expect(existsSync(folder)).toBe(true);
      nodeFleet(root, { sites: [shop(1)], nodes: boxes(1) }).synth({ outDir });
      expect(existsSync(folder)).toBe(false);
    });
  });

  test('takes its files and folders along: a site, and a tree that nobody has', () => {
    withLock((root) => {
      const outDir = join(root, 'dist');
      nodeFleet(root).synth({ outDir });
      nodeFleet(root, { sites: [shop(1, { tills: 0 }), shop(2, { state: 'closed' })] }).synth({ outDir });
      expect(existsSync(join(outDir, folderOf('shop-2')))).toBe(false);
      expect(existsSync(join(outDir, 'nodes/shop.agent.till'))).toBe(false);
      expect(existsSync(join(outDir, 'nodes/shop.server.box'))).toBe(true);
    });
  });

  test('takes all files of machines along where nobody sets them up any more', () => {
    const none = { operatingSystem: undefined };
    const { after } = change({}, { box: none, till: none });
    expect(Object.keys(after).filter((path) => path.includes('nodes/') || path === 'secrets.json')).toEqual([]);
    expect(Object.keys(JSON.parse(after['assembly.json'] ?? '').trees)).toEqual([]);
    expect(after[`${folderOf('shop-1')}/manifests/edgecdk-nodes.yaml`]).toMatch(/^(#.*\n)+$/); // withdrawn
  });

  test('stays at a site that is paused', () => {
    const paused = [shop(1), shop(2, { state: 'paused', tills: 0 })];
    const { before, after, paths, result } = change({}, { ...mirror('https://two.example'), sites: paused });
    expect(nodesAt(after, 'shop-2')).toEqual(nodesAt(before, 'shop-2'));
    expect(paths.filter((path) => path.startsWith(folderOf('shop-2')))).toEqual([]);
    expect(result.nodeChanges).toMatchObject([{ nodes: 2 }]);
  });
});

test('a tree that only a paused site has left stays until the site goes on', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    const run = (...sites: readonly object[]) => {
      nodeFleet(root, { sites: sites as never }).synth({ outDir });
      const files = filesOf(outDir);
      const { trees } = JSON.parse(files['assembly.json'] ?? '') as AssemblyRecord;
      const tree = Object.fromEntries(
        Object.entries(files).filter(([path]) => path.startsWith('nodes/shop.agent.till/')),
      );
      return { tree, record: trees['shop.agent.till'] };
    };
    const none = { tills: 0 };
    const first = run(shop(1, none), shop(2));
    expect(run(shop(1, none), shop(2, { ...none, state: 'paused' }))).toEqual(first);
    expect(run(shop(1, none), shop(2, { ...none, state: 'paused' }))).toEqual(first);
    expect(run(shop(1, none), shop(2, none))).toEqual({ tree: {}, record: undefined });
  });
});

describe('a run that verifies', () => {
  const file = `${folderOf('shop-1')}/nodes/shop-1-box-1/identity/files/etc/hostname`;
  test.each([file, 'nodes/shop.server.box/settings', 'secrets.json'])('gives %s back its text', (path) => {
    const tampered = (outDir: string) => writeFileSync(join(outDir, path), 'other\n');
    const { paths, before, after } = change({}, {}, { between: tampered, synth: { verify: true } });
    expect(paths).toEqual(['assembly.json', path].sort());
    expect(after[path]).not.toBe(before[path]);
    expect(change({}, {}).after[path]).toBe(after[path]);
  });

  test.each([file, 'nodes/shop.server.box/settings', 'secrets.json'])('is not needed for %s that is gone', (path) => {
    const { paths, after } = change({}, {}, { between: (outDir) => rmSync(join(outDir, path)) });
    expect(paths).toEqual(['assembly.json', path].sort());
    expect(after[path]).toMatch(/./);
  });
});
