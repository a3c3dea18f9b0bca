import { ARGO_CD_COMPARE_OPTIONS } from '../../catalog/argo-cd';
import type { ArgoCdSource } from './model';

/**
 * What is applied by the API server is compared by it, too: that is the only one of Argo CD's ways of comparing which stays. @see argoproj/argo-cd, docs/user-guide/diff-strategies.md
 */
export const COMPARED_BY_SERVER = { [ARGO_CD_COMPARE_OPTIONS]: 'ServerSideDiff=true' };

/**
 * The same, of an Application whose content is all in one folder: in a repository, commits that change nothing there are nothing to it.
 * @see argoproj/argo-cd, docs/operator-manual/high_availability.md
 */
export function folderAnnotations({ kind }: ArgoCdSource): Readonly<Record<string, string>> {
  return kind === 'git'
    ? { ...COMPARED_BY_SERVER, 'argocd.argoproj.io/manifest-generate-paths': '.' }
    : COMPARED_BY_SERVER;
}

/** What Argo CD does of itself, the same for all Applications. */
export function syncPolicy({ prune = true }: { readonly prune?: boolean } = {}) {
  return {
    automated: { prune, selfHeal: true },
    // Without end, since a sync that failed is not tried again for the same commit: a site whose link broke in the middle would stay half changed.
    // `refresh`: a commit that came meanwhile is taken. @see argoproj/argo-cd, docs/user-guide/auto_sync.md, from 3.2
    retry: { limit: -1, refresh: true, backoff: { duration: '30s', factor: 2, maxDuration: '30m' } },
    syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'PruneLast=true'],
  };
}
