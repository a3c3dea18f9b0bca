import { join } from 'node:path';
import { SynthError } from '../../../lib/model/problem';
import { withFiles } from '../../support/with-files';
import { type Described, type DescribedSite, writeTo } from '../../support/write-fixture';
import type { DescribedTree } from '../../support/write-nodes';

const tree = (files: DescribedTree['files'], more: Partial<DescribedTree> = {}): DescribedTree => ({ files, ...more });
const one = (name: string, of = 'box', more: Partial<DescribedSite> = {}): DescribedSite => ({
  name,
  machines: { 'box-1': { tree: of } },
  ...more,
});

function program(trees: Described['trees'], sites: readonly DescribedSite[] = [one('s-1'), one('s-2')]): Described {
  return { sites, workloads: {}, trees };
}

/** What the last of some runs says of machines: changes, or refusals. */
function told(...programs: readonly Described[]): string[] {
  return withFiles({}, (folder) => {
    let last: string[] = [];
    for (const [i, described] of programs.entries()) {
      try {
        const { nodeChanges } = writeTo(join(folder, 'dist'), described, { allowRemovals: true });
        last = nodeChanges.map(({ path, effect, nodes, trees }) => `${path} ${effect} ${nodes} ${trees.join('+')}`);
      } catch (e) {
        if (!(e instanceof SynthError) || i < programs.length - 1) throw e;
        last = e.message.split('\n').slice(1);
      }
    }
    return last;
  });
}

const first = program({
  box: tree({
    '/etc/a': ['live', 'a'],
    '/etc/b': ['restart', 'b'],
    '/etc/c': ['once', 'c'],
    '/etc/d': ['reboot', 'd'],
  }),
});
const kept = first.trees?.box?.files ?? {};
const without = (path: string) => Object.fromEntries(Object.entries(kept).filter(([name]) => name !== path));

describe('the change of a file', () => {
  test.each<[string, DescribedTree['files'], string[]]>([
    ['asks nothing', { ...kept, '/etc/a': ['live', 'A'] }, ['/etc/a live 2 box']],
    ['asks for a restart', { ...kept, '/etc/b': ['restart', 'B'] }, ['/etc/b restart 2 box']],
    ['asks for a reboot', { ...kept, '/etc/d': ['reboot', 'D'] }, ['/etc/d reboot 2 box']],
    ['that is written once asks nothing', { ...kept, '/etc/c': ['once', 'C'] }, []],
    ['that is new and written once is told', { ...kept, '/etc/e': ['once', 'e'] }, ['/etc/e once 2 box']],
    ['that goes asks for what it would', without('/etc/b'), ['/etc/b restart 2 box']],
    ['that goes and is written once asks nothing', without('/etc/c'), []],
    [
      'is told with others, by path',
      { ...kept, '/etc/b': ['restart', 'B'], '/etc/a': ['live', 'A'] },
      ['/etc/a live 2 box', '/etc/b restart 2 box'],
    ],
    ['to another effect goes by the new one', { ...kept, '/etc/a': ['restart', 'A'] }, ['/etc/a restart 2 box']],
  ])('%s', (_what, files, expected) => {
    expect(told(first, program({ box: tree(files) }))).toEqual(expected);
  });

  test('counts the machines that had the tree before, of all trees', () => {
    const two = (text: string): Described['trees'] => ({
      box: tree({ '/etc/a': ['live', text] }),
      till: tree({ '/etc/a': ['live', text] }, { role: 'agent' }),
    });
    const sites = [one('s-1'), { name: 's-2', machines: { 'box-1': { tree: 'box' }, 'till-1': { tree: 'till' } } }];
    expect(told(program(two('a'), sites), program(two('b'), [...sites, one('s-3')]))).toEqual([
      '/etc/a live 3 box+till',
    ]);
  });

  test('comes with another tree under the same name', () => {
    const both = { box: tree({ '/etc/a': ['live', 'a'] }), big: tree({ '/etc/a': ['live', 'b'] }) } as const;
    expect(told(program(both), program(both, [one('s-1'), one('s-2', 'big')]))).toEqual(['/etc/a live 1 big']);
  });
});

describe('nothing is told of machines', () => {
  const changed = { box: tree({ '/etc/a': ['live', 'A'] }) } as const;
  test.each<[string, readonly DescribedSite[], readonly DescribedSite[]]>([
    ['that are replaced', [one('s-1')], [{ name: 's-1', machines: { 'box-1': { tree: 'box', generation: 1 } } }]],
    ['of a site that begins anew', [one('s-1')], [one('s-1', 'box', { clusterGeneration: 1 })]],
    ['of a site that was planned', [one('s-1', 'box', { state: 'planned' })], [one('s-1')]],
    ['of a site that is paused', [one('s-1')], [one('s-1', 'box', { state: 'paused' })]],
    ['of a site that is new', [one('s-1', 'box', { state: 'closed' })], [one('s-1')]],
  ])('%s', (_what, before, after) => {
    expect(told(program(first.trees, before), program(changed, after))).toEqual([]);
  });
});

describe('what no script can do', () => {
  const fixed = (text: string, more: Partial<DescribedTree> = {}) => ({
    box: tree({ '/etc/f': ['reprovision', text] }, more),
  });
  const anew = /count the clusterGeneration of these sites up.*\(s-1, s-2\)$/;

  test.each<[string, Described['trees'], Described['trees'], RegExp[]]>([
    ['another network', fixed('a'), fixed('b'), [/^\[fleet\/store\] changes \/etc\/f, which holds/]],
    [
      'another datastore',
      fixed('a'),
      fixed('a', { datastore: 'etcd' }),
      [/^\[fleet\/store\] moves from sqlite to etcd/],
    ],
    ['both', fixed('a'), fixed('b', { datastore: 'etcd' }), [/moves from sqlite/, /changes \/etc\/f/]],
  ])('is refused with the sites: %s', (_what, before, after, messages) => {
    const found = told(program(before), program(after));
    expect(found).toEqual(messages.map((message) => expect.stringMatching(message)));
    for (const text of found) expect(text).toMatch(anew);
  });

  test('is said once of a role, and not of what follows from it', () => {
    const both = { ...fixed('a'), till: tree({}, { role: 'agent' }) };
    expect(told(program(both), program(both, [one('s-1', 'till'), one('s-2')]))).toEqual([
      expect.stringMatching(
        /^\[fleet\/store\] gives machines another role under the names that they have \(box\); .*set them up anew \(s-1\)$/,
      ),
    ]);
  });

  test('is refused of a paused site too, for which it would come unseen', () => {
    const paused = [one('s-1', 'box', { state: 'paused' })];
    expect(told(program(fixed('a'), [one('s-1')]), program(fixed('b'), paused))).toEqual([
      expect.stringMatching(/\(s-1\)$/),
    ]);
  });

  test('is not asked of a tree of equal content under another name', () => {
    const renamed = {
      box: tree({ '/etc/f': ['reprovision', 'a'] }),
      other: tree({ '/etc/f': ['reprovision', 'a'] }),
    } as const;
    expect(told(program(renamed), program(renamed, [one('s-1', 'other'), one('s-2')]))).toEqual([]);
  });
});
