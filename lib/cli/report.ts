import { styleText } from 'node:util';
import { formatProblem, type Problem } from '../model/problem';

/** Problems for a person: errors last, where they are seen first. */
export function printProblems(problems: readonly Problem[]): void {
  const inColour = process.stderr.isTTY === true;
  const lines = (severity: Problem['severity'], colour: 'red' | 'yellow') =>
    problems
      .filter((p) => p.severity === severity)
      .map((p) => `${inColour ? styleText(colour, severity) : severity}: ${formatProblem(p)}`);
  for (const line of [...lines('warning', 'yellow'), ...lines('error', 'red')]) console.error(line);
}

/** Rows with the columns under each other; the first row is the head. Numbers stand to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const [head] = rows;
  const widths = (head ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) =>
          typeof rows[1]?.[i] === 'number'
            ? String(cell).padStart(widths[i] ?? 0)
            : String(cell).padEnd(widths[i] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}
