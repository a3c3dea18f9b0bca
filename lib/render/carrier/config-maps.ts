import { sha256, sorted } from '../../model/digest';
import type { KubeObject } from '../../model/kube-object';
import type { Folder } from '../node/folder';
import { ContentError } from '../render-context';

/** A folder as ConfigMaps, and the sources of a projected volume that is the folder again. */
export interface FolderVolume {
  readonly configMaps: readonly KubeObject[];
  readonly sources: readonly VolumeSource[];
}

export interface VolumeSource {
  readonly configMap: {
    readonly name: string;
    readonly items: readonly { readonly key: string; readonly path: string }[];
  };
}

/** What a ConfigMap takes at most. @see https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const mostBytes = 1024 * 1024;

/**
 * What one of ours holds, unless a single file is larger. Appliers that keep what they applied in an annotation have 256 KiB for it, base64 included.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
 */
const partBytes = 180 * 1024;

/**
 * All content is base64: then no engine on the way takes a part of it for a variable of its own, be it `${NAME}` or `{{ name }}`, and no printer of YAML
 * changes line ends or spaces. Names are digests of the content, so that the objects never change and pods start again exactly when a file differs.
 */
export function folderVolume(prefix: string, namespace: string, folder: Folder): FolderVolume {
  const keyOf = keys(Object.keys(folder));
  const parts = packed(folder).map((paths) => {
    const binaryData = Object.fromEntries(
      sorted(paths, keyOf).map((path) => [keyOf(path), Buffer.from(folder[path] ?? '', 'utf8').toString('base64')]),
    );
    const name = `${prefix}-${sha256(JSON.stringify(binaryData)).slice(0, 10)}`;
    const items = paths.map((path) => ({ key: keyOf(path), path }));
    return { name, binaryData, items };
  });
  return {
    configMaps: parts.map(({ name, binaryData }) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace },
      immutable: true,
      binaryData,
    })),
    sources: parts.map(({ name, items }) => ({ configMap: { name, items } })),
  };
}

/** Paths in order, cut into groups that fit. */
function packed(folder: Folder): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const [path, text] of sorted(Object.entries(folder), ([name]) => name)) {
    const size = Buffer.byteLength(text, 'utf8');
    if (size > mostBytes) {
      throw new ContentError(
        `has the file ${path} of ${Math.ceil(size / 1024)} KiB on its nodes, and a ConfigMap, which brings it there, takes 1024 KiB; make it smaller, or have the nodes fetch it`,
      );
    }
    const last = parts.at(-1);
    if (last === undefined || size > room) {
      parts.push([path]);
      room = partBytes - size;
    } else {
      last.push(path);
      room -= size;
    }
  }
  return parts;
}

/** `tree/files/etc/hosts` is `tree_files_etc_hosts`; paths that would share a key get a part of their digest each. */
function keys(paths: readonly string[]): (path: string) => string {
  const plain = paths.map(plainKey);
  const shared = new Set(plain.filter((key, i) => plain.indexOf(key) !== i));
  return (path) => {
    const key = plainKey(path);
    return shared.has(key) ? `${key}-${sha256(path).slice(0, 8)}` : key;
  };
}

/** A key has up to 253 letters and does not begin with two periods. */
function plainKey(path: string): string {
  return path
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(-240);
}
