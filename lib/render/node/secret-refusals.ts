import type { K3sNodeInput, NodeSecretSource } from '../../model/k3s-node-input';

/**
 * Secrets are files in `/etc/edgecdk/secrets`, and a description holds their names. What is wrong with a name is said without it, for whoever writes a
 * secret where its name belongs would find it in a log.
 */
export function secretRefusals({ cluster, secrets, secretsFrom }: K3sNodeInput): Array<string | false> {
  const names: ReadonlyArray<readonly [use: string, name: string | undefined]> = [
    ['the token of servers', secrets.token],
    ['the token of agents', secrets.agentToken],
    ['the external datastore', secrets.datastore],
    ['the certificate authorities', secrets.certificateAuthority],
    ['the bucket', cluster.backup.kind === 's3' ? cluster.backup.credentials : undefined],
    ...cluster.registries.map(({ registry, credentials }) => [`the mirrors of ${registry}`, credentials] as const),
  ];
  const wrong = names.map(([use, name]) => {
    if (name === undefined) return false;
    if (isToken(name))
      return `the secret for ${use} looks like a token itself, and a node tree is readable by many; give the name of a file in /etc/edgecdk/secrets`;
    if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return false;
    return `the secret for ${use} must be the name of a file in /etc/edgecdk/secrets, of letters, digits, '.', '_' and '-' (it is not repeated here, since it may be the secret)`;
  });
  const { certificateAuthority } = secrets;
  const shared = names.filter(([, name]) => name !== undefined && name === certificateAuthority);
  return [
    ...wrong,
    shared.length > 1 &&
      `${shared.map(([use]) => use).join(' and ')} have the same secret, and one is a folder and the other a file; give them different names`,
    ...commandRefusals(secretsFrom),
  ];
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

/** K3s's own forms, `K10<hash>::server:<password>` and `abcdef.0123456789abcdef`, and what random generators make. @see K3s documentation, k3s token */
function isToken(name: string): boolean {
  return /^K10|::|^[a-z0-9]{6}\.[a-z0-9]{16}$|^[0-9a-f]{32,}$/i.test(name);
}

/** What is wrong with addresses: each of them stands in a node tree or in a manifest, which are no place for credentials. */
export function urlRefusals({ cluster, install }: K3sNodeInput): Array<string | false> {
  const { backup } = cluster;
  return [
    ...cluster.registries.flatMap(({ registry, endpoints }) =>
      endpoints.map((endpoint) => {
        if (hasCredentials(endpoint))
          return `a mirror of ${registry} has credentials in its URL; name a secret instead`;
        if (/^https?:\/\/[^/\s]+(\/\S*)?$/.test(endpoint)) return false;
        return `the mirror '${endpoint}' of ${registry} must be a URL, such as https://mirror.example:5000`;
      }),
    ),
    install.mode !== 'preloaded' &&
      hasCredentials(install.baseUrl) &&
      'the address that K3s is installed from has credentials in it; take one that machines may read without, or preloaded',
    backup.kind === 's3' &&
      hasCredentials(backup.endpoint) &&
      'the endpoint of the bucket has credentials in it; they belong in its secret',
  ];
}

function hasCredentials(url: string): boolean {
  return /^([a-z0-9+.-]+:\/\/)?[^/]*@/i.test(url);
}
