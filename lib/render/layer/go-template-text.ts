import { splitTokens, type TokenTable } from '../../model/token';
import { variableName } from '../../model/variable';

/** How a program that fills Go templates is told of a variable. */
export interface GoTemplateDialect {
  /** `{{`, or what the program takes instead. */
  readonly open: string;
  readonly close: string;
  /** What stands between the two for a variable: `.Values.v.name`. */
  readonly expression: (variable: string) => string;
  /** What is done to literal text before. @default - nothing */
  readonly literal?: (text: string, beside: BesideHoles) => string;
}

/** Whether a literal text comes right after a hole, and right before one. */
export interface BesideHoles {
  readonly after: boolean;
  readonly before: boolean;
}

/**
 * A printed text with an action in the place of each token, so that Go's text/template gives the text back with the variables' texts in it. What the user
 * wrote of the opening delimiter is an action itself, which prints it.
 * @see https://pkg.go.dev/text/template
 */
export function goTemplateText(printed: string, tokens: TokenTable, dialect: GoTemplateDialect): string {
  const { open, close, expression, literal } = dialect;
  const action = (inside: string) => `${open} ${inside} ${close}`;
  const parts = splitTokens(printed, tokens);
  return parts
    .map((part, i) => {
      if (typeof part !== 'string') return action(expression(variableName(part)));
      const beside = { after: i > 0, before: i + 1 < parts.length };
      const text = (literal?.(part, beside) ?? part).replaceAll(open, () => action(JSON.stringify(open)));
      return beside.before ? apart(text, open, action) : text;
    })
    .join('');
}

/** `{` right before `{{ ... }}` would be read as `{{` and `{`. */
function apart(text: string, open: string, action: (inside: string) => string): string {
  const [first = ''] = open;
  const joins = text.endsWith(first) && `${first}${open}`.startsWith(open);
  return joins ? `${text.slice(0, -1)}${action(JSON.stringify(first))}` : text;
}
