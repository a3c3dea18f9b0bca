import type { NodeInput, NodeSecretSource } from '../../model/node-input';

/** The name of a secret that a description gives. */
export interface NamedSecret {
  /** What it is for: `the token of servers`. */
  readonly use: string;
  /** @default - there is none */
  readonly name: string | undefined;
  /** It is a folder of files, and not a file. @default false */
  readonly isFolder?: boolean;
}

/**
 * Secrets are files in `/etc/edgecdk/secrets`, and a description holds their names. What is wrong with a name is said without it, for whoever writes a
 * secret where its name belongs would find it in a log.
 */
export function secretRefusals(
  secrets: readonly NamedSecret[],
  { secretsFrom }: Pick<NodeInput, 'secretsFrom'>,
): Array<string | false> {
  const folders = new Set(secrets.filter(({ isFolder }) => isFolder).flatMap(({ name }) => name ?? []));
  const shared = [...folders].map((folder) => secrets.filter(({ name }) => name === folder));
  return [
    ...secrets.map(nameRefusal),
    ...shared.map(
      (uses) =>
        uses.length > 1 &&
        `${uses.map(({ use }) => use).join(' and ')} have the same secret, and one is a folder and the other a file; give them different names`,
    ),
    ...commandRefusals(secretsFrom),
  ];
}

function nameRefusal({ use, name }: NamedSecret): string | false {
  if (name === undefined) return false;
  if (isToken(name))
    return `the secret for ${use} looks like a token itself, and a node tree is readable by many; give the name of a file in /etc/edgecdk/secrets`;
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return false;
  return `the secret for ${use} must be the name of a file in /etc/edgecdk/secrets, of letters, digits, '.', '_' and '-' (it is not repeated here, since it may be the secret)`;
}

/** Those of registries. */
export function mirrorSecrets(
  registries: ReadonlyArray<{ readonly registry: string; readonly credentials?: string }>,
): NamedSecret[] {
  return registries.map(({ registry, credentials }) => ({ use: `the mirrors of ${registry}`, name: credentials }));
}

function commandRefusals(source: NodeSecretSource | undefined): Array<string | false> {
  if (source?.kind !== 'command') return [];
  const { argv, seconds } = source;
  return [
    !/^\/[^/]/.test(argv[0] ?? '') &&
      'the command for secrets must be an absolute path, such as /usr/local/bin/fetch-secret: what runs as root must not depend on where it is looked for',
    argv.some((word) => /\p{Cc}/u.test(word)) &&
      'the command for secrets has a line break or another control character in an argument; leave it out',
    argv.some((word) => /:\/\/[^/\s]*@/.test(word)) &&
      'the command for secrets has credentials in an argument, and a node tree is readable by many; let it take them from the machine',
    argv.some((word) => isToken(word)) &&
      'the command for secrets has an argument that looks like a secret itself, and a node tree is readable by many; let it take it from the machine, or put it into a script of the image',
    !(Number.isInteger(seconds) && seconds >= 1 && seconds <= 600) &&
      `the command for secrets may take ${seconds} seconds; give it whole seconds, from 1 to 600`,
  ];
}

/** Forms of K3s, `K10<hash>::server:<password>` and `abcdef.0123456789abcdef`, and what random generators make. @see K3s documentation, k3s token */
function isToken(name: string): boolean {
  return /^K10|::|^[a-z0-9]{6}\.[a-z0-9]{16}$|^[0-9a-f]{32,}$/i.test(name);
}

/** What is wrong with addresses of mirrors: each of them stands in a node tree, which is no place for credentials. */
export function mirrorUrlRefusals(
  registries: ReadonlyArray<{ readonly registry: string; readonly endpoints: readonly string[] }>,
): Array<string | false> {
  return registries.flatMap(({ registry, endpoints }) =>
    endpoints.map((endpoint) => {
      if (hasCredentials(endpoint)) return `a mirror of ${registry} has credentials in its URL; name a secret instead`;
      if (/^https?:\/\/[^/\s]+(\/\S*)?$/.test(endpoint)) return false;
      return `the mirror '${endpoint}' of ${registry} must be a URL, such as https://mirror.example:5000`;
    }),
  );
}

/** `title` is what is installed from there. */
export function installUrlRefusal(title: string, baseUrl: string): string | false {
  return (
    hasCredentials(baseUrl) &&
    `the address that ${title} is installed from has credentials in it; take one that machines may read without, or preloaded`
  );
}

export function hasCredentials(url: string): boolean {
  return /^([a-z0-9+.-]+:\/\/)?[^/]*@/i.test(url);
}
