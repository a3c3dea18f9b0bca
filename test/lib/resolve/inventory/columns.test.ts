import { mapColumns } from '../../../../lib/resolve/inventory/columns';

describe('columns', () => {
  test('are facts by our names and values by all others', () => {
    const columns = ['name', 'latitude', 'longitude', 'timeZone', 'state', 'link', 'tills'];
    expect(mapColumns(columns, {})).toEqual({
      facts: ['name', 'latitude', 'longitude', 'timeZone', 'state'].map((c) => [c, c]),
      values: [
        ['link', 'link'],
        ['tills', 'tills'],
      ],
      problems: [],
    });
  });

  test('are renamed, and one may be two', () => {
    expect(mapColumns(['no', 'id'], { name: 'no', storeNo: 'no', storeId: 'id' })).toEqual({
      facts: [['name', 'no']],
      values: [
        ['storeNo', 'no'],
        ['storeId', 'id'],
      ],
      problems: [],
    });
  });

  test('of a fact become free as a value of another name', () => {
    expect(mapColumns(['name', 'state'], { storeState: 'state' })).toEqual({
      facts: [['name', 'name']],
      values: [['storeState', 'state']],
      problems: [],
    });
  });

  test.each([
    [
      'a column that is not there',
      ['name', 'store_no'],
      { storeNo: 'storeno' },
      '`columns` says that storeNo is in the column "storeno", which is not there (the columns are "name", "store_no"); did you mean "store_no"?',
    ],
    [
      'two columns for one name',
      ['name', 'no'],
      { name: 'no' },
      'the columns "name" and "no" (by `columns`) are both name; remove one, or give the first another name: `columns: { other: \'name\' }`',
    ],
    [
      'no name',
      ['id', 'city'],
      {},
      'there is no column "name" (the columns are "id", "city"); say which one names the sites: `columns: { name: \'...\' }`',
    ],
    [
      'semicolons',
      ['name;city'],
      {},
      'there is no column "name" (the columns are "name;city"); say which one names the sites: `columns: { name: \'...\' }`; cells are separated by commas',
    ],
    ['a name that is none', ['name', '__proto__'], {}, 'a column cannot be named "__proto__"; rename it'],
  ])('with %s are refused', (_, columns, renamed, message) => {
    expect(mapColumns(columns, renamed).problems.map((p) => p.message)).toEqual([message]);
  });

  test('of another kind of inventory are other facts, and others are needed', () => {
    const nodes = {
      facts: ['site', 'slot'],
      needed: { site: 'names the site', slot: 'names the place' },
      things: 'nodes',
    };
    expect(mapColumns(['store', 'name'], { site: 'store' }, nodes)).toEqual({
      facts: [['site', 'store']],
      values: [['name', 'name']],
      problems: [
        {
          message:
            'there is no column "slot" (the columns are "store", "name"); say which one names the place: `columns: { slot: \'...\' }`',
        },
      ],
    });
  });

  test('named like members of every object are values', () => {
    expect(mapColumns(['name', 'constructor', 'toString'], {}).values).toEqual([
      ['constructor', 'constructor'],
      ['toString', 'toString'],
    ]);
  });
});
