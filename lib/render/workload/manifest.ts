import { isAbsolute, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isEncryptedSecret } from '../../model/encrypted-secret';
import type { KubeObject } from '../../model/kube-object';
import type { ManifestWorkloadModel } from '../../model/workload-model';
import { ContentError, type WorkloadRenderer } from '../render-context';
import { inNamespace } from './chart';

/** Reads YAML that exists. Objects keep their fields and order; only a missing namespace of a built-in kind is filled in. */
export const renderManifest: WorkloadRenderer<ManifestWorkloadModel> = (workload, content, { root, readFile }) =>
  content.files.flatMap((file) => {
    if (!isAbsolute(file) && root === undefined)
      throw new ContentError(`names the relative file ${file}, but the fleet has no root; give it \`root: __dirname\``);
    const objects = parseManifest(readFile(resolve(root ?? '.', file), file), file);
    return objects.map((object) => {
      if (!isEncryptedSecret(object)) return inNamespace(object, workload.namespace);
      if (object.metadata.namespace !== undefined) return object;
      throw new ContentError(
        `has ${file} with the encrypted Secret ${object.metadata.name}, which has no namespace; give it one before it is encrypted, for nothing can be added then`,
      );
    });
  });

/**
 * Kubernetes reads YAML as go-yaml v2 does: 1.1 with `yes` and `0644`, but times and base-60 numbers stay text.
 * @see https://github.com/kubernetes-sigs/yaml
 */
export function parseManifest(text: string, file: string): KubeObject[] {
  const documents = parseAllDocuments(text, {
    schema: 'yaml-1.1',
    merge: true,
    intAsBigInt: true, // integers of 64 bits, which a number would round
    customTags: (tags) =>
      tags.filter((tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !tag.tag.endsWith(':timestamp'))),
  });
  if (!Array.isArray(documents)) return []; // no document at all
  return documents.flatMap((document, i) => {
    const [wrong] = document.errors;
    if (wrong) throw new ContentError(`has ${file}, which is no YAML: ${wrong.message.split('\n')[0]}`);
    const value: unknown = withNumbers(document.toJS());
    return value === null || value === undefined ? [] : objectsOf(value, `${file}, document ${i + 1}`);
  });
}

function objectsOf(value: unknown, where: string): KubeObject[] {
  const object = value as Partial<KubeObject> & { items?: unknown };
  if (typeof value !== 'object' || typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') {
    throw new ContentError(`has ${where}, which is no Kubernetes object (no apiVersion and kind)`);
  }
  // A List is a way to write several objects, not an object.
  if (object.apiVersion === 'v1' && object.kind === 'List' && Array.isArray(object.items))
    return object.items.flatMap((item) => objectsOf(item, where));
  if (typeof object.metadata?.name !== 'string')
    throw new ContentError(
      `has ${where}, a ${object.kind} without metadata.name; generateName is not for files that are applied again`,
    );
  return [object as KubeObject];
}

/** Integers as numbers wherever a number holds them. */
function withNumbers(tree: unknown): unknown {
  if (typeof tree === 'bigint') return Number.isSafeInteger(Number(tree)) ? Number(tree) : tree;
  if (Array.isArray(tree)) return tree.map(withNumbers);
  if (typeof tree !== 'object' || tree === null || Buffer.isBuffer(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, withNumbers(value)]));
}
