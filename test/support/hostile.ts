import fc from 'fast-check';

/** Values that break writers of YAML, JSON and shell: each seen to break one. */
export const hostileTexts = [
  '', ' ', '0042', '1e3', '0x1f', '1_000', '12:30:45', '2026-11-24', 'yes', 'no', 'on', 'off', 'y', 'n', 'true', 'null', '~', '=', '<<', '.5', '-', '--- ', '...',
  "O'Neill", 'say "hi"', 'back\\slash', 'tab\there', 'two\nlines', 'trailing \nspace ', '\n', ' leading', 'trailing ', '# no comment', 'a: b', 'a #b', '{{ .Values.x }}', '${HOME}',
  '$(HOSTNAME)', '$$(X)', '`id`', '%', '@a', '&a', '*a', '!tag', '|', '>', '[a]', '{a}', ',', '?', ': ', 'ключ', '店', '\u{1f6d2}', 'e\u0301', '\u200b', '\u2028', '\u2029', '\ufeff',
  '\u0085', '\u007f', '\u00a0', '\ufffe', '\uffff', 'null\u00adbyte', '../../etc/passwd', 'a/b', 'qzhljx', 'qZhLjX', '9007000000000000', `${'long '.repeat(300)}end`,
] as const;

/** Any text that an inventory lets through: no lone surrogates, no control characters but newline and tab. */
export const inventoryText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/\p{Cs}|[^\P{Cc}\n\t]/gu, '')),
  fc.array(fc.constantFrom(...hostileTexts), { maxLength: 4 }).map((texts) => texts.join('')),
);
