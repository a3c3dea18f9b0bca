import type { K3sConfig } from '../../../catalog/k3s-config';
import type { K3sClusterInput, K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { shellText } from '../../../render/node/script/shell-text';

/** K3s takes snapshots of etcd itself, every 12 hours. Their folder in a bucket is the site's own: see `snapshotFolder`. */
export function backupConfig({ datastore, backup }: K3sClusterInput): K3sConfig {
  if (datastore !== 'etcd' || backup.kind === 'none') return {};
  const common = { 'etcd-snapshot-retention': backup.keep, 'etcd-snapshot-compress': true };
  if (backup.kind === 'disk') return { ...common, 'etcd-snapshot-dir': `${backup.path}/snapshots` };
  return {
    ...common,
    'etcd-s3': true,
    'etcd-s3-endpoint': backup.endpoint,
    'etcd-s3-bucket': backup.bucket,
    'etcd-s3-region': backup.region,
  };
}

/**
 * The folder of a site's snapshots in the bucket, its own: K3s takes away the oldest of all that lie in one folder, whatever cluster they are of.
 */
export function snapshotFolder(
  { datastore, backup }: Pick<K3sClusterInput, 'datastore' | 'backup'>,
  site: string,
): string | undefined {
  if (datastore !== 'etcd' || backup.kind !== 's3') return undefined;
  const folder = backup.folder?.replace(/^\/+|\/+$/g, '');
  return folder ? `${folder}/${site}` : site;
}

/** What `before-k3s.sh` puts beside K3s's configuration while the disk for snapshots is not there. */
const NO_SNAPSHOTS = '/etc/rancher/k3s/config.yaml.d/90-no-snapshots.yaml';

/** A disk that is slow to come has a minute: K3s reads its configuration when it starts, and would be without snapshots for long. */
export function snapshotGate({ datastore, backup }: K3sClusterInput): string[] {
  if (datastore !== 'etcd' || backup.kind !== 'disk') return [];
  return [
    shellText`
copies=$root${backup.path}
no_snapshots=$root${NO_SNAPSHOTS}
disk_is_there() { [ "$(stat -c %d "$copies")" != "$(stat -c %d "$root/var/lib/rancher/k3s/server")" ]; }
mkdir -p "$copies" "$root/var/lib/rancher/k3s/server"
tries=12
until disk_is_there || [ "$tries" = 0 ]; do
  sleep 5
  tries=$((tries - 1))
done
if disk_is_there; then
  rm -f "$no_snapshots"
else
  say "the disk for copies is not there ($copies): K3s takes no snapshots until it is started with the disk"
  mkdir -p "\${no_snapshots%/*}"
  printf 'etcd-disable-snapshots: true\n' > "$no_snapshots.part"
  mv -f "$no_snapshots.part" "$no_snapshots"
fi
`,
  ];
}

/** Whether a timer of ours has something to copy. */
export function hasBackupTimer({ datastore, backup }: Pick<K3sClusterInput, 'datastore' | 'backup'>): boolean {
  return backup.kind === 'disk' && datastore !== 'external';
}

/**
 * A copy of the database, of the token, without which no copy can be read, and of the machine's password as a node, without which the cluster takes a
 * restored machine for another of the same name. `apply.sh --restore` restores it. SQLite writes ahead into files of its own, so a copy of a database in
 * use is worth nothing, and no machine is sure to have SQLite's own tool: K3s is stopped for the seconds that the copy takes. Pods go on, for the unit
 * ends K3s alone.
 *
 * @see K3s documentation, Backup and Restore, SQLite
 */
export function backupFiles({ cluster, dataMount }: K3sNodeInput): NodeFile[] {
  const { backup, datastore } = cluster;
  if (backup.kind !== 'disk' || datastore === 'external') return [];
  const mounts = [dataMount, backup.path].filter((path) => path !== undefined).join(' ');
  const script = datastore === 'sqlite' ? sqliteScript(backup.path, backup.keep) : tokenScript(backup.path);
  return [
    nodeFile('/etc/edgecdk/scripts/backup.sh', 'live', script, { mode: '0755' }),
    nodeFile(
      '/etc/systemd/system/edgecdk-backup.service',
      'live',
      `${WRITTEN_BY}[Unit]
Description=Copy what the cluster of this site is restored from
RequiresMountsFor=${mounts}

[Service]
Type=oneshot
Nice=10
IOSchedulingClass=idle
ExecStart=/bin/sh /etc/edgecdk/scripts/backup.sh
${datastore === 'sqlite' ? 'ExecStopPost=/bin/sh /etc/edgecdk/scripts/backup.sh --start-k3s\n' : ''}`,
    ),
    nodeFile(
      '/etc/systemd/system/edgecdk-backup.timer',
      'live',
      `${WRITTEN_BY}[Unit]
Description=Copy what the cluster of this site is restored from, every night

[Timer]
OnCalendar=*-*-* 03:30:00
RandomizedDelaySec=30min
Persistent=true
`,
    ),
  ];
}

/** For systemd, when the script is gone, however it ended: by SIGKILL too, which no trap sees. Who stopped K3s for another reason finds it stopped. */
const START_AGAIN = shellText`
stopped=$root/run/edgecdk-copying
start_k3s() {
  [ -f "$stopped" ] || return 0
  systemctl start --no-block k3s
  rm -f "$stopped"
}
if [ "\${1:-}" = --start-k3s ]; then
  start_k3s
  exit 0
fi
`;

function head(folder: string, first = ''): string {
  return shellText`
#!/bin/sh
# Copies what the cluster of this site is restored from to another disk.
set -eu
umask 077
export LC_ALL=C
root=\${EDGECDK_ROOT:-}
server=$root/var/lib/rancher/k3s/server
folder=$root${folder}

say() { printf 'edgecdk: %s\n' "$*" >&2; }
${first}

# Where the disk is missing, its folder is one of the system disk, which copies would fill.
mkdir -p "$folder"
if [ "$(stat -c %d "$folder")" = "$(stat -c %d "$server")" ]; then
  say "$folder is on the disk that holds the data, or the disk for copies is not there"
  exit 1
fi
`;
}

function tokenScript(folder: string): string {
  return `${head(folder)}\n\n${shellText`
cp "$server/token" "$folder/.token.part"
sync
mv -f "$folder/.token.part" "$folder/token"
if [ -f "$root${NO_SNAPSHOTS}" ]; then
  say 'K3s was started without this disk, and takes no snapshots: systemctl restart k3s'
  exit 1
fi
`}\n`;
}

function sqliteScript(folder: string, keep: number): string {
  return `${head(folder, START_AGAIN)}\n\n${COPY_SQLITE(String(keep))}\n`;
}

const COPY_SQLITE = (keep: string): string => shellText`
keep=${keep}
# Not while apply.sh is at work, and not the other way round: the same lock, in the same form.
lock=$root/run/edgecdk.lock
read -r process < "/proc/$$/stat"
# shellcheck disable=SC2086 # the fields are words
set -- \${process##*) }
printf '%s %s\n' "$$" "\${20}" > "$lock.$$"
holder=
[ ! -f "$lock" ] || read -r holder _ < "$lock" || :
if [ -n "$holder" ] && ! kill -0 "$holder" 2> /dev/null; then rm -f "$lock"; fi
if ! ln "$lock.$$" "$lock" 2> /dev/null; then
  rm -f "$lock.$$"
  say 'another run is at work; the next copy is made tomorrow'
  exit 0
fi
at_exit() {
  start_k3s
  rm -f "$lock" "$lock.$$"
}
trap at_exit EXIT
trap 'exit 75' HUP INT TERM

name=$(date -u +%Y%m%dT%H%M%SZ)
rm -rf "$folder"/.part
mkdir "$folder/.part"
if systemctl is-active --quiet k3s; then
  : > "$stopped"
  systemctl stop k3s
fi
cp -R "$server/db" "$folder/.part/db"
cp "$server/token" "$folder/.part/token"
[ ! -f "$root/etc/rancher/node/password" ] || cp "$root/etc/rancher/node/password" "$folder/.part/node-password"
start_k3s
sync
mv "$folder/.part" "$folder/$name"

# Names are times, and the shell sorts them: the oldest come first.
set -- "$folder"/[0-9]*Z
while [ $# -gt "$keep" ]; do
  rm -rf "$1"
  shift
done
`;
