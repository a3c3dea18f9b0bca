import { readRows } from '../../../../lib/resolve/inventory/rows';
import { recordingSink } from './recording-sink';

function read(rows: Iterable<unknown>) {
  const { sink, recording } = recordingSink();
  readRows(rows, sink);
  return recording;
}

describe('rows of a program', () => {
  test('are taken from anything to iterate over', () => {
    const { columns, rows } = read(
      (function* () {
        yield { name: 'a', tills: 3, none: undefined };
        yield { name: 'b', city: 'Bern' };
      })(),
    );
    expect(columns).toEqual(['name', 'tills', 'none', 'city']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      { name: 'a', tills: 3 },
      { name: 'b', city: 'Bern' },
    ]);
  });

  test('are located by their number', () => {
    const [, second] = read([{ name: 'a' }, { name: 'b' }]).rows;
    expect([second?.source, second?.locate('tills')]).toEqual(['rows[1]', 'rows[1].tills']);
  });

  test('that are no records are refused', () => {
    expect(read([{ name: 'a' }, 'b', null, ['c']]).problems).toEqual([
      'rows[1] the row is "b"; write a value for each column by its name',
      'rows[2] the row is null; write a value for each column by its name',
      'rows[3] the row is a list of 1; write a value for each column by its name',
    ]);
  });

  test('that throw are a problem and no crash', () => {
    const rows = {
      [Symbol.iterator](): Iterator<unknown> {
        throw new Error('no database');
      },
    };
    expect(read(rows).problems).toEqual([
      'undefined the rows cannot be read (no database); give an array, or something else to iterate over',
    ]);
  });
});
