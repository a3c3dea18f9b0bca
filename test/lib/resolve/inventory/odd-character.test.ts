import { oddCharacter } from '../../../../lib/resolve/inventory/odd-character';

const code = String.fromCharCode;

describe('text', () => {
  test.each(['', 'Zürich\t1\nline', '日本 😀', code(0xfeff), code(0xfffe), code(0x2028), 'null'])(
    'may be %j',
    (text) => {
      expect(oddCharacter(text)).toBeUndefined();
    },
  );

  test.each([
    [`a${code(0)}b`, 'holds U+0000, a control character, at character 2; remove it'],
    ['a\r\nb', 'holds U+000D, a control character, at character 2; remove it'],
    [code(0x1b), 'holds U+001B, a control character, at character 1; remove it'],
    [code(0x7f), 'holds U+007F, a control character, at character 1; remove it'],
    [code(0x85), 'holds U+0085, a control character, at character 1; remove it'],
    [`abc${code(0xd83d)}`, 'holds U+D83D, half of a surrogate pair, at character 4; remove it'],
    [`${code(0xdc00)}x`, 'holds U+DC00, half of a surrogate pair, at character 1; remove it'],
  ])('may not be %j', (text, problem) => {
    expect(oddCharacter(text)).toBe(problem);
  });
});
