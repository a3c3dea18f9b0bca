import { styleText } from 'node:util';
import { formatProblem, type Problem } from '../model/problem';
import type { WaveSummary } from '../summary';

/** Problems for a person: errors last, where they are seen first. */
export function printProblems(problems: readonly Problem[]): void {
  // `hasColors` knows NO_COLOR and terminals without any.
  const inColour = process.stderr.isTTY === true && process.stderr.hasColors();
  const lines = (severity: Problem['severity'], colour: 'red' | 'yellow') =>
    byConstruct(problems.filter((p) => p.severity === severity)).map(
      (line) => `${inColour ? styleText(colour, severity) : severity}: ${line}`,
    );
  for (const line of [...lines('warning', 'yellow'), ...lines('error', 'red')]) console.error(line);
}

/** A line each, equal ones once, and those of one construct under each other, where its first stands. */
export function byConstruct(problems: readonly Problem[]): string[] {
  const lines = new Map<string, Set<string>>();
  for (const problem of problems) {
    const own = lines.get(problem.path) ?? new Set<string>();
    lines.set(problem.path, own.add(formatProblem(problem)));
  }
  return [...lines.values()].flatMap((own) => [...own]);
}

/** Rows with the columns under each other; the first row is the head. Numbers stand to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const [head] = rows;
  const widths = (head ?? []).map((_, i) => rows.reduce((most, row) => Math.max(most, String(row[i]).length), 0));
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

/** `wave canary: 97 sites, 12 with a link that is down at times or always` */
export function describeWave({ wave, sites, offline }: WaveSummary): string {
  return `wave ${wave}: ${count(sites, 'site')}${offline > 0 ? `, ${offline} with a link that is down at times or always` : ''}`;
}
