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
  compare_data
  [ ! -f "$state/started" ] || compare_with_started
}

# The record names the tree, the boot in which it failed, and the seconds after that boot. It is not tried again by day,
# however often it is brought: Kubernetes stands still until it has failed once more.
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

# Comments are ours, and other words in them change nothing. What the machine began with is in the payload: the file may
# be edited.
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

compare_with_started() {
  started=$(first "$state/started")
  [ "$started" = "$ROLE $NODE_NAME" ] ||
    refuse "this machine is '$started' and does not become '$ROLE $NODE_NAME' in place: re-provision it"
  # Until it has, nothing is lost by another value: a wrong one, with which it never came up, is put right by the next tree.
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
  compare_beginning
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
