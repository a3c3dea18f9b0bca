import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { beforeStartHead, clockGate, diskGate, NAME_MACHINE } from '../../../render/node/before-start';
import { nodeFile } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';
import { placeAuthorities } from './authority';
import { snapshotGate } from './backup';
import { firewallCommands } from './firewall';
import { SYSCTL_FILES } from './host';
import { COMPOSED_REGISTRIES, CREDENTIALS_MARK, hasRegistryCredentials } from './registries';
import { startRuntime } from './runtime';

/** Runs before each start of K3s. It is live: what is in it counts from the next start on, and a lock of a later day must not restart K3s everywhere. */
export function beforeK3sFiles(input: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  const { cluster, dataMount, link, secrets } = input;
  const { certificateAuthority } = secrets;
  const parts = [
    beforeStartHead('K3s'),
    clockGate(input.artifacts.lockedOn),
    ...(dataMount === undefined ? [] : [diskGate(dataMount)]),
    ...(role === 'agent' || cluster.datastore === 'external' ? [] : [DATABASE_GATE]),
    ...(role === 'agent' ? [] : snapshotGate(cluster)),
    ...(role === 'agent' || certificateAuthority === undefined ? [] : [placeAuthorities(certificateAuthority)]),
    applySettings(SYSCTL_FILES.join(' ')),
    NAME_MACHINE,
    ...(link.kind === 'offline' ? [DEFAULT_ROUTE] : []),
    ...firewallCommands(input, role),
    ...startRuntime(input),
    ...(hasRegistryCredentials(cluster) ? [composeRegistries(CREDENTIALS_MARK, COMPOSED_REGISTRIES)] : []),
  ];
  return [nodeFile('/etc/edgecdk/scripts/before-k3s.sh', 'live', `${parts.join('\n\n')}\n`, { mode: '0755' })];
}

/**
 * Where a server of several lost its database, it joins (60-join.yaml); any other would begin an empty cluster at the next boot, without a word. What
 * is to begin one has no tree that it was healthy with, and what is being restored is on record.
 */
const DATABASE_GATE = shellText`
state=$root/var/lib/edgecdk
db=$root/var/lib/rancher/k3s/server/db
if [ -s "$state/applied" ] && [ ! -f "$state/restore" ] && [ ! -f "$db/state.db" ] && [ ! -d "$db/etcd/member/wal" ] &&
  [ ! -f "$root/etc/rancher/k3s/config.yaml.d/60-join.yaml" ]; then
  say 'the database of this server is gone: run sh /var/lib/edgecdk/apply.sh, which says what can be done'
  exit 1
fi
`;

const applySettings = (files: string): string => shellText`
for file in ${files}; do
  [ ! -f "$root$file" ] || sysctl -q -p "$root$file" || say "not all of $file could be set"
done
`;

/** @see K3s documentation, Air-Gap Install: K3s does not start without a default route, and any does. */
const DEFAULT_ROUTE = shellText`
if has ip && [ -z "$(ip route show default 2> /dev/null)" ]; then
  ip link show dummy0 > /dev/null 2>&1 || ip link add dummy0 type dummy || :
  ip link set dummy0 up || :
  ip address replace 203.0.113.254/31 dev dummy0 || :
  ip route add default via 203.0.113.255 dev dummy0 metric 1000 || say 'there is no default route'
fi
`;

/** The value ends as base64, in quotes: whatever a password has in it, it cannot change the file around it. */
const composeRegistries = (mark: string, composed: string): string => shellText`
umask 077
mkdir -p "$root${composed.slice(0, composed.lastIndexOf('/'))}"
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    *'"${mark}'*)
      name=\${line##*'${mark}'}
      name=\${name%%'"'*}
      file=$root/etc/edgecdk/secrets/$name
      if [ ! -s "$file" ]; then
        say "the secret $file is not there"
        exit 1
      fi
      value=
      IFS= read -r value < "$file" || :
      printf '%s"%s"\n' "\${line%%'"${mark}'*}" "$(printf '%s' "$value" | base64 | tr -d '\n')"
      ;;
    *) printf '%s\n' "$line" ;;
  esac
done < "$root/etc/rancher/k3s/registries.yaml" > "$root${composed}.part"
mv -f "$root${composed}.part" "$root${composed}"
`;
