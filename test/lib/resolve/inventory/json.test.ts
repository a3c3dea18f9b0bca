import { readJson } from '../../../../lib/resolve/inventory/json';
import { record } from './recording-sink';

const read = (text: string) => record(readJson, text, 's.json');

describe('a JSON inventory', () => {
  test('is an array of objects', () => {
    const { columns, rows, problems } = read('[{"name":"a","tags":["x",{"y":1}]},{"name":"b","none":null}]');
    expect(problems).toEqual([]);
    expect(columns).toEqual(['name', 'tags', 'none']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      { name: 'a', tags: ['x', { y: 1 }] },
      { name: 'b', none: null },
    ]);
  });

  test('locates rows by line and values by line and character', () => {
    const text =
      '[\n  {"name": "a, ]}\\"{[", "at": {"tills": 1}, "tills": 3},\n  {\n    "name": "b",\n\t"tills": 4\n  }\n]\n';
    const [first, second] = read(text).rows;
    expect([first?.source, first?.locate('tills'), first?.locate('no such')]).toEqual([
      's.json:2',
      's.json:2:54',
      's.json:2:3',
    ]);
    expect([second?.source, second?.locate('name'), second?.locate('tills')]).toEqual([
      's.json:3',
      's.json:4:13',
      's.json:5:11',
    ]);
  });

  test('locates rows after elements of every kind', () => {
    const { rows, problems } = read('[1,\n"a,[",\nnull,\n[{}],\n{},\n{"name":"x"}]');
    expect(rows.map(({ source }) => source)).toEqual(['s.json:5', 's.json:6']);
    expect(problems.map((p) => p.split(' ')[0])).toEqual(['s.json:1', 's.json:2', 's.json:3', 's.json:4']);
  });

  test.each([
    [
      'an object at the top',
      '{"sites": []}',
      's.json:1 "s.json" must be an array, with an object of columns for each row',
    ],
    [
      'a row that is no object',
      '[{"name":"a"},\n3]',
      's.json:2 the row is 3; write a value for each column by its name',
    ],
    [
      'a column that a row names twice',
      '[{"name":"a"},\n{"name":"b","x":{"y":1,"z":2},"name":"c"}]',
      's.json:2 the row names a column twice; remove one',
    ],
  ])('with %s is refused', (_, text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });

  test.each([
    ['a key without quotes', '[\n {"name": "a"},\n  {name: "b"}]', 's.json:3:4'],
    ['a wrong word', '[{"name": "a"},\n  {"open": True}, {"open": true}]', 's.json:2:12'],
    ['text after the end', '[{"name": "a"}]\n]', 's.json:2:1'],
    ['a comma too many', '[\n {"name": "a"},\n]', 's.json:3:1'],
    ['an end too soon', '[{"name": "a"},\n {"na', 's.json:2:6'],
    ['nothing', '', 's.json:1:1'],
  ])('that is no JSON, with %s, is refused with its place', (_, text, place) => {
    const { rows, problems } = read(text);
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/not valid JSON: \w/)]);
    expect(problems[0]?.split(' ')[0]).toBe(place);
  });

  test('with an empty array has no rows', () => {
    expect(read(' [ ] ')).toEqual({ columns: [], rows: [], problems: [] });
  });
});
