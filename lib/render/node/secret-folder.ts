import { sorted } from '../../model/digest';
import type { WorkloadSecrets } from '../../model/distribution';
import type { NodeSecretUse } from '../../model/node-tree';

/** What a machine must have for them, as far as it lies where media and commands bring secrets: another folder is filled by whoever named it. */
export function workloadSecretUses({ folder, secrets }: WorkloadSecrets): NodeSecretUse[] {
  if (withoutSlash(folder) !== '/etc/edgecdk/secrets') return [];
  return sorted(new Set(secrets.map(({ secret }) => secret)), (name) => name).map((name) => {
    const own = secrets.filter(({ secret }) => secret === name);
    const workloads = [...new Set(own.map(({ workload }) => workload))].sort();
    return {
      name,
      form: 'folder',
      keys: [...new Set(own.flatMap(({ keys }) => keys))].sort(),
      purpose: `${workloads.join(', ')} ${workloads.length === 1 ? 'reads' : 'read'} it`,
    };
  });
}

/** What is wrong with a folder of secrets and what to do, or undefined. */
export function secretFolderProblem(folder: string): string | undefined {
  if (/^(\/[A-Za-z0-9_@+=,-][A-Za-z0-9._@+=,-]*)+\/?$/.test(folder)) return undefined;
  return `keeps its secrets in ${JSON.stringify(folder)}; take an absolute path of letters, digits and . _ @ + = , -`;
}

export function withoutSlash(folder: string): string {
  return folder.replace(/\/+$/, '');
}
