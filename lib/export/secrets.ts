import { join } from 'node:path';
import type { NodeSecretUse } from '../model/node-tree';
import { error, type Problem } from '../model/problem';
import { readIfThere } from './manifest-folder';
import { isName, type SiteNode } from './site-nodes';

/** A secret that a node needs before K3s starts on it, and where its value was found. */
export interface KitSecret {
  readonly node: string;
  readonly use: NodeSecretUse;
  /** Never shown, and never in what tells of the kit. @default - it comes to the machine by another way */
  readonly value?: Buffer;
}

/** The secrets of a tree, of its `node.json`. */
export function secretsOfTree(nodeJson: string): NodeSecretUse[] {
  const { secrets = [] } = JSON.parse(nodeJson) as { readonly secrets?: readonly NodeSecretUse[] };
  return secrets.filter(({ name }) => isName(name));
}

/**
 * Takes what each node needs, and nothing that only another one needs: `<folder>/<site>/<name>`, else `<folder>/<name>`. What is missing, or has not the
 * form that its reader wants, is a problem of that severity.
 */
export function collectSecrets(
  nodes: ReadonlyArray<{ readonly node: SiteNode; readonly uses: readonly NodeSecretUse[] }>,
  folder: string | undefined,
  severity: Problem['severity'],
): { readonly secrets: readonly KitSecret[]; readonly problems: readonly Problem[] } {
  const problems = new Map<string, Problem>();
  const secrets = nodes.flatMap(({ node, uses }) =>
    uses.map((use): KitSecret => {
      if (folder === undefined) return { node: node.name, use };
      const files = [join(folder, node.site, use.name), join(folder, use.name)];
      const found = files.map((file) => ({ file, value: readIfThere(file) })).find(({ value }) => value !== undefined);
      const wrong = found?.value === undefined ? undefined : formProblem(use, found.value.toString('utf8'));
      if (found?.value === undefined)
        problems.set(use.name, {
          ...error(node.site, `needs the secret ${use.name}: ${use.purpose} (no ${files.join(', no ')})`),
          severity,
        });
      else if (wrong !== undefined)
        problems.set(use.name, error(node.site, `has a secret ${found.file} that ${wrong}`));
      return { node: node.name, use, value: found?.value };
    }),
  );
  return { secrets, problems: [...problems.values()] };
}

/** Speaks of lines and names, never of what is in them. */
function formProblem({ form, keys }: NodeSecretUse, text: string): string | undefined {
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
