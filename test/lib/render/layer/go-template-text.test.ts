import { TokenTable } from '../../../../lib/model/token';
import { type GoTemplateDialect, goTemplateText } from '../../../../lib/render/layer/go-template-text';

const tokens = new TokenTable(['site.name', 'site.values.port']);
const name = tokens.text('site.name');
const port = tokens.number('site.values.port');

const braces: GoTemplateDialect = { open: '{{', close: '}}', expression: (variable) => `.v.${variable}` };
const dollar: GoTemplateDialect = { ...braces, open: '\u0024{', close: '}' };

test.each([
  ['text without holes', 'a: b\n', 'a: b\n'],
  ['a hole', `a: "${name}"`, 'a: "{{ .v.name }}"'],
  ['a number', `a: ${port}`, 'a: {{ .v.values__port }}'],
  ['an opening delimiter', 'a {{ x }}', 'a {{ "{{" }} x }}'],
  ['half a delimiter before a hole', `{${name}`, '{{ "{" }}{{ .v.name }}'],
  ['a whole and a half one before a hole', `{{{${name}`, '{{ "{{" }}{{ "{" }}{{ .v.name }}'],
  ['half a delimiter elsewhere', `{ ${name} {`, '{ {{ .v.name }} {'],
  ['a closing delimiter', `}}${name}}}`, '}}{{ .v.name }}}}'],
  ['what a replacement pattern would take', '$& {{', '$& {{ "{{" }}'],
])('with {{ and }}: %s', (_, printed, text) => {
  expect(goTemplateText(printed, tokens, braces)).toBe(text);
});

test.each([
  ['a hole', name, '\u0024{ .v.name }'],
  ['an opening delimiter', 'a \u0024{X}', 'a \u0024{ "\u0024{" }X}'],
  ['half a delimiter before a hole', `$${name}`, '$\u0024{ .v.name }'],
  ['the other delimiter', `{{ ${name} }}`, '{{ \u0024{ .v.name } }}'],
])('with \u0024{ and }: %s', (_, printed, text) => {
  expect(goTemplateText(printed, tokens, dollar)).toBe(text);
});

test('literal text is escaped first as the dialect says, and told what is beside it', () => {
  const literal: GoTemplateDialect['literal'] = (text, { after, before }) =>
    `${after ? '<' : ''}${text}${before ? '>' : ''}`;
  expect(goTemplateText(`a${name}b${name}c`, tokens, { ...braces, literal })).toBe('a>{{ .v.name }}<b>{{ .v.name }}<c');
});
