/**
 * Shell text in a template literal. Backslashes stay as they are written; only `\${` stands for the shell's own `${`,
 * which the literal would otherwise take for a value of ours.
 */
export function shellText(literal: TemplateStringsArray, ...values: readonly string[]): string {
  const parts = literal.raw.map((part) => part.replaceAll('\\${', '${'));
  return parts
    .map((part, index) => part + (values[index] ?? ''))
    .join('')
    .trim();
}
