import type { ScriptOption } from '../../../../render/node/script/options';
import { type Step, shellText } from '../../../../render/node/script/shell-text';

/** What `--restore` was given is looked at before anything changes, and is on record from then on. */
export const NOTE_RESTORE: Step = {
  name: 'note_restore',
  title: 'with --restore: look at the copy, and take note of it until it is restored',
  text: shellText`
note_restore() {
  [ -n "$restore_option" ] || return 0
  [ "$initialise" = no ] || refuse 'either --restore or --initialise'
  [ "$ROLE:$DATASTORE" = server:etcd ] || [ "$ROLE:$DATASTORE" = server:sqlite ] ||
    refuse 'only a server with a database of its own can be restored'
  [ -f "$state/restore" ] || ! has_database ||
    refuse 'this server has a database, which --restore would replace: wipe the machine first'
  find_copy "$restore_option"
  if [ -z "$copy" ]; then
    case $DATASTORE:$restore_option in
      etcd:*/* | sqlite:*) refuse "there is no copy of a database of this kind ($DATASTORE) at $restore_option" ;;
    esac
    # The name of a snapshot in a bucket, which K3s looks for.
    copy=$restore_option
  fi
  mkdir -p "$state"
  keep_line "$state/restore" "$copy"
}

# find_copy PLACE: sets copy to the newest one there, or to nothing. What backup.sh writes has its time for a name, and
# the shell sorts it; the names of K3s's snapshots begin with the node's.
find_copy() {
  copy=
  if [ "$DATASTORE" = sqlite ]; then
    for folder in "$1" "$1"/[0-9]*Z; do
      [ ! -f "$folder/db/state.db" ] || copy=$folder
    done
    return 0
  fi
  for file in "$1" "$1"/snapshots/*; do
    case $file in *.part) continue ;; esac
    if [ ! -f "$file" ]; then continue; fi
    if [ -z "$copy" ] || [ -n "$(find "$file" -newer "$copy")" ]; then copy=$file; fi
  done
}
`,
};

/** @see K3s documentation, Backup and Restore; k3s server, Cluster Reset */
export const RESTORE: Step = {
  name: 'restore',
  title: 'restore the copy that is on record, before K3s could begin an empty cluster',
  text: shellText`
# The record goes last: until then every run begins anew, and K3s is not started by anybody else.
restore() {
  [ -f "$state/restore" ] || return 0
  copy=$(first "$state/restore")
  ! systemctl is-enabled --quiet "$unit" 2> /dev/null || systemctl disable --quiet "$unit"
  systemctl stop "$unit" 2> /dev/null || :
  case $copy in */*) [ -e "$copy" ] || later "the copy $copy is not there; is its disk plugged in?" ;; esac
  say "restoring $copy"
  mkdir -p "$k3s_data/server"
  if [ "$DATASTORE" = sqlite ]; then restore_sqlite; else restore_etcd; fi
  sync
  rm -f "$state/restore"
}

restore_sqlite() {
  if has_sqlite; then return 0; fi
  rm -rf "$k3s_data/server/db.part" "$k3s_data/server/db"
  cp -R "$copy/db" "$k3s_data/server/db.part" || no_room "$k3s_data/server/db"
  bring "$copy/token" "$k3s_data/server/token"
  # Without it, the cluster takes a machine of the same name for an impostor.
  bring "$copy/node-password" "$root/etc/rancher/node/password"
  sync
  mv "$k3s_data/server/db.part" "$k3s_data/server/db"
}

# K3s does it, and ends; with the variables of its own unit, for a snapshot in a bucket is reached with a secret.
restore_etcd() {
  from_bucket=
  case $copy in
    */*)
      from_bucket=--etcd-s3=false
      for token in "\${copy%/*}/token" "\${copy%/*}/../token"; do bring "$token" "$k3s_data/server/token"; done
      ;;
  esac
  rm -f "$join_file" "$init_file"
  rm -rf "$k3s_data/server/db/etcd"
  before=$root/etc/edgecdk/scripts/before-k3s.sh
  [ ! -f "$before" ] || sh "$before" || later 'what comes before each start of K3s failed'
  set --
  for file in "$root/etc/systemd/system/$unit.service.d"/*.conf; do
    [ -f "$file" ] || continue
    while IFS= read -r line; do
      case $line in EnvironmentFile=*) set -- "$@" "--property=$line" ;; esac
    done < "$file"
  done
  systemctl stop edgecdk-restore 2> /dev/null || :
  # shellcheck disable=SC2086 # $from_bucket is one word or none
  systemd-run --quiet --collect --wait --pipe --unit=edgecdk-restore \${root:+"--setenv=EDGECDK_ROOT=$root"} "$@" \
    "$k3s" server --cluster-reset "--cluster-reset-restore-path=$copy" $from_bucket ||
    later "K3s could not restore $copy; it says why, above"
  [ "$SERVERS" = 1 ] || say 'restored; the other servers join this one once they are wiped (edgecdk replace)'
}

# bring FILE TARGET: for root alone; nothing where there is no FILE.
bring() {
  [ -f "$1" ] || return 0
  mkdir -p "\${2%/*}"
  cp "$1" "$2.part"
  chmod 0600 "$2.part"
  mv -f "$2.part" "$2"
}
`,
};

export const RESTORE_OPTION: ScriptOption = {
  usage: '--restore COPY',
  help: [
    'before the first start of a server that lost its database: take it from a copy. COPY is a folder of',
    "copies (the newest is taken), one copy of it, or the name of a snapshot in the cluster's bucket",
  ],
  absent: 'restore_option=',
  branch: shellText`
--restore)
  [ $# -gt 1 ] || refuse '--restore needs a copy'
  restore_option=\${2%/}
  [ ! -e "$2" ] || restore_option=$(cd "$(dirname "$restore_option")" && pwd)/\${restore_option##*/}
  shift
  ;;
`,
};
