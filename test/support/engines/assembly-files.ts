import { CORE_SCHEMA, loadAll } from 'js-yaml';
import type { KubeObject } from '../../../lib/model/kube-object';

/** Text by path: what stands in an assembly, a repository or an artifact. */
export type Files = Readonly<Record<string, string>>;

/** What an engine refuses, or does not understand: a simulator never guesses. */
export class Refused extends Error {}

const indexes = new WeakMap<Files, ReadonlyMap<string, readonly string[]>>();

/** Names in a folder, files and folders, sorted. */
export function namesIn(files: Files, folder: string): readonly string[] {
  const known = indexes.get(files) ?? indexOf(files);
  indexes.set(files, known);
  const names = known.get(folder);
  if (!names) throw new Refused(`there is no folder ${folder}`);
  return names;
}

export function isFolder(files: Files, path: string): boolean {
  const known = indexes.get(files) ?? indexOf(files);
  indexes.set(files, known);
  return known.has(path);
}

function indexOf(files: Files): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, Set<string>>();
  for (const path of Object.keys(files)) {
    const parts = path.split('/');
    for (let i = 0; i < parts.length; i++) {
      const folder = parts.slice(0, i).join('/');
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(parts[i] ?? ''));
    }
  }
  return new Map([...folders].map(([folder, names]) => [folder, [...names].sort()]));
}

/** Paths of all files below a folder, sorted. */
export function filesBelow(files: Files, folder: string): string[] {
  return namesIn(files, folder).flatMap((name) => {
    const path = joinPath(folder, name);
    return isFolder(files, path) ? filesBelow(files, path) : [path];
  });
}

export function textOf(files: Files, path: string): string {
  const text = files[path];
  if (text === undefined) throw new Refused(`there is no file ${path}`);
  return text;
}

export function joinPath(...parts: readonly string[]): string {
  const joined: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') joined.push(part);
    else if (joined.pop() === undefined) throw new Refused(`${parts.join('/')} leads out of its source`);
  }
  return joined.join('/');
}

const parsed = new Map<string, readonly unknown[]>();

/** Documents of a YAML text; the same text gives the same objects, which nobody changes. */
export function documentsOf(text: string): readonly unknown[] {
  const known = parsed.get(text);
  if (known) return known;
  let documents: unknown[];
  try {
    documents = loadAll(text, { schema: CORE_SCHEMA });
  } catch (e) {
    throw new Refused(`is no YAML: ${(e as Error).message}\n${text}`);
  }
  const present = documents.filter((one) => one !== null && one !== undefined);
  parsed.set(text, present);
  return present;
}

export function objectsIn(text: string): readonly KubeObject[] {
  return documentsOf(text).map((document) => {
    const { apiVersion, kind, metadata } = document as Partial<KubeObject>;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof metadata?.name !== 'string')
      throw new Refused(`is no object: ${JSON.stringify(document)}`);
    return document as KubeObject;
  });
}

/** The one object of a file. */
export function objectAt<T = KubeObject>(files: Files, path: string): T {
  const documents = documentsOf(textOf(files, path));
  const [one] = documents;
  if (documents.length !== 1 || typeof one !== 'object') throw new Refused(`${path} has not one document`);
  return one as T;
}

type Fields = Readonly<Record<string, unknown>>;

/** A map with these members and no others. */
export function only<T>(value: unknown, what: string, members: readonly string[]): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused(`${what} is no map`);
  const strange = Object.keys(value as Fields).filter((member) => !members.includes(member));
  if (strange.length > 0) throw new Refused(`${what} has ${strange.join(', ')}, which the simulator does not know`);
  return value as T;
}
