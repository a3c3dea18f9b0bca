import type { Problem } from '../../model/problem';

/** A problem of one source of sites, not yet told. */
export interface Finding {
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** Equal for the same mistake in several rows. */
  readonly reason: string;
  /** Name of the site. @default - of no site, or of one without a name */
  readonly site?: string;
  /** Asked for only when the finding is told, since in JSON it takes time. */
  readonly source?: () => string;
}

const most = 50;
const mostAlike = 10;

/** As problems of one construct. Of more than fifty some are told, in their order, and how many more there are; one mistake in all rows does not hide others. */
export function tell(path: string, findings: readonly Finding[]): Problem[] {
  const told = findings.length > most ? select(findings) : findings;
  const problems = told.map(({ message, severity, site, source }): Problem => {
    const at = source?.();
    return {
      path,
      message,
      severity,
      ...(site === undefined ? {} : { sites: [site] }),
      ...(at === undefined ? {} : { source: at }),
    };
  });
  const rest = findings.length - told.length;
  if (rest > 0)
    problems.push({
      path,
      message: `has ${rest} more problem${rest === 1 ? '' : 's'} in its rows; these show when the ones above are solved`,
      severity: 'error',
    });
  return problems;
}

function select(findings: readonly Finding[]): Finding[] {
  const alike = new Map<string, number>();
  const first: Finding[] = [];
  const others: Finding[] = [];
  for (const finding of findings) {
    const seen = alike.get(finding.reason) ?? 0;
    alike.set(finding.reason, seen + 1);
    (seen < mostAlike ? first : others).push(finding);
  }
  const chosen = new Set([...first, ...others].slice(0, most));
  return findings.filter((finding) => chosen.has(finding));
}
