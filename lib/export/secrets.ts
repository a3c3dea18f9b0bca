import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeSecretUse } from '../model/node-tree';
import { error, type Problem } from '../model/problem';
import { readIfThere } from './manifest-folder';
import { isName, type SiteNode } from './site-nodes';

/** A secret that a node needs, and where its value was found. */
export interface KitSecret {
  readonly node: string;
  readonly use: NodeSecretUse;
  /** The machine joins its cluster without it: only workloads wait for it. */
  readonly ofWorkloads: boolean;
  /** By path in the folder of secrets. Never shown, and never in what tells of the kit. @default - it comes to the machine by another way */
  readonly files?: ReadonlyArray<{ readonly path: string; readonly content: Buffer }>;
}

/** The secrets of a tree, of its `node.json`. */
export function secretsOfTree(nodeJson: string): Array<Omit<KitSecret, 'node'>> {
  const { secrets = [], workloadSecrets = [] } = JSON.parse(nodeJson) as {
    readonly secrets?: readonly NodeSecretUse[];
    readonly workloadSecrets?: readonly NodeSecretUse[];
  };
  const uses = [
    ...secrets.map((use) => ({ use, ofWorkloads: false })),
    ...workloadSecrets.map((use) => ({ use, ofWorkloads: true })),
  ];
  return uses.filter(({ use }) => pathsOf(use).every((path) => path.split('/').every(isName)));
}

/**
 * Takes what each node needs, and nothing that only another one needs: `<folder>/<site>/<name>`, else `<folder>/<name>`, a file or a folder of them. What
 * is missing, or has not the form that its reader wants, is a problem of that severity.
 */
export function collectSecrets(
  nodes: ReadonlyArray<{ readonly node: SiteNode; readonly uses: ReadonlyArray<Omit<KitSecret, 'node'>> }>,
  folder: string | undefined,
  severity: Problem['severity'],
): { readonly secrets: readonly KitSecret[]; readonly problems: readonly Problem[] } {
  const problems = new Map<string, Problem>();
  const secrets = nodes.flatMap(({ node, uses }) =>
    uses.map((known): KitSecret => {
      const { use } = known;
      if (folder === undefined) return { ...known, node: node.name };
      const places = [join(folder, node.site), folder];
      // A folder is taken from one place as a whole: keys and certificates of two would not fit.
      const place = places.find((at) => existsSync(join(at, use.name))) ?? folder;
      const files = pathsOf(use).map((path) => ({ path, content: readIfThere(join(place, path)) }));
      const there = files.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }]));
      const missing = files.filter(({ content }) => content === undefined).map(({ path }) => join(place, path));
      const wrong = there.flatMap(({ path, content }) => {
        const told = formProblem(use, content.toString('utf8'));
        return told === undefined ? [] : [error(node.site, `has a secret ${join(place, path)} that ${told}`)];
      });
      if (missing.length > 0) {
        const where = there.length > 0 ? missing : places.map((at) => join(at, use.name));
        problems.set(use.name, {
          ...error(node.site, `needs the secret ${use.name}: ${use.purpose} (no ${where.join(', no ')})`),
          severity,
        });
      } else if (wrong[0] !== undefined) problems.set(use.name, wrong[0]);
      return { ...known, node: node.name, ...(missing.length === 0 && { files: there }) };
    }),
  );
  return { secrets, problems: [...problems.values()] };
}

function pathsOf({ name, form, keys }: NodeSecretUse): string[] {
  return form === 'folder' ? keys.map((key) => `${name}/${key}`) : [name];
}

/** Speaks of lines and names, never of what is in them. */
function formProblem({ form, keys }: NodeSecretUse, text: string): string | undefined {
  if (form === 'folder') return text.trim() === '' ? 'is empty; write its value into it' : undefined;
  if (text.includes('\r')) return 'has line breaks of Windows; save it with those of Unix';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'is empty; write its value into it';
  if (form === 'environment') {
    const missing = keys.filter((key) => !lines.some((line) => line.startsWith(`${key}=`)));
    return missing.length === 0 ? undefined : `has no line ${missing.map((key) => `${key}=...`).join(', ')}; add it`;
  }
  if (lines.length > 1) return `has ${lines.length} lines; it must be one`;
  if (form === 'user-password' && !/^[^:]+:./.test(lines[0] ?? '')) return 'is not of the form user:password';
  return undefined;
}
