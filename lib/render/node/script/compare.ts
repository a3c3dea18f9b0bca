import { type Step, shellText } from './shell-text';

export const COMPARE: Step = {
  name: 'compare',
  title: 'refuse what cannot be changed in place, and what failed here not long ago',
  text: shellText`
compare() {
  if failed_lately; then
    say 'this tree failed here; it is tried again after the next boot, in the quiet hour, or with --retry'
    rolled_back=yes
    applied=$(first "$state/applied")
    use "$state/payloads/$applied/tree" "$state/payloads/$applied/identity"
  fi
  compare_version
  compare_datastore
  [ ! -f "$state/started" ] || compare_with_started
}

# The record names the tree, the boot in which it failed, and the seconds after that boot. It is not tried again by day,
# however often it is brought: K3s stands still until it has failed once more.
failed_lately() {
  failed_digest=
  failed_boot=
  if [ "$retry" = yes ] || [ ! -f "$state/failed" ] || [ ! -s "$state/applied" ]; then return 1; fi
  read -r failed_digest failed_boot _ < "$state/failed"
  [ "$failed_digest" = "$digest" ] && [ "$failed_boot" = "$boot" ]
}

uptime_seconds() {
  read -r uptime _ < "$root/proc/uptime"
  printf '%s\n' "\${uptime%%.*}"
}

compare_version() {
  mend_version=
  [ -x "$k3s" ] || return 0
  if ! found=$("$k3s" --version); then
    [ -s "$state/binary" ] || refuse "$k3s does not run here; remove it, and the next run installs $K3S_VERSION"
    read -r mend_version mend_sha < "$state/binary"
    say "$k3s does not run any more; $mend_version, which was healthy here, is fetched again"
    found="k3s version $mend_version"
  fi
  # k3s version v1.33.4+k3s1 (9d8f75a0)
  found=\${found#k3s version }
  found=\${found%%[ "$newline"]*}
  split_version "$found"
  found_major=$major
  found_minor=$minor
  split_version "$K3S_VERSION"
  distance=$((minor - found_minor))
  if [ "$major" != "$found_major" ] || [ "$distance" -gt 1 ] || [ "$distance" -lt -1 ]; then
    refuse "K3s $found is installed and this tree is for $K3S_VERSION: no minor may be skipped, in either direction"
  fi
  [ "$found" = "$K3S_VERSION" ] || say "K3s $found stays, where the tree says $K3S_VERSION: only an upgrade plan replaces it"
}

split_version() {
  case $1 in v[0-9]*.[0-9]*.[0-9]*) ;; *) refuse "'$1' is no version of K3s" ;; esac
  major=\${1#v}
  minor=\${major#*.}
  major=\${major%%.*}
  minor=\${minor%%.*}
}

# K3s goes on with the database that it finds, whatever its configuration says.
compare_datastore() {
  [ "$ROLE" = server ] || return 0
  if [ "$DATASTORE" = etcd ] && [ -f "$k3s_data/server/db/state.db" ] && ! has_etcd; then
    refuse 'this server has a SQLite database, and the tree is for etcd: re-provision it'
  fi
  if [ "$DATASTORE" != etcd ] && has_etcd; then
    refuse "this server has an etcd database, and the tree is for $DATASTORE: re-provision it"
  fi
}

# Until there is a database, or a cluster that was joined, nothing is lost by another value: a wrong one, with which K3s
# never came up, is put right by the next tree.
has_begun() { [ -s "$state/applied" ] || [ -d "$k3s_data/server/db" ]; }

# Comments are ours, and other words in them change nothing. What K3s began with is in the payload; the file may be edited.
says_the_same() {
  old=$root$path
  new=
  for folder in "$state/payloads/$(first "$state/applied")/tree" "$state/payloads/$(first "$state/applied")/identity"; do
    [ ! -f "$folder/files$path" ] || old=$folder/files$path
  done
  for folder in "$tree" "$identity"; do
    [ ! -f "$folder/files$path" ] || new=$folder/files$path
  done
  [ -f "$old" ] && [ -f "$new" ] && [ "$(sed '/^ *#/d' "$old")" = "$(sed '/^ *#/d' "$new")" ]
}

# What a cluster begins with must be the same on all its servers, and they read it one after the other.
refuse_what_came_late() {
  [ "$ROLE" = server ] && [ "\${SERVERS:-1}" != 1 ] || return 0
  while IFS=$tab read -r mode owner sha effect path; do
    case $effect:$path in once:/etc/rancher/*) ;; *) continue ;; esac
    [ -e "$root$path" ] ||
      refuse "$path counts from the beginning of a cluster, and the servers of this one live without it:" \
        'take it back, as for secretsEncryption and hardening, or have the site begin anew with it'
  done << END
$wanted_lines
END
}

compare_with_started() {
  started=$(first "$state/started")
  [ "$started" = "$ROLE $NODE_NAME" ] ||
    refuse "this machine is '$started' and does not become '$ROLE $NODE_NAME' in place: re-provision it"
  has_begun || return 0
  read_installed
  while IFS=$tab read -r mode owner sha effect path; do
    [ "$effect" = reprovision ] || continue
    case $newline$installed_lines$newline in
      *"$tab$sha$tab$effect$tab$path$newline"*) ;;
      *"$tab$effect$tab$path$newline"*) says_the_same || refuse "$path cannot be changed in place: re-provision this machine" ;;
      *) refuse "$path cannot be changed in place: re-provision this machine" ;;
    esac
  done << END
$wanted_lines
END
  refuse_what_came_late
  while IFS=$tab read -r mode owner sha effect path; do
    [ "$effect" = reprovision ] || continue
    case $wanted_paths in
      *"$newline$path$newline"*) ;;
      *) refuse "$path cannot be removed in place: re-provision this machine" ;;
    esac
  done << END
$installed_lines
END
}
`,
};
