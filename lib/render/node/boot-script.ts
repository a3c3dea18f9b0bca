import { shellText } from './script/shell-text';

/** The text of `boot.sh`, without the line end at its end: POSIX shell, for dash and for busybox. */
export const BOOT_SCRIPT = shellText`
#!/bin/sh
# Finds what this machine is to be brought to, and runs its apply.sh: a payload that came with the seed, in
# /var/lib/edgecdk/payload or on a medium, and else what the machine has.
#
# A medium holds, at its root or on the boot partition,
#   edgecdk/match.tsv            lines of name|serial|mac, its value, the node, its tree
#   edgecdk/trees/TREE           node trees
#   edgecdk/nodes/NODE/identity  what makes the machine itself
#   edgecdk/nodes/NODE/secrets, edgecdk/secrets   secrets, if they travel on it: files, and folders of them
#   edgecdk/begin.sh             this script, for an image that reads no user-data from a medium
#   artifacts                    what Kubernetes is installed from
#
#   sh boot.sh           what edgecdk-apply.service runs on every boot
#   sh begin.sh [NODE]   on a medium: does what user-data does elsewhere, and starts the unit
set -eu
umask 077
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
root=\${EDGECDK_ROOT:-}
state=$root/var/lib/edgecdk
payload=$state/payload
mount_point=$root/run/edgecdk/medium
tab=$(printf '\t')

say() { printf 'edgecdk: %s\n' "$*" >&2; }

# A disk with errors, or a medium that is pulled out, ends a command in the middle. Its code must not be taken for one of
# ours: after most of them the unit does not try again.
meant=no
leave() {
  meant=yes
  exit "$1"
}
at_exit() {
  code=$?
  if [ "$meant" = no ]; then
    say "not yet: cut short (code $code; see above). Nothing is lost: it is tried again"
    umount "$mount_point" 2> /dev/null || :
    code=75
  fi
  trap - EXIT
  exit "$code"
}
trap at_exit EXIT

main() {
  if [ ! -d "$payload" ] && [ -s "$state/current" ]; then exec /bin/sh "$state/apply.sh"; fi
  find_source
  if ! is_whole && [ -n "$source" ]; then fill_payload; fi
  [ -z "$source" ] || copy_secrets
  if is_whole; then
    set_time
    apply_payload
  elif [ -s "$state/current" ]; then
    exec /bin/sh "$state/apply.sh"
  else
    say 'not yet: there is no node tree here, and none for this machine on a medium'
    leave 75
  fi
}

is_whole() { [ -f "$payload/tree/manifest" ] && [ -f "$payload/identity/manifest" ]; }

# Who the machine is, the unit that does the rest on every boot, and its start.
begin() {
  source=$(cd "$(dirname "$0")/.." && pwd)
  [ -f "$source/edgecdk/match.tsv" ] || { say "there is no $source/edgecdk/match.tsv: the whole medium is needed"; leave 65; }
  find_node "\${1:-}"
  [ -n "$node" ] || leave 65
  # What another medium left does not count.
  rm -rf "$payload"
  fill_payload "$node"
  is_whole || leave 65
  copy_secrets
  umask 022
  for path in etc/edgecdk/scripts/boot.sh etc/systemd/system/edgecdk-apply.service \
    etc/systemd/system/multi-user.target.d/50-edgecdk.conf; do
    mkdir -p "$root/\${path%/*}"
    cp "$payload/tree/files/$path" "$root/$path.part"
    mv -f "$root/$path.part" "$root/$path"
  done
  systemctl daemon-reload
  systemctl restart --no-block edgecdk-apply.service
  say "this machine is $node from now on; how it goes on: journalctl -fu edgecdk-apply"
  leave 0
}

# Sets source to the folder that holds edgecdk/match.tsv, or to nothing.
find_source() {
  source=
  for folder in "$root/boot/firmware" "$root/boot"; do
    if [ -z "$source" ] && [ -f "$folder/edgecdk/match.tsv" ]; then source=$folder; fi
  done
  for label in EDGECDK CIDATA cidata; do
    device=$root/dev/disk/by-label/$label
    if [ -z "$source" ] && [ -e "$device" ]; then
      mkdir -p "$mount_point"
      if mount -o ro "$device" "$mount_point" && [ -f "$mount_point/edgecdk/match.tsv" ]; then
        source=$mount_point
      else
        umount "$mount_point" 2> /dev/null || :
      fi
    fi
  done
}

# Copied beside its place and moved, so that a run may end anywhere.
fill_payload() {
  find_node "\${1:-}"
  [ -n "$node" ] || return 0
  mkdir -p "$payload"
  if [ ! -d "$payload/identity" ]; then
    bring "$source/edgecdk/nodes/$node/identity" "$payload/identity"
  fi
  [ -d "$payload/tree" ] || bring "$source/edgecdk/trees/$node_tree" "$payload/tree"
}

bring() {
  if [ ! -f "$1/manifest" ]; then
    say "the medium has no $1"
    return 0
  fi
  rm -rf "$2.part"
  cp -RL "$1" "$2.part"
  sync
  mv "$2.part" "$2"
}

# Sets node and node_tree: by the name that it is told or that the machine was given, else by its serial number or a MAC
# address.
find_node() {
  node=
  node_tree=
  name=$1
  env=$payload/identity/files/etc/edgecdk/identity.env
  [ -n "$name" ] || [ ! -f "$env" ] || name=$(sed -n 's/^NODE_NAME=//p' "$env")
  while IFS=$tab read -r kind value its_node its_tree; do
    [ -z "$node" ] || continue
    if is_mine "$kind" "$value"; then
      node=$its_node
      node_tree=$its_tree
    fi
  done < "$source/edgecdk/match.tsv"
  [ -n "$node" ] || say "match.tsv on the medium does not know this machine: serial '$(serial)', MAC $(macs)\${name:+, name $name}"
}

# A machine that was given a name is that one, whatever its hardware says.
is_mine() {
  case $1:$name in
    name:*) [ "$name" = "$2" ] ;;
    serial:) [ "$(serial)" = "$2" ] ;;
    mac:) case " $(macs) " in *" $2 "*) ;; *) return 1 ;; esac ;;
    *) return 1 ;;
  esac
}

serial() {
  for file in "$root/sys/class/dmi/id/product_serial" "$root/proc/device-tree/serial-number"; do
    if [ -r "$file" ]; then
      tr -d '\000\n' < "$file"
      return 0
    fi
  done
}

macs() { cat "$root"/sys/class/net/*/address 2> /dev/null | tr '\n' ' ' || :; }

# A secret that the machine has stays: it may have been changed since. Its own go before those of all.
copy_secrets() {
  own=
  env=$payload/identity/files/etc/edgecdk/identity.env
  [ ! -f "$env" ] || own=$(sed -n 's/^NODE_NAME=//p' "$env")
  for folder in "$source/edgecdk/nodes/\${own:-.}/secrets" "$source/edgecdk/secrets"; do
    [ -d "$folder" ] || continue
    find "$folder" -type f | while IFS= read -r file; do copy_secret "\${file#"$folder"/}"; done
  done
}

# Some systems leave files of their own on a medium, whose names begin with a dot.
copy_secret() {
  target=$root/etc/edgecdk/secrets/$1
  part=\${target%/*}/.\${target##*/}.edgecdk
  case /$1 in */.*) return 0 ;; esac
  [ ! -e "$target" ] || return 0
  { mkdir -p "\${target%/*}" && cp "$folder/$1" "$part" && chmod 0600 "$part" && sync && mv -f "$part" "$target"; } ||
    say "the secret $1 of the medium could not be copied"
}

# apply.sh waits for a plausible clock before it writes anything: so the site's time servers come before it.
set_time() {
  for path in etc/systemd/timesyncd.conf.d/50-edgecdk.conf etc/chrony/conf.d/50-edgecdk.conf etc/chrony.d/50-edgecdk.conf; do
    file=$payload/identity/files/$path
    if [ -f "$file" ] && ! cmp -s "$file" "$root/$path"; then
      mkdir -p "$root/\${path%/*}"
      cp "$file" "$root/$path"
      chmod 0644 "$root/$path"
      systemctl --no-block try-restart systemd-timesyncd chronyd chrony 2> /dev/null || :
    fi
  done
}

# Once apply.sh has taken a copy of its own, the payload goes: what a later tree brings must not be undone by it.
apply_payload() {
  before=
  after=
  [ ! -f "$state/current" ] || before=$(cat "$state/current")
  code=0
  if [ -d "\${source:-/nowhere}/artifacts" ]; then
    /bin/sh "$payload/tree/apply.sh" --identity "$payload/identity" --artifacts "$source/artifacts" || code=$?
  else
    /bin/sh "$payload/tree/apply.sh" --identity "$payload/identity" || code=$?
  fi
  [ ! -f "$state/current" ] || after=$(cat "$state/current")
  if [ "$code" = 0 ] || [ "$after" != "$before" ]; then
    rm -rf "$state/payload.done"
    mv "$payload" "$state/payload.done"
    rm -rf "$state/payload.done"
  fi
  leave "$code"
}

case \${0##*/} in begin.sh) begin "$@" ;; *) main ;; esac
`;
