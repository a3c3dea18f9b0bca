/** Control characters but for line feed and tab, and surrogates without their other half. */
const odd = /[^\P{Cc}\n\t]|\p{Cs}/u;

/** What is wrong with a text that no file of a site could hold, or undefined. */
export function oddCharacter(text: string): string | undefined {
  const found = odd.exec(text)?.[0];
  if (found === undefined) return undefined;
  const code = found.charCodeAt(0);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const kind = code >= 0xd800 ? 'half of a surrogate pair' : 'a control character';
  return `holds ${name}, ${kind}, at character ${text.indexOf(found) + 1}; remove it`;
}
