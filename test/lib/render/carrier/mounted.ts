import type { KubeObject } from '../../../../lib/model/kube-object';
import type { Folder } from '../../../../lib/render/node/folder';

interface DaemonSet {
  readonly spec: {
    readonly selector: unknown;
    readonly updateStrategy: unknown;
    readonly template: {
      readonly spec: {
        readonly nodeSelector: unknown;
        readonly affinity: unknown;
        readonly tolerations: unknown;
        readonly initContainers: readonly [{ readonly command: readonly string[] }];
        readonly volumes: readonly {
          readonly projected?: {
            readonly sources: readonly {
              readonly configMap: { readonly name: string; readonly items: readonly { key: string; path: string }[] };
            }[];
          };
        }[];
      };
    };
  };
}

export function daemonSetOf(objects: readonly KubeObject[]): DaemonSet {
  const found = objects.find(({ kind }) => kind === 'DaemonSet');
  if (found === undefined) throw new Error('no DaemonSet');
  return found as unknown as DaemonSet;
}

/** What the kubelet puts into the pod's volume: each item's key of its ConfigMap, at the item's path. */
export function mounted(objects: readonly KubeObject[]): Folder {
  const sources = daemonSetOf(objects).spec.template.spec.volumes.flatMap(({ projected }) => projected?.sources ?? []);
  return Object.fromEntries(
    sources.flatMap(({ configMap }) => {
      const data = objects.find((o) => o.kind === 'ConfigMap' && o.metadata.name === configMap.name)?.binaryData;
      return configMap.items.map(({ key, path }) => {
        const content = (data as Record<string, string>)[key];
        if (content === undefined) throw new Error(`${configMap.name} has no ${key}`);
        return [path, Buffer.from(content, 'base64').toString('utf8')];
      });
    }),
  );
}
