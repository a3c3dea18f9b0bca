import { type Step, shellText } from './shell-text';

export const WRITE_FILES: Step = {
  name: 'write_files',
  title: 'write what differs, remove what was written earlier and is no longer in the tree',
  text: shellText`
# In this order, so that a run may end anywhere:
#  1. The record of what is ours is extended by what comes, so that nothing is ever left behind unknown.
#  2. Everything that differs is prepared beside its place. A full disk shows here, with nothing changed yet.
#  3. What a change asks for is on record before the change. Then each file is moved into place.
#  4. What is no longer wanted goes, and then the record is cut down to what is there.
write_files() {
  read_installed
  installed_before=$installed_lines
  record=$wanted_lines
  each_line "$installed_before" add_if_dropped
  record_installed
  each_line "$wanted_lines" prepare
  sync
  each_line "$wanted_lines" replace
  each_line "$installed_before" remove_if_dropped
  sync
  record=$wanted_lines
  record_installed
  [ ! -d "$secrets" ] || chmod 0700 "$secrets"
}

# each_line LINES COMMAND: with the fields of the line in mode, owner, sha, effect and path.
each_line() {
  while IFS=$tab read -r mode owner sha effect path; do
    if [ -n "$mode" ]; then
      target=$root$path
      part_of "$target"
      "$2"
    fi
  done << END
$1
END
}

record_installed() {
  record=\${record%"$newline"}
  [ "$installed_lines" = "$record" ] || put "$state/installed" "$record"
  installed_lines=$record
}

wanted() { case $wanted_paths in *"$newline$path$newline"*) ;; *) return 1 ;; esac; }

add_if_dropped() { wanted || record=$record$mode$tab$owner$tab$sha$tab$effect$tab$path$newline; }

# Written once in the life of a node, and its own affair from then on.
is_left_alone() { [ "$effect" = once ] && [ -f "$state/started" ] && has_begun && [ -e "$target" ]; }

prepare() {
  case $path in
    */)
      [ -d "$target" ] || mkdir -p "$target"
      own "$target"
      return 0
      ;;
  esac
  [ ! -d "$target" ] || refuse "$target is a folder, and must become a file; remove it by hand"
  if is_left_alone; then
    rm -f "$part"
  elif [ ! -L "$target" ] && holds "$target" "$sha"; then
    [ ! -e "$part" ] || rm -f "$part"
    own "$target"
  else
    source=$tree/files$path
    [ -f "$source" ] || source=$identity/files$path
    [ -d "\${target%/*}" ] || mkdir -p "\${target%/*}"
    rm -f "$part"
    cp "$source" "$part"
    own "$part"
    holds "$part" "$sha" || no_room "$target"
  fi
}

own() {
  [ -z "$(find "$1" -prune -perm "$mode" -user "\${owner%:*}" -group "\${owner#*:}" 2> /dev/null)" ] || return 0
  chown "$owner" "$1"
  chmod "$mode" "$1"
}

replace() {
  case $path in */) return 0 ;; esac
  [ -f "$part" ] || return 0
  owe_effect
  mv -f "$part" "$target"
}

owe_effect() {
  case $effect in
    restart | reprovision) owe restart ;;
    reboot) owe reboot ;;
  esac
  readers_of "$path"
  for reader in $readers; do owe "read.$reader"; done
}

remove_if_dropped() {
  ! wanted || return 0
  case $effect:$path in
    once:*) ;;
    *:*/) [ ! -d "$target" ] || rmdir "$target" 2> /dev/null || : ;;
    *)
      [ ! -e "$target" ] || owe_effect
      rm -f "$target" "$part"
      ;;
  esac
}
`,
};
