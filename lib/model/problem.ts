/** One thing that is wrong with a fleet, or worth a second look. */
export interface Problem {
  /** Path of the construct that it is about, such as `grocer/pos`. */
  readonly path: string;
  /** What is wrong (what was found); what would be accepted or what to do. */
  readonly message: string;
  /** Errors stop the synthesis before anything is written; warnings are shown and counted. */
  readonly severity: 'error' | 'warning';
  /** Id of the rule that found it, to be used with `acknowledge`. @default - not a rule's finding */
  readonly rule?: string;
  /** Names of sites that are affected, at most a few. @default - all, or none in particular */
  readonly sites?: readonly string[];
  /** File, line and field of an inventory, such as `stores.csv:413:7`. @default - not from a file */
  readonly source?: string;
}

/** An error for a construct; the common case. */
export function error(path: string, message: string, more: Partial<Problem> = {}): Problem {
  return { path, message, severity: 'error', ...more };
}

export function warning(path: string, message: string, more: Partial<Problem> = {}): Problem {
  return { path, message, severity: 'warning', ...more };
}

/** One line, or more for a message of several lines: `[grocer/pos] message`. */
export function formatProblem(problem: Problem): string {
  const where = problem.source ? `${problem.source} ` : '';
  const sites = problem.sites?.length ? ` (${listSome(problem.sites)})` : '';
  const rule = problem.rule ? ` [${problem.rule}]` : '';
  return `${where}[${problem.path}] ${problem.message}${sites}${rule}`;
}

/** `a, b, c and 12 more`: candidates and sites are listed, but never by the thousand. */
export function listSome(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/**
 * Thrown by a synthesis that found errors, once, with all of them.
 *
 * @example
 * try { fleet.synth(); } catch (e) { if (e instanceof SynthError) console.error(e.problems.length); }
 */
export class SynthError extends Error {
  constructor(
    /** Everything that was found, warnings too, in a stable order. */
    readonly problems: readonly Problem[],
  ) {
    const errors = problems.filter((p) => p.severity === 'error');
    super(`${errors.length} problem${errors.length === 1 ? '' : 's'}\n${errors.map(formatProblem).join('\n')}`);
    this.name = 'SynthError';
  }
}

/** Collects problems over a stage; what several stages find is reported together. */
export class Problems {
  private readonly found = new Map<string, Problem>();

  /** The same finding on the same construct counts once, however many render keys or sites it shows in. */
  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      const key = JSON.stringify([problem.path, problem.message, problem.rule, problem.source]);
      if (!this.found.has(key)) this.found.set(key, problem);
    }
  }

  get list(): readonly Problem[] {
    return [...this.found.values()];
  }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === 'error');
}
