import { Encode } from '../../../lib/model/encode';
import { applyFilters } from '../../../lib/model/filter';
import { hasToken, isDamaged, numberHole, splitTokens, TokenTable, withFilter } from '../../../lib/model/token';

const holes = ['site.name', 'site.values.contact', 'site.values.tills', 'site.values.vlan'];
const tokens = new TokenTable(holes);
const contact = tokens.text('site.values.contact');
const tills = tokens.number('site.values.tills');

describe('a text token', () => {
  test('has one width whatever it stands for, and letters and digits only', () => {
    for (const hole of holes) expect(tokens.text(hole)).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  test('is found in a text with what is around it', () => {
    expect(splitTokens(`a ${contact}${contact}-${tills} z`, tokens)).toEqual([
      'a ',
      { hole: 'site.values.contact', filters: [] },
      { hole: 'site.values.contact', filters: [] },
      '-',
      { hole: 'site.values.tills', filters: [] },
      ' z',
    ]);
  });

  test('leaves a text without tokens whole', () => {
    expect(splitTokens('', tokens)).toEqual(['']);
    expect(splitTokens('9007123400005678', tokens)).toEqual(['9007123400005678']);
    expect(hasToken('9007123400005678')).toBe(false);
  });

  test.each<[string, string]>([
    ['lower case', contact.toLowerCase()],
    ['upper case', contact.toUpperCase()],
    ['a slice that keeps the stem', contact.slice(0, 8)],
    ['a letter changed', contact.replace(/[A-Z]$/, (c) => (c === 'A' ? 'B' : 'A'))],
    ['something put in', `${contact.slice(0, 9)}-${contact.slice(9)}`],
  ])('shows %s as damage', (_what, damaged) => {
    expect(isDamaged(damaged)).toBe(true);
    expect(isDamaged(`x${contact}y`)).toBe(false);
  });
});

describe('a number token', () => {
  test('is a safe integer that names its hole', () => {
    expect(Number.isSafeInteger(tills)).toBe(true);
    expect(numberHole(tills, tokens)).toEqual({ hole: 'site.values.tills', filters: [] });
    expect(numberHole(7, tokens)).toBeUndefined();
  });

  test.each([tills + 1, tills - 1, -tills])('shows arithmetic as damage (%d)', (damaged) => {
    expect(isDamaged(damaged)).toBe(true);
  });

  test('is no damage itself, and neither is a number that people write', () => {
    for (const n of [tills, 0, -1, 8080, 1e9, 0.5, 2 ** 63]) expect(isDamaged(n)).toBe(false);
  });
});

describe('Encode', () => {
  const cases: [name: keyof typeof Encode & string, plain: string, written: string][] = [
    ['json', 'O"N\n', '"O\\"N\\n"'],
    ['yaml', 'yes', '"yes"'],
    ['shell', "O'Neill", "'O'\\''Neill'"],
    ['url', "a b/ü'", 'a%20b%2F%C3%BC%27'],
    ['base64', 'ü', 'w7w='],
  ];

  test.each(cases)('%s writes a plain value at once', (name, plain, written) => {
    expect((Encode[name] as (v: string) => string)(plain)).toBe(written);
  });

  test.each(cases)('%s of a token fills to what it writes for the value', (name, plain, written) => {
    const text = (Encode[name] as (v: string) => string)(contact);
    const filled = splitTokens(text, tokens).map((part) =>
      typeof part === 'string' ? part : applyFilters(plain, part.filters),
    );
    expect(filled.join('')).toBe(written);
  });

  test('encodes literal text around a token, too', () => {
    const [before, hole, after] = splitTokens(Encode.json(`"${contact}"`), tokens);
    expect([before, hole, after]).toEqual(['"\\"', { hole: 'site.values.contact', filters: ['j'] }, '\\""']);
  });

  test('nests: what was written for a shell can be written into JSON', () => {
    const parts = splitTokens(Encode.json(Encode.shell(contact)), tokens);
    expect(parts[1]).toEqual({ hole: 'site.values.contact', filters: ['s', 'j'] });
  });

  test('keeps numbers bare', () => {
    expect([Encode.json(5), Encode.shell(5), Encode.url(5)]).toEqual(['5', '5', '5']);
    expect(Encode.json(tills)).toBe(String(tills));
  });

  test('refuses base64 of a token with something beside it, and encoding without end', () => {
    expect(() => Encode.base64(`x${contact}`)).toThrow('takes one whole value');
    const often = [1, 2, 3, 4, 5, 6].reduce((text) => withFilter(text, 'j'), contact);
    expect(() => withFilter(often, 'j')).toThrow('more than 6 times');
  });
});
