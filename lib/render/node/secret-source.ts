import type { NodeInput, NodeSecretSource } from '../../model/node-input';
import type { NodeFile } from '../../model/node-tree';
import { nodeFile } from './node-file';
import { GET_SECRET } from './script/bring-secrets';
import { shellText } from './script/shell-text';

/**
 * The script that gets a secret, for `apply.sh` and for what makes the Secrets of workloads. Part of the tree, and run from there: the first secrets are
 * needed before anything of the tree is on the machine.
 */
export function secretSourceFiles({ secretsFrom }: Pick<NodeInput, 'secretsFrom'>): NodeFile[] {
  if (secretsFrom === undefined || secretsFrom.kind === 'medium') return [];
  const give = secretsFrom.kind === 'command' ? giveByCommand(secretsFrom) : GIVE_CREDENTIAL;
  return [nodeFile(GET_SECRET, 'live', `${[HEAD, give, TAIL].join('\n\n')}\n`, { mode: '0755' })];
}

const HEAD = shellText`
#!/bin/sh
# get-secret.sh NAME FILE: gets a secret that this machine has not, and writes it to FILE: for root alone, and as a whole
# or not at all. It is shown nowhere, nor is what is said by whatever gives it.
# Exit codes: 0 it is there; 75 not yet
set -eu
umask 077
export LC_ALL=C
PATH=$PATH:/usr/local/bin:/usr/sbin:/sbin
name=$1
file=$2
part=\${file%/*}/.\${file##*/}.edgecdk

say() { printf 'edgecdk: %s\n' "$*" >&2; }
`;

/** By SIGKILL, for a command may pass over any other. */
function giveByCommand({ argv, seconds }: Extract<NodeSecretSource, { kind: 'command' }>): string {
  const words = argv.some((word) => word.includes(NAME)) ? argv : [...argv, NAME];
  return `give() { timeout -s KILL ${seconds} ${words.map(shellWord).join(' ')}; }`;
}

const NAME = '{name}';

/** One word for the shell, whatever is in it, but for the name. */
function shellWord(word: string): string {
  if (word === '') return "''";
  return word
    .split(NAME)
    .map((part) => (part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`))
    .join('"$name"');
}

const GIVE_CREDENTIAL = shellText`
if [ -z "\${CREDENTIALS_DIRECTORY:-}" ]; then
  say "the secret $name is a credential of systemd, which hands it to edgecdk-apply.service alone: systemctl start edgecdk-apply"
  exit 75
fi
give() { cat "$CREDENTIALS_DIRECTORY/edgecdk.$(printf '%s' "$name" | tr / .)"; }
`;

const TAIL = shellText`
trap 'rm -f "$part"' EXIT
trap 'exit 75' HUP INT TERM
mkdir -p "\${file%/*}"
rm -f "$part"
code=0
give > "$part" 2> /dev/null < /dev/null || code=$?
if [ "$code" != 0 ] || [ ! -s "$part" ]; then
  say "the secret $name does not come (code $code)"
  exit 75
fi
sync
mv -f "$part" "$file"
`;
