import { type Finding, tell } from '../../../../lib/resolve/inventory/findings';

function finding(i: number, reason: string): Finding {
  return { message: `${reason} ${i}`, severity: 'error', reason };
}
const many = (n: number, reason: string) => Array.from({ length: n }, (_, i) => finding(i, reason));

describe('what is found in one source of sites', () => {
  test('becomes problems of its construct', () => {
    expect(
      tell('g/stores', [
        { message: 'm', severity: 'warning', reason: 'm', site: 'a', source: () => 's.csv:2' },
        finding(1, 'n'),
      ]),
    ).toEqual([
      { path: 'g/stores', message: 'm', severity: 'warning', sites: ['a'], source: 's.csv:2' },
      { path: 'g/stores', message: 'n 1', severity: 'error' },
    ]);
  });

  test('is told whole up to fifty', () => {
    expect(tell('g', many(50, 'a'))).toHaveLength(50);
  });

  test('is told in part beyond fifty, with how many more there are', () => {
    const told = tell('g', many(51, 'a'));
    expect(told.slice(0, 50).map((p) => p.message)).toEqual(many(50, 'a').map((f) => f.message));
    expect(told[50]).toEqual({
      path: 'g',
      severity: 'error',
      message: 'has 1 more problem in its rows; these show when the ones above are solved',
    });
    expect(tell('g', many(1000, 'a'))[50]?.message).toMatch(/^has 950 more problems /);
  });

  test('has no mistake that hides others', () => {
    const told = tell('g', [...many(1000, 'a'), ...many(3, 'b')]);
    expect(told.slice(-4).map((p) => p.message)).toEqual(['b 0', 'b 1', 'b 2', expect.stringMatching(/^has 953 more/)]);
  });

  test('is not looked up where it is not told', () => {
    const source = jest.fn(() => 's.csv:1');
    tell(
      'g',
      many(1000, 'a').map((f) => ({ ...f, source })),
    );
    expect(source).toHaveBeenCalledTimes(50);
  });
});
