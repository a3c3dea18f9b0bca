import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeSecretUse } from '../model/node-tree';
import { error, type Problem } from '../model/problem';
import { readIfThere } from './manifest-folder';
import { certificateProblems, secretProblem } from './secret-form';
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
 * Takes what each node needs, and nothing that only another one needs: `<folder>/<site>/<name>`, else `<folder>/<name>`, a file or a folder of them; of what
 * each machine has its own, `<folder>/<site>/<node>/<name>` alone. What is missing, or has not the form that its reader wants, is a problem of that severity.
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
      const places = use.perNode ? [join(folder, node.site, node.name)] : [join(folder, node.site), folder];
      // A folder is taken from one place as a whole: keys and certificates of two would not fit.
      const place = places.find((at) => existsSync(join(at, use.name))) ?? places[places.length - 1] ?? folder;
      const files = pathsOf(use).map((path) => ({ path, content: readIfThere(join(place, path)) }));
      const there = files.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }]));
      const missing = files.filter(({ content }) => content === undefined).map(({ path }) => join(place, path));
      const wrong = [
        ...there.flatMap(({ path, content }) => {
          const told = secretProblem(use, content.toString('utf8'));
          return told === undefined ? [] : [`has a secret ${join(place, path)} that ${told}`];
        }),
        ...(missing.length === 0 ? certificateProblems(use, node.name, there) : []).map(
          ([path, told]) => `has a secret ${join(place, path)} that ${told}`,
        ),
      ];
      const of = use.perNode ? `${use.name} ${node.name}` : use.name;
      if (missing.length > 0) {
        const where = there.length > 0 ? missing : places.map((at) => join(at, use.name));
        const whose = use.perNode ? ` of ${node.name}` : '';
        problems.set(of, {
          ...error(node.site, `needs the secret ${use.name}${whose}: ${use.purpose} (no ${where.join(', no ')})`),
          severity,
        });
      } else if (wrong[0] !== undefined) problems.set(of, error(node.site, wrong[0]));
      return { ...known, node: node.name, ...(missing.length === 0 && { files: there }) };
    }),
  );
  return { secrets, problems: [...problems.values()] };
}

function pathsOf({ name, form, keys }: NodeSecretUse): string[] {
  return form === 'folder' ? keys.map((key) => `${name}/${key}`) : [name];
}
