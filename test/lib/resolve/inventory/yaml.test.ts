import { readYaml } from '../../../../lib/resolve/inventory/yaml';
import { record } from './recording-sink';

const read = (text: string) => record(readYaml, text, 's.yaml');

describe('a YAML inventory', () => {
  test('is a list of maps, read by YAML 1.2', () => {
    const { columns, rows, problems } = read(
      "- name: a\n  no: '0042'\n  yes: yes\n  tills: 3\n- name: b\n  open: true\n  none:\n",
    );
    expect(problems).toEqual([]);
    expect(columns).toEqual(['name', 'no', 'yes', 'tills', 'open', 'none']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      { name: 'a', no: '0042', yes: 'yes', tills: 3 },
      { name: 'b', open: true, none: null },
    ]);
  });

  test('is read by YAML 1.2 whatever a directive says', () => {
    expect(read('%YAML 1.1\n---\n- name: a\n  yes: yes\n').rows[0]?.cells.yes).toBe('yes');
  });

  test('locates rows by line and values by line and character', () => {
    const [first, second] = read('# stores\n- name: a\n  tills: 3\n\n- { name: b, tills: 4 }\n').rows;
    expect([first?.source, first?.locate('tills'), first?.locate('no such')]).toEqual([
      's.yaml:2',
      's.yaml:3:10',
      's.yaml:2:3',
    ]);
    expect([second?.source, second?.locate('tills')]).toEqual(['s.yaml:5', 's.yaml:5:21']);
  });

  test('takes what anchors and aliases stand for', () => {
    expect(read('- &a { name: a, tags: &t [x] }\n- { name: b, tags: *t }\n').rows[1]?.cells).toEqual({
      name: 'b',
      tags: ['x'],
    });
  });

  test.each([
    [
      'a number that loses its zeros',
      '- name: a\n  no: 0042\n',
      's.yaml:2:7 YAML reads 0042 as the number 42; write "0042" for text, or 42',
    ],
    [
      'a map at the top',
      'sites:\n  - name: a\n',
      's.yaml:1:1 "s.yaml" must be a list, with a map of columns for each row',
    ],
    ['text at the top', 'hello\n', 's.yaml:1:1 "s.yaml" must be a list, with a map of columns for each row'],
    ['a row that is no map', '- name: a\n- b\n', 's.yaml:2 the row is "b"; write a value for each column by its name'],
    ['a key that is written twice', '- name: a\n  name: b\n', 's.yaml:2:3 not valid YAML: Map keys must be unique'],
    ['a tag of its own', '- name: !env HOME\n', 's.yaml:1:9 not valid YAML: Unresolved tag: !env'],
  ])('with %s is refused', (_, text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });

  test('that is no YAML is refused with its place', () => {
    expect(read('- name: a\n- name: "b\n').problems[0]).toMatch(/^s\.yaml:\d+:\d+ not valid YAML: /);
  });

  test('with aliases that multiply is refused', () => {
    const bomb = [
      '- &a [x, x]',
      ...'bcdefghijkl'
        .split('')
        .map((c, i) => `- &${c} [*${'abcdefghijkl'[i]}, *${'abcdefghijkl'[i]}, *${'abcdefghijkl'[i]}]`),
    ];
    expect(read(bomb.join('\n')).problems.join('\n')).toMatch(/alias/i);
  });

  test.each([
    ['', 0],
    ['[]\n', 0],
    ['# nothing\n', 0],
  ])('%j has no rows', (text, rows) => {
    expect(read(text)).toMatchObject({ columns: [], problems: [] });
    expect(read(text).rows).toHaveLength(rows);
  });
});
