import { sorted } from '../../model/digest';
import type { WorkloadSecrets } from '../../model/distribution';
import type { NodeFile } from '../../model/node-tree';
import { IMPORT_CREDENTIALS } from './boot';
import { nodeFile, WRITTEN_BY } from './node-file';
import { GET_SECRET } from './script/bring-secrets';
import { shellText } from './script/shell-text';
import { withoutSlash } from './secret-folder';

const UNITS = '/etc/systemd/system';
const LIST = '/etc/edgecdk/workload-secrets.tsv';
const SCRIPT = '/etc/edgecdk/scripts/workload-secrets.sh';

/** What the script takes from the distribution of its machine. */
export interface SecretsCluster {
  /** As people write it: `K3s`. */
  readonly title: string;
  /** Service that has the API server, without its ending. */
  readonly unit: string;
  /** Command and first arguments of its kubectl with the rights of an administrator, as the shell reads them; `$root` is the root of the machine. */
  readonly kubectl: string;
}

/**
 * What makes the Secrets of workloads on a server, from files that someone has put there. Looks every five minutes, so that a value that is replaced
 * on the node reaches the cluster without a visit to it. Part of every server tree of a fleet that keeps its secrets on nodes, and so that the first
 * secret restarts nothing, with an empty list too.
 *
 * Of several servers that of rank 0 makes them, from its own files. While it is down no new value reaches the cluster; what is there stays.
 *
 * A Secret that no workload names any more stays: it may be all that is left of its values.
 */
export function workloadSecretFiles(input: WorkloadSecrets, cluster: SecretsCluster): NodeFile[] {
  return [
    nodeFile(LIST, 'live', listText(input)),
    nodeFile(SCRIPT, 'live', `${makeSecrets(cluster)}\n`, { mode: '0755' }),
    nodeFile(
      `${UNITS}/edgecdk-workload-secrets.service`,
      'live',
      `${WRITTEN_BY}[Unit]
Description=Make the Secrets of workloads from files on this machine
After=${cluster.unit}.service

[Service]
Type=oneshot
TimeoutStartSec=10min
${IMPORT_CREDENTIALS}
ExecStart=/bin/sh ${SCRIPT}
`,
    ),
    nodeFile(
      `${UNITS}/edgecdk-workload-secrets.timer`,
      'live',
      `${WRITTEN_BY}[Unit]
Description=Look whether the Secrets of workloads are as their files

[Timer]
OnActiveSec=30s
OnUnitInactiveSec=5min
AccuracySec=30s
`,
    ),
    nodeFile(
      `${UNITS}/${cluster.unit}.service.d/60-edgecdk-workload-secrets.conf`,
      'live',
      `${WRITTEN_BY}[Unit]\nWants=edgecdk-workload-secrets.timer\n`,
    ),
  ];
}

function listText({ folder, secrets }: WorkloadSecrets): string {
  const lines = sorted(secrets, ({ namespace, object }) => `${namespace} ${object}`).map(
    ({ namespace, object, workload, secret, keys }) =>
      [namespace, object, workload, `${withoutSlash(folder)}/${secret}`, [...keys].sort().join(' ')].join('\t'),
  );
  return [
    ...WRITTEN_BY.trimEnd().split('\n'),
    '# One line per Secret: namespace, name, workload, folder, and the files in it that are its keys.',
    ...lines,
    '',
  ].join('\n');
}

/**
 * Values go from their files through pipes into one request, and stand in no argument, no message and no other file. Encoded, they cannot end the line
 * that they are on. The API keeps no copy beside the Secret, as "kubectl apply" does without --server-side.
 */
function makeSecrets({ title, kubectl }: SecretsCluster): string {
  return shellText`
#!/bin/sh
# shellcheck disable=SC2317 # functions are reached by name
# Makes the Secrets that ${LIST} lists, each from the files in a folder: a file's name is the key,
# and all that is in it is the value, with the line end that an editor may have put there.
#
# A Secret of which a file is missing or empty stays as it is; where its workload is in the cluster, this says so.
# Exit codes: 0 done; 75 not yet: ${title} does not answer, or a file that a workload waits for is not there
set -eu
umask 077
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
root=\${EDGECDK_ROOT:-}
list=$root${LIST}
provider=$root${GET_SECRET}
work=$root/run/edgecdk/workload-secrets
tab=$(printf '\t')
newline='
'

say() { printf 'edgecdk: %s\n' "$*" >&2; }
kube() { ${kubectl} "$@"; }

# Of several servers one makes them, for files that differ would be written over each other for ever.
main() {
  rank=0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in RANK=*) rank=\${line#RANK=} ;; esac
  done < "$root/etc/edgecdk/identity.env"
  if [ "$rank" != 0 ]; then
    say "the server of rank 0 makes the Secrets, from its files; this one has rank $rank, and makes none while that one is down, either"
    exit 0
  fi
  namespaces=$(kube get namespaces -o name --request-timeout=30s 2> /dev/null) || {
    say 'not yet: ${title} does not answer'
    exit 75
  }
  code=0
  [ ! -f "$provider" ] || each_secret get_missing
  each_secret report_missing
  apply_secrets
  exit "$code"
}

# each_secret COMMAND: for each line of the list whose namespace is in the cluster. That one is not is no fault: the site
# may be without the workload.
each_secret() {
  while IFS=$tab read -r namespace object workload folder keys; do
    case $namespace in '' | '#'*) continue ;; esac
    case $newline$namespaces$newline in
      *"\${newline}namespace/$namespace$newline"*) "$1" ;;
    esac
  done < "$list"
}

# Sets missing to the files that are not there, each with a space before it.
find_missing() {
  missing=
  for key in $keys; do
    [ -s "$root$folder/$key" ] || missing="$missing $folder/$key"
  done
}

# Where the tree says how secrets come to its machines, those of workloads do, too.
get_missing() {
  own=$(sed -n 's/^NODE_NAME=//p' "$root/etc/edgecdk/identity.env" 2> /dev/null) || :
  for key in $keys; do
    [ -s "$root$folder/$key" ] ||
      EDGECDK_NODE=$own sh "$provider" "\${folder##*/}/$key" "$root$folder/$key" < /dev/null || :
  done
}

report_missing() {
  find_missing
  [ -n "$missing" ] || return 0
  controllers=$(kube get deployments,daemonsets,statefulsets,jobs,cronjobs --namespace "$namespace" -o name \
    --request-timeout=30s < /dev/null 2> /dev/null) || return 0
  case $controllers$newline in
    */"$workload$newline"*)
      say "the workload $workload waits for its Secret $namespace/$object; missing, or empty:$missing"
      code=75
      ;;
  esac
}

print_secret() {
  find_missing
  [ -z "$missing" ] || return 0
  printf '%s\n' --- 'apiVersion: v1' 'kind: Secret' 'type: Opaque' 'metadata:' \
    "  name: \"$object\"" "  namespace: \"$namespace\"" \
    '  labels:' '    "app.kubernetes.io/managed-by": "edgecdk"' "    \"app.kubernetes.io/name\": \"$workload\"" 'data:'
  for key in $keys; do
    printf '  "%s": "' "$key"
    base64 < "$root$folder/$key" | tr -d '\n'
    printf '"\n'
  done
}

# What was sent not long ago is not sent again: on a small machine, each request is a second of its processor.
apply_secrets() {
  digest=$(each_secret print_secret | sha256sum)
  [ "$digest" != "$(printf '' | sha256sum)" ] || return 0
  if [ -n "$(find "$work/sent" -mmin -60 2> /dev/null)" ] && [ "$(cat "$work/sent")" = "$digest" ]; then return 0; fi
  mkdir -p "$work"
  if each_secret print_secret |
    kube apply --server-side --force-conflicts --field-manager=edgecdk --request-timeout=60s -f - > /dev/null; then
    printf '%s\n' "$digest" > "$work/sent"
  else
    rm -f "$work/sent"
    say 'not yet: not all Secrets could be made; see above'
    code=75
  fi
}

# The last line, so that a file that was cut short does nothing.
main "$@"
`;
}
