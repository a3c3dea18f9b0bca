import { applyFilters, quotedBody } from './filter';
import { hasToken, mapAroundTokens, TokenError } from './token';

/**
 * Says how a site's value is written inside a text that something will parse: JSON, YAML, a shell command, a URL.
 *
 * @example
 * const file = (contact: string) => `{ "contact": ${Encode.json(contact)} }`;
 */
export class Encode {
  private constructor() {}

  /** A JSON string with its quotes, or a JSON number. */
  static json(value: string | number): string {
    return typeof value === 'number' ? String(value) : `"${mapAroundTokens(value, quotedBody, 'j')}"`;
  }

  /** A double-quoted YAML scalar, or a YAML number. */
  static yaml(value: string | number): string {
    return Encode.json(value);
  }

  /** One word of a POSIX shell, in single quotes. */
  static shell(value: string | number): string {
    return typeof value === 'number'
      ? String(value)
      : `'${mapAroundTokens(value, (part) => applyFilters(part, ['s']), 's')}'`;
  }

  /** Percent-encoded, for a part of a URL's path or query. */
  static url(value: string | number): string {
    return mapAroundTokens(String(value), (part) => applyFilters(part, ['u']), 'u');
  }

  /** Base64 of the UTF-8 text. A site value must stand alone in it, since base64 has no parts. */
  static base64(value: string | number): string {
    const text = String(value);
    if (!hasToken(text)) return applyFilters(text, ['b']);
    return mapAroundTokens(
      text,
      (part) => {
        if (part !== '')
          throw new TokenError(
            `Encode.base64 takes one whole value (found ${JSON.stringify(part)} beside it); join the text in the site's values`,
          );
        return '';
      },
      'b',
    );
  }
}
