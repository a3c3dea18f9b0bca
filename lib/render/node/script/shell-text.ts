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

/** One step of a run: a shell function of this name, and the line that the head of the script says about it. */
export interface Step {
  /** Name of the function that the step is. */
  readonly name: string;
  /** What the step does, in a few words for the technician. */
  readonly title: string;
  /** The function, and those that only it uses. */
  readonly text: string;
}
