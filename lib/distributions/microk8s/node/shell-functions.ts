/** The functions of shell text by name: a name at the start of a line, and its body up to a brace at the start of one, or on the same line. */
function functionPattern(name: string): RegExp {
  return new RegExp(`^${name}\\(\\) \\{(?: [^\\n]* \\}|\\n[\\s\\S]*?\\n\\})$`, 'm');
}

/** Shell text with other functions of some names. Throws where one is not there, so that a renamed one does not stay in unseen. */
export function withFunctions(text: string, functions: Readonly<Record<string, string>>): string {
  return Object.entries(functions).reduce(
    (changed, [name, body]) => swapped(changed, functionOf(text, name), body),
    text,
  );
}

export function functionOf(text: string, name: string): string {
  const found = functionPattern(name).exec(text)?.[0];
  if (found === undefined) throw new Error(`the script has no function ${name} any more`);
  return found;
}

/** Text with one piece of it exchanged. Throws where it is not there. */
export function swapped(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the script has no line '${from}' any more`);
  return text.replace(from, () => to);
}
