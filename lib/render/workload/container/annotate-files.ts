import { sha256, sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import { liftTokens, withFilter } from '../../../model/token';

/** On a pod template: name of the ConfigMap with its files while it is rendered, then what stands for their content. */
export const filesAnnotation = 'edgecdk.dev/files';

/**
 * Restarts pods when one of their files changes, which a file mounted by `subPath` does not do by itself: their template gets an annotation that is
 * another one exactly when the content is.
 *
 * That is a digest of what all sites have in common, followed by each site's own values. A digest of the whole cannot be known before a site fills its
 * values in, so this runs after a token render has been compared with real values, and never in that comparison.
 */
export function annotateFiles(objects: readonly KubeObject[]): KubeObject[] {
  return objects.map((object) => {
    const spec = object.spec as PodOwnerSpec | undefined;
    const name = spec?.template?.metadata?.annotations?.[filesAnnotation];
    const files = objects.find(
      (o) => isConfigMap(o) && o.metadata.name === name && o.metadata.namespace === object.metadata.namespace,
    );
    if (!spec?.template || name === undefined || !files) return object;
    const { metadata } = spec.template;
    const annotations = { ...metadata?.annotations, [filesAnnotation]: contentMark(files.data) };
    return { ...object, spec: { ...spec, template: { ...spec.template, metadata: { ...metadata, annotations } } } };
  });
}

interface PodOwnerSpec {
  readonly template?: { readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> } };
}

function isConfigMap({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion === 'v1' && kind === 'ConfigMap';
}

function contentMark(data: unknown): string {
  const { marked, tokens } = liftTokens(JSON.stringify(sorted(Object.entries(data ?? {}), ([key]) => key)));
  // As in a URL: without commas of their own, two lists of values are never written alike.
  return [sha256(marked).slice(0, 16), ...tokens.map((token) => withFilter(token, 'u'))].join(',');
}
