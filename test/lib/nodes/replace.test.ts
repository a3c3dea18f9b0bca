import { type ReplaceRequest, replaceInInventory } from '../../../lib/nodes/replace';

const header = 'site,slot,serial,mac,generation,note';

function replace(text: string, more: Partial<ReplaceRequest> = {}) {
  return replaceInInventory({ text, file: 'nodes.csv', site: 'store-1', slot: 'till-1', ...more });
}

describe('a replaced machine', () => {
  test.each([
    ['an empty cell', 'store-1,till-1,s1,,,x', 'store-1,till-1,s1,,1,x', 1],
    ['a zero', 'store-1,till-1,s1,,0,x', 'store-1,till-1,s1,,1,x', 1],
    ['a number', 'store-1,till-1,s1,,9,x', 'store-1,till-1,s1,,10,x', 10],
    ['a cell in quotes', 'store-1,till-1,"s1",,"1",x', 'store-1,till-1,"s1",,"2",x', 2],
    ['commas and quotes around it', '"store-1",till-1,"a,""b",,3,"x,y"', '"store-1",till-1,"a,""b",,4,"x,y"', 4],
    ['a line break before it', 'store-1,till-1,"a\nb",,3,é', 'store-1,till-1,"a\nb",,4,é', 4],
  ])('counts %s up', (_what, before, after, generation) => {
    expect(replace(`${header}\nstore-1,till-2,,,,ü\n${before}\nstore-2,till-1,,,7,\n`)).toMatchObject({
      text: `${header}\nstore-1,till-2,,,,ü\n${after}\nstore-2,till-1,,,7,\n`,
      from: generation === 1 ? 'store-1-till-1' : `store-1-till-1-g${generation - 1}`,
      to: `store-1-till-1-g${generation}`,
      source: 'nodes.csv:3',
    });
  });

  test.each([
    ['Windows line breaks', `${header}\r\nstore-1,till-1,,,,\r\n`, `${header}\r\nstore-1,till-1,,,1,\r\n`],
    ['a byte order mark', `\ufeff${header}\nstore-1,till-1,,,,\n`, `\ufeff${header}\nstore-1,till-1,,,1,\n`],
    ['no line break at the end', `${header}\nstore-1,till-1,,,,`, `${header}\nstore-1,till-1,,,1,`],
    ['blank lines', `${header}\n\nstore-1,till-1,,,,\n\n`, `${header}\n\nstore-1,till-1,,,1,\n\n`],
    ['it as the last cell', 'site,slot,generation\nstore-1,till-1,\n', 'site,slot,generation\nstore-1,till-1,1\n'],
  ])('leaves the rest of a file with %s as it is', (_what, before, after) => {
    expect(replace(before)).toMatchObject({ text: after });
  });

  test('brings its serial number and MAC, whatever the order of the columns', () => {
    expect(
      replace('mac,generation,site,serial,slot\na,1,store-1,b,till-1\n', {
        serial: 'long, "new"',
        mac: 'dc:a6:32:01:02:03',
      }),
    ).toMatchObject({
      text: 'mac,generation,site,serial,slot\ndc:a6:32:01:02:03,2,store-1,"long, ""new""",till-1\n',
      kept: [],
    });
  });

  test.each([
    ['less', '1', 3, 4],
    ['more', '5', 3, 6],
  ])('counts from where the cluster of its site is, if the row says %s', (_what, before, generation, after) => {
    const slot = { generation, addRow: true };
    expect(replace(`${header}\nstore-1,till-1,s1,,${before},\n`, slot)).toMatchObject({
      text: `${header}\nstore-1,till-1,s1,,${after},\n`,
      from: `store-1-till-1-g${after - 1}`,
    });
    expect(replace(`${header}\n`, slot)).toMatchObject({
      text: `${header}\nstore-1,till-1,,,4,\n`,
      to: 'store-1-till-1-g4',
    });
  });

  test('is warned of numbers that may be the old machine’s', () => {
    expect(replace(`${header}\nstore-1,till-1,s1,m1,,\n`, { mac: 'm2' })).toMatchObject({ kept: ['serial s1'] });
  });

  test('is found where columns have other names', () => {
    const columns = { site: 'store', generation: 'gen' };
    expect(replace('store,slot,gen\nstore-1,till-1,2\n', { columns })).toMatchObject({
      text: 'store,slot,gen\nstore-1,till-1,3\n',
    });
  });

  test.each([
    ['a line break at its end', `${header}\n`, 'nodes.csv:2'],
    ['none', header, 'nodes.csv:2'],
    ['other rows', `${header}\nstore-2,till-1,,,,\n`, 'nodes.csv:3'],
  ])('gets a row if it has none and its slot is known, in a file with %s', (_what, text, source) => {
    const added = replace(text, { addRow: true, serial: 's9' });
    expect(added).toMatchObject({ to: 'store-1-till-1-g1', source });
    expect(added).toMatchObject({ text: `${text.trimEnd()}\nstore-1,till-1,s9,,1,\n` });
  });
});

describe('no row is changed', () => {
  test.each<[string, string, Partial<ReplaceRequest>, string]>([
    [
      'without a row',
      `${header}\nstore-1,till-2,,,,\n`,
      {},
      'nodes.csv has no row for till-1 of store-1 (it has till-2)',
    ],
    ['of an unknown site', `${header}\nstore-2,till-1,,,,\n`, {}, '(it has none of that site)'],
    [
      'with two rows',
      `${header}\nstore-1,till-1,,,,\nstore-1,till-1,,,,\n`,
      {},
      'nodes.csv:3 has till-1 of store-1 a second',
    ],
    ['without a column', 'site,slot\nstore-1,till-1\n', { mac: 'x' }, 'nodes.csv:1 has no column generation, mac'],
    ['with a wrong generation', `${header}\nstore-1,till-1,,,one,\n`, {}, 'nodes.csv:2:5 generation must be'],
    ['with a missing cell', `${header}\nstore-1,till-1,,,1\n`, {}, 'nodes.csv:2 has 5 cells and the header 6'],
    ['in an empty file', '', {}, 'nodes.csv is empty'],
    ['in a broken file', `${header}\nstore-1,"till-1\n`, {}, 'nodes.csv is not valid CSV'],
  ])('%s', (_what, text, more, message) => {
    expect(replace(text, more)).toEqual({ problem: expect.stringContaining(message) });
  });
});
