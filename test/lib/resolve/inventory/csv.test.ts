import { readCsv } from '../../../../lib/resolve/inventory/csv';
import { record } from './recording-sink';

function read(text: string) {
  const { rows, ...recording } = record(readCsv, text, 's.csv');
  return { ...recording, rows: rows.map(({ cells, source }) => ({ cells, source })) };
}

describe('a CSV inventory', () => {
  test.each([
    ['line feeds', 'name,city\na,Bern\nb,Genf\n'],
    ['no line end at the end', 'name,city\na,Bern\nb,Genf'],
    ['CRLF', 'name,city\r\na,Bern\r\nb,Genf\r\n'],
    ['mixed line ends', 'name,city\r\na,Bern\nb,Genf\r\n'],
    ['blank lines at the end', 'name,city\na,Bern\nb,Genf\n\n  \n\n'],
    ['quotes around all cells', '"name","city"\n"a","Bern"\n"b","Genf"\n'],
  ])('with %s gives a row for each line', (_, text) => {
    expect(read(text)).toEqual({
      columns: ['name', 'city'],
      problems: [],
      rows: [
        { cells: { name: 'a', city: 'Bern' }, source: 's.csv:2' },
        { cells: { name: 'b', city: 'Genf' }, source: 's.csv:3' },
      ],
    });
  });

  test('keeps text as it stands and leaves empty cells out', () => {
    const { rows } = read('name,no,yes,exp,space,empty,quoted\na,0042,yes,1e3, x ,,""\n');
    expect(rows[0]?.cells).toEqual({ name: 'a', no: '0042', yes: 'yes', exp: '1e3', space: ' x ' });
  });

  test('keeps commas and quotes of quoted cells', () => {
    expect(read('name,city\na,"Biel, ""Bienne"""\n').rows[0]?.cells).toEqual({ name: 'a', city: 'Biel, "Bienne"' });
  });

  test('names a column "constructor" like any other', () => {
    expect(read('name,constructor\na,\n').rows[0]?.cells).toEqual({ name: 'a' });
  });

  test.each([
    ['line feeds', '\n'],
    ['CRLF', '\r\n'],
  ])('counts lines after a cell of several lines, with %s, and gives the same text', (_, end) => {
    const { rows } = read(['name,note', 'a,"one', 'two', '', 'four"', '', 'b,"x', 'y"', 'c,z', ''].join(end));
    expect(rows.map(({ source }) => source)).toEqual(['s.csv:2', 's.csv:7', 's.csv:9']);
    expect(rows[0]?.cells.note).toBe('one\ntwo\n\nfour');
  });

  test('locates a cell by the number of its field', () => {
    const [row] = record(readCsv, 'name,city,tills\na,"x,\ny",3\n', 's.csv').rows;
    expect([row?.locate('tills'), row?.locate('city'), row?.locate('no such')]).toEqual([
      's.csv:2:3',
      's.csv:2:2',
      's.csv:2',
    ]);
  });

  test('reports each row that is too short or too long, and reads the others', () => {
    const { rows, problems } = read('name,city\na\nb,Bern\nc,Biel, Bienne\nd,"Genf"\n');
    expect(rows.map(({ cells }) => cells.name)).toEqual(['b', 'd']);
    expect(problems).toEqual([
      's.csv:2 the row has 1 cell and the header 2 columns; is the row cut off?',
      's.csv:4 the row has 3 cells and the header 2 columns; a cell with a comma in it needs quotes',
    ]);
  });

  test('refuses a second header in the middle', () => {
    const { rows, problems } = read('name,city\na,Bern\nname,city\nb,Genf\n');
    expect(rows).toHaveLength(2);
    expect(problems).toEqual(['s.csv:3 the header stands here a second time; were two files joined? remove the line']);
  });

  test.each([
    [
      'a duplicate column',
      'name,city,name\na,b,c\n',
      's.csv:1:3 columns 1 and 3 are both named "name"; rename or remove one',
    ],
    ['a column without a name', 'name,,city\na,b,c\n', 's.csv:1:2 column 2 has no name; name it or remove it'],
    [
      'a control character in a name',
      'name,ci\0ty\na,b\n',
      's.csv:1:2 the name of column 2 holds U+0000, a control character, at character 3; remove it',
    ],
    ['nothing', '', 's.csv:1 "s.csv" is empty; its first line names the columns'],
    ['blank lines alone', '\n\n', 's.csv:1 "s.csv" is empty; its first line names the columns'],
  ])('refuses a file with %s', (_, text, problem) => {
    expect(read(text)).toEqual({ columns: [], rows: [], problems: [problem] });
  });

  test.each([
    [
      'ends inside a quoted cell',
      'name,city\na,b\nc,"d\ne,f\n',
      's.csv:3:2 the file ends inside a quoted cell; it was cut off, or a quote (") is not closed',
    ],
    [
      'has text after a closing quote',
      'name,city\na,b\nc,"d"x\n',
      's.csv:3:2 text follows the closing quote of a cell; inside a quoted cell a quote is written twice ("")',
    ],
    [
      'has a quote inside a cell without quotes',
      'name,city\na,b\nc"d,e\n',
      's.csv:3:1 a quote (") stands inside a cell that does not begin with one; quote the cell, and write the quote inside twice ("")',
    ],
    [
      'has a cell of 10 MB',
      `name,city\na,b\nc,${'x'.repeat(10_000_000)}\n`,
      's.csv:3:2 the row is longer than 1 MiB; perhaps a quote (") is not closed',
    ],
  ])('that %s is read until there', (_, text, problem) => {
    const { rows, problems } = read(text);
    expect(rows.map(({ cells }) => cells)).toEqual([{ name: 'a', city: 'b' }]);
    expect(problems).toEqual([`${problem}; what follows was not read`]);
  });

  test('refuses a row of two million empty cells', () => {
    const { rows, problems } = read(`name,city\na,${','.repeat(2_000_000)}\nb,c\n`);
    expect(rows).toHaveLength(1);
    expect(problems).toEqual(['s.csv:2 the row is longer than 1 MiB; perhaps a quote (") is not closed']);
  });
});
