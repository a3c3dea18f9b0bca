import { ARGO_CD_COMPARE_OPTIONS, ARGO_CD_SYNC_OPTIONS } from '../../catalog/argo-cd';
import { KEPT_KINDS } from '../../catalog/kubernetes';
import type { KubeObject } from '../../model/kube-object';
import type { LayerVariant } from '../../model/layer';

/**
 * What holds data says so itself, since Argo CD knows Helm's own annotation only where a whole Application is deleted. `IgnoreExtraneous`: one that was left
 * behind does not make its Application out of sync for ever. @see argoproj/argo-cd, docs/user-guide/sync-options.md and compare-options.md
 */
export function withKept(variant: LayerVariant): LayerVariant {
  return {
    ...variant,
    objects: variant.objects.map((object) => (KEPT_KINDS.has(object.kind) ? keepObject(object) : object)),
  };
}

/** The same for one object, whatever its kind. */
export function keepObject<T extends KubeObject>(object: T): T {
  const annotations = object.metadata.annotations as Readonly<Record<string, string>> | undefined;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...annotations,
        [ARGO_CD_SYNC_OPTIONS]: joined(annotations?.[ARGO_CD_SYNC_OPTIONS], ['Prune=false', 'Delete=false']),
        [ARGO_CD_COMPARE_OPTIONS]: joined(annotations?.[ARGO_CD_COMPARE_OPTIONS], ['IgnoreExtraneous']),
      },
    },
  };
}

/** The user's own options, but for other values of ours. */
function joined(own: string | undefined, ours: readonly string[]): string {
  const keys = new Set(ours.map((option) => option.split('=')[0]));
  const others = (own ?? '').split(',').filter((option) => option !== '' && !keys.has(option.trim().split('=')[0]));
  return [...others, ...ours].join(',');
}
