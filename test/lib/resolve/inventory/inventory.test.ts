import { readInventory, type SiteRow } from '../../../../lib/resolve/inventory/inventory';

type Rows = Iterable<Readonly<Record<string, unknown>>>;

function read(rows: Rows, columns: Readonly<Record<string, string>> = {}) {
  const found = { columns: [] as string[], rows: [] as SiteRow[], problems: [] as string[], warnings: [] as string[] };
  readInventory({ kind: 'rows', rows, columns }, undefined, {
    columns: (names) => found.columns.push(...names),
    row: (row) => found.rows.push(row),
    problem: (message, source) => found.problems.push(`${source} ${message}`),
    warning: (message) => found.warnings.push(message),
  });
  return found;
}

describe('an inventory', () => {
  test('has facts and values by our names, and is located by its own', () => {
    const { columns, rows } = read([{ no: 'a', tills: 3, state: 'active' }, { no: 'b' }], {
      name: 'no',
      counters: 'tills',
    });
    expect(columns).toEqual(['counters']);
    expect(rows.map(({ facts, values }) => ({ facts, values }))).toEqual([
      { facts: { name: 'a', state: 'active' }, values: { counters: 3 } },
      { facts: { name: 'b' }, values: {} },
    ]);
    expect(rows[0]?.locate('counters')).toBe('rows[0].tills');
  });

  test('without rows is warned of', () => {
    expect(read([])).toEqual({
      columns: [],
      rows: [],
      problems: [],
      warnings: ['the inventory has no rows, so there are no sites of it'],
    });
  });

  test('with wrong columns gives no rows, and says so once', () => {
    expect(read([{ id: 'a' }, { id: 'b' }], { tills: 'tils' })).toMatchObject({
      rows: [],
      problems: [expect.stringMatching(/"tils", which is not there/), expect.stringMatching(/no column "name"/)],
      warnings: [],
    });
  });

  test('with an odd character in a cell loses that row alone', () => {
    const { rows, problems } = read([{ name: 'a\0', city: 'b\ud800' }, { name: 'b' }]);
    expect(rows.map(({ facts }) => facts.name)).toEqual(['b']);
    expect(problems).toEqual([
      'rows[0].name name holds U+0000, a control character, at character 2; remove it',
      'rows[0].city city holds U+D800, half of a surrogate pair, at character 2; remove it',
    ]);
  });
});
