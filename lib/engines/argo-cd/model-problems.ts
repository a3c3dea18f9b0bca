import type { ArgoCdModel, ArgoCdSource, SyncWindowModel } from './model';

const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const gitUrl = /^(https?:\/\/|ssh:\/\/|[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:)[^\s{}]+$/;
const ociUrl = /^oci:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/;
/** @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const ociTag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** Five fields of numbers, lists, ranges and steps, or names of months and days. @see argoproj/argo-cd, pkg/apis/application/v1alpha1/types.go, SyncWindow */
const cron = /^([\d*,/?-]|[A-Za-z]{3})+( +([\d*,/?-]|[A-Za-z]{3})+){4}$/;
const goDuration = /^(\d+(\.\d+)?(h|m|s))+$/;

/** What is wrong with a delivery whatever its sites; each follows the path of what has it. */
export function modelProblems({ source, shape, namespace, syncWindows = [], progressiveSyncs }: ArgoCdModel): string[] {
  return [
    ...sourceProblems(source),
    ...(dnsLabel.test(namespace) ? [] : [`has a namespace '${namespace}' for Argo CD; a DNS label is accepted`]),
    ...(progressiveSyncs && shape === 'site'
      ? [
          'has progressive syncs and an Argo CD at each site: none of them knows of other sites; leave progressiveSyncs out, sites follow a branch or tag of their wave',
        ]
      : []),
    ...syncWindows.flatMap(windowProblems),
    ...repeated(syncWindows),
  ];
}

function sourceProblems(source: ArgoCdSource): string[] {
  const problems: string[] = [];
  const shown = withoutPassword(source.url);
  if (shown !== source.url) {
    problems.push(`has a source with a password in its address (${shown}); register it with Argo CD: argocd repo add`);
  } else if (source.kind === 'git' && !gitUrl.test(source.url)) {
    problems.push(
      `has a git repository '${shown}'; an address such as https://git.example/fleet.git or git@git.example:fleet.git is accepted`,
    );
  } else if (source.kind === 'oci' && !ociUrl.test(source.url)) {
    problems.push(`has an OCI source '${shown}'; an address such as oci://registry.example/fleet is accepted`);
  }
  if (source.kind === 'oci') {
    if (!ociTag.test(source.tag))
      problems.push(`has a tag '${source.tag}'; letters, digits, '.', '_' and '-' are accepted`);
    return problems;
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(source.branch) || source.branch.includes('..'))
    problems.push(`has a git branch '${source.branch}'; the name of a branch is accepted, such as main`);
  if (source.path !== '' && !isFolder(source.path))
    problems.push(
      `has a git path '${source.path}'; a folder in the repository is accepted, such as dist, without a slash before and behind it`,
    );
  return problems;
}

function isFolder(path: string): boolean {
  return path.split('/').every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..');
}

function windowProblems({ kind, schedule, duration, timeZone }: SyncWindowModel): string[] {
  const problems: string[] = [];
  if (kind !== 'allow' && kind !== 'deny') problems.push(`has a sync window of kind '${kind}'; allow or deny`);
  if (!cron.test(schedule))
    problems.push(`has a sync window with the schedule '${schedule}'; five fields as in '0 1 * * *' are accepted`);
  if (!goDuration.test(duration))
    problems.push(
      `has a sync window with the duration '${duration}'; hours and minutes are accepted, such as 3h or 90m`,
    );
  if (!isTimeZone(timeZone))
    problems.push(
      `has a sync window in the time zone '${timeZone}', which Argo CD would take for UTC; a name such as Europe/Rome is accepted`,
    );
  return problems;
}

/** As Go finds it below /usr/share/zoneinfo, where case matters. */
function isTimeZone(name: string): boolean {
  if (!/^(UTC$|[A-Z][A-Za-z_]+\/[A-Z])/.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** Argo CD refuses a project with the same window twice. */
function repeated(windows: readonly SyncWindowModel[]): string[] {
  const seen = new Map<string, SyncWindowModel>();
  return windows.flatMap((window) => {
    const key = JSON.stringify([window.kind, window.schedule, window.duration, window.timeZone]);
    const before = seen.get(key);
    seen.set(key, window);
    if (!before) return [];
    const both = before.owner === undefined || window.owner === undefined || before.owner === window.owner;
    return both ? [`has the sync window '${window.schedule}' for ${window.duration} twice; leave one out`] : [];
  });
}

function withoutPassword(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/@:]*:[^/@]+@/, '$1...@');
}
