import { filePathProblem } from '../../../model/container-path';
import { sha256, sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import { hasToken } from '../../../model/token';
import type { ContainerContent, ContainerWorkloadModel, SecretKeyModel } from '../../../model/workload-model';
import { ContentError } from '../../render-context';
import { type Fields, metadataOf } from './names';
import { isSecretKey, secretName } from './secrets';

/** Files that are written in the program, and files that are keys of secrets. */
export interface ContainerFiles {
  readonly configMap?: KubeObject;
  readonly volumes: readonly Fields[];
  readonly volumeMounts: readonly Fields[];
  readonly secretKeys: readonly SecretKeyModel[];
}

/**
 * Each file is mounted alone, by `subPath`, so that what else the image has in its folder stays. Such a mount is never updated in a running
 * container: see `annotateFiles`.
 */
export function configFiles(
  workload: ContainerWorkloadModel,
  content: ContainerContent,
  files: Readonly<Record<string, string | SecretKeyModel>>,
): ContainerFiles {
  const entries = sorted(Object.entries(files), ([path]) => path);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const secrets = entries.filter((entry): entry is [string, SecretKeyModel] => isSecretKey(entry[1]));
  refuseFiles(content, entries);
  const keyOf = dataKeys(texts.map(([path]) => path));
  const data = Object.fromEntries(texts.map(([path, text]) => [keyOf(path), text]));
  const metadata = metadataOf(workload);
  return {
    configMap: texts.length > 0 ? { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } : undefined,
    volumes: [
      ...(texts.length > 0 ? [{ name: 'files', configMap: { name: metadata.name } }] : []),
      ...secretVolumes(
        workload,
        secrets.map(([, use]) => use),
      ),
    ],
    volumeMounts: [
      ...texts.map(([path]) => fileMount('files', path, keyOf(path))),
      ...secrets.map(([path, use]) => fileMount(secretVolume(use.secret), path, use.key)),
    ],
    secretKeys: secrets.map(([, use]) => use),
  };
}

function fileMount(volume: string, path: string, key: string): Fields {
  return { name: volume, mountPath: path, subPath: key, readOnly: true };
}

function secretVolumes(workload: ContainerWorkloadModel, used: readonly SecretKeyModel[]): Fields[] {
  const first = new Map(used.map((use) => [use.secret, use]));
  return sorted(first.values(), (use) => use.secret).map((use) => {
    const keys = [...new Set(used.filter((other) => other.secret === use.secret).map((other) => other.key))].sort();
    const items = keys.map((key) => ({ key, path: key }));
    return { name: secretVolume(use.secret), secret: { secretName: secretName(workload, use), items } };
  });
}

function secretVolume(secret: string): string {
  return `secret-${secret}`;
}

/** `/etc/pos/store.json` is `etc_pos_store.json`; paths that would share a key get a part of their digest each. */
function dataKeys(paths: readonly string[]): (path: string) => string {
  const plain = paths.map(plainKey);
  return (path) => {
    const key = plainKey(path);
    const shared = plain.filter((other) => other === key).length > 1;
    return shared ? `${key}-${sha256(path).slice(0, 8)}` : key;
  };
}

/** A key has up to 253 letters and does not begin with two periods. */
function plainKey(path: string): string {
  const key = path.slice(1).replace(/[^A-Za-z0-9._-]/g, '_');
  return key.replace(/^\.+/, '_').slice(0, 200);
}

function refuseFiles(content: ContainerContent, entries: readonly (readonly [string, unknown])[]): void {
  const paths = entries.map(([path]) => path);
  for (const [path, value] of entries) {
    if (hasToken(path)) {
      throw new ContentError(
        'has a file whose path holds a site value; write the path as it is, and the value into the file',
      );
    }
    const problem = filePathProblem(path, paths, [...Object.keys(content.mounts), ...content.devices]);
    if (problem !== undefined) throw new ContentError(problem);
    if (typeof value !== 'string' && !isSecretKey(value)) {
      throw new ContentError(
        `gives the file ${path} a value of type ${typeof value}; write it as text, or take a SecretRef`,
      );
    }
  }
}
