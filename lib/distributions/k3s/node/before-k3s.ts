import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { SYSCTL_FILES } from '../../../render/node/host';
import { nodeFile } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';
import { clockNotAfter } from '../../../render/node/time';
import { placeAuthorities } from './authority';
import { snapshotGate } from './backup';
import { firewallCommands } from './firewall';
import { COMPOSED_REGISTRIES, CREDENTIALS_MARK, hasRegistryCredentials } from './registries';

/**
 * Runs before each start of K3s, whoever starts it. What K3s must not start without ends the script with an error, and systemd tries again; all else is
 * only attempted. It is live: what is in it counts from the next start on, and a lock of a later day must not restart K3s everywhere.
 */
export function beforeK3sFiles(input: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  const { cluster, dataMount, link, secrets } = input;
  const { certificateAuthority } = secrets;
  const parts = [
    HEAD,
    clockGate(input.artifacts.lockedOn.replaceAll('-', ''), clockNotAfter(input.artifacts).replaceAll('-', '')),
    ...(dataMount === undefined ? [] : [diskGate(dataMount)]),
    ...(role === 'agent' || cluster.datastore === 'external' ? [] : [DATABASE_GATE]),
    ...(role === 'agent' ? [] : snapshotGate(cluster)),
    ...(role === 'agent' || certificateAuthority === undefined ? [] : [placeAuthorities(certificateAuthority)]),
    applySettings(SYSCTL_FILES.join(' ')),
    ...(link.kind === 'offline' ? [DEFAULT_ROUTE] : []),
    ...firewallCommands(input, role),
    ...(hasRegistryCredentials(cluster) ? [composeRegistries(CREDENTIALS_MARK, COMPOSED_REGISTRIES)] : []),
  ];
  return [nodeFile('/etc/edgecdk/scripts/before-k3s.sh', 'live', `${parts.join('\n\n')}\n`, { mode: '0755' })];
}

const HEAD = shellText`
#!/bin/sh
# Before each start of K3s.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
root=\${EDGECDK_ROOT:-}

say() { printf 'edgecdk: %s\n' "$*" >&2; }
has() { command -v "$1" > /dev/null 2>&1; }
`;

/** A machine without a clock of its own wakes in the past, or with a dead battery in any year, and K3s would make certificates of that year. */
const clockGate = (first: string, last: string): string => shellText`
today=$(date -u +%Y%m%d)
if [ "$today" -lt ${first} ] || [ "$today" -gt ${last} ]; then
  say "the clock says $today, which cannot be: waiting for time from the network"
  exit 1
fi
`;

const diskGate = (mount: string): string => shellText`
if [ ! -f "$root${mount}/.edgecdk-data-disk" ]; then
  say 'the disk at ${mount} is not the one with the data of this machine'
  exit 1
fi
`;

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

# What K3s calls the machine is in its configuration; this is for people and logs.
if [ -s "$root/etc/hostname" ] && has hostname; then
  wanted=$(cat "$root/etc/hostname")
  [ "$(hostname)" = "$wanted" ] || hostname "$wanted" || say "the machine could not be named $wanted"
fi
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
