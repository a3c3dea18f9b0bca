import { escapeNoValue, hasNoValue } from '../../../../lib/render/layer/no-value';

const alone = { after: false, before: false };
const before = { after: false, before: true };
const after = { after: true, before: false };

test.each([
  ['whole', 'a <no value> <no value>', alone, 'a \\u003cno value> \\u003cno value>'],
  ['nothing of it', 'a < b > c', alone, 'a < b > c'],
  ['a beginning, with no hole behind it', '<no ', alone, '<no '],
  ['a beginning before a hole', 'a <no v', before, 'a \\u003cno v'],
  ['one character before a hole', 'a<', before, 'a\\u003c'],
  ['a beginning after a hole', '<no ', after, '<no '],
  ['an end after a hole', 'value> b', after, 'value\\u003e b'],
  ['one character after a hole', '> b', after, '\\u003e b'],
  ['an end that does not come first', ' value>', after, ' value\\u003e'],
  ['another end', 'values>', after, 'values>'],
])('of what Helm removes: %s', (_, text, beside, escaped) => {
  expect(escapeNoValue(text, beside)).toBe(escaped);
});

test('what is escaped reads as it was, in double quotes', () => {
  const text = '<no value>';
  const escaped = escapeNoValue(text, { after: true, before: true });
  expect([hasNoValue(text), hasNoValue(escaped)]).toEqual([true, false]);
  expect(JSON.parse(`"${escaped}"`)).toBe(text);
});
