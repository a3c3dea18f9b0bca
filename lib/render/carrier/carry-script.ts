import { shellText } from '../node/script/shell-text';

/** Where the pod leaves a tree on the machine. The same path in the pod, so that both speak of one place. */
export const INBOX = '/var/lib/edgecdk/carrier';

/**
 * What the pod runs: POSIX shell, for busybox. A restart of K3s must not end the run that asked for it, nor may the end of the pod, so systemd of the
 * machine runs `apply.sh`, and the pod only waits. It looks at the unit from time to time, and holds no connection that could break.
 *
 * The unit has a name of its own: systemd makes no transient unit of a name that a file has, as `edgecdk-apply` does.
 */
export const CARRY = `${shellText`
#!/bin/sh
# Brings the node tree beside this file to the machine that this pod runs on, and waits for what becomes of it.
#
#   sh carry.sh DIGEST
#
# It ends as apply.sh does: 0 done, 1 rolled back, 65 refused, 75 not yet, 76 the machine restarts. On all but 0 the
# kubelet runs it again, with a growing pause, and no other machine gets the tree meanwhile.
# What makes the machine itself stays: no identity comes along, so that apply.sh takes the one that the machine has.
set -eu
umask 077
export LC_ALL=C
root=\${EDGECDK_ROOT:-}
here=$(cd "$(dirname "$0")" && pwd)
inbox=$root${INBOX}
kept=$inbox/$1
run_folder=$root/run/edgecdk
unit=edgecdk-carrier.service

say() { printf 'edgecdk: %s\n' "$*" >&2; }

# In the mount namespace of the machine, where its commands, its systemd and its /run are.
on_machine() { nsenter -t 1 -m "$@"; }

main() {
  # An earlier pod may have been ended while its run goes on.
  wait_until_over
  keep_tree
  on_machine rm -f "$run_folder/carrier.verdict" "$run_folder/carrier.log"
  on_machine systemd-run --quiet --collect --unit="$unit" \${root:+"--setenv=EDGECDK_ROOT=$root"} \
    /bin/sh "$kept/run.sh" || say 'systemd of this machine did not start the run'
  wait_until_over
  on_machine cat "$run_folder/carrier.log" >&2 || :
  code=$(on_machine cat "$run_folder/carrier.verdict") || code=75
  case $code in
    0 | 1 | 75 | 76) ;;
    65) rm -rf "$kept" ;; # it may be the copy that is damaged
    *)
      say "apply.sh ended with an unknown code: '$code'"
      code=75
      ;;
  esac
  exit "$code"
}

wait_until_over() {
  while on_machine systemctl is-active --quiet "$unit"; do sleep 5; done
}

# The links of the volume become files; the copy is whole, or it is not there. One of them is kept.
keep_tree() {
  if [ ! -d "$kept" ]; then
    rm -rf "$inbox/.part"
    mkdir -p "$inbox/.part"
    cp -RL "$here/tree" "$inbox/.part/tree"
    cp -L "$here/run.sh" "$inbox/.part/run.sh"
    sync
    mv "$inbox/.part" "$kept"
  fi
  for folder in "$inbox"/*; do
    [ "$folder" = "$kept" ] || rm -rf "$folder"
  done
}

# The last line, so that a file that was cut short does nothing.
main "$@"
`}\n`;

/** What systemd runs. Its words go to memory and not into a pipe: the pod at the other end of a pipe may be gone, and a full disk must not matter. */
export const RUN = `${shellText`
#!/bin/sh
# Runs apply.sh for a pod that may be ended meanwhile: what it says and how it ends is kept until the next boot.
set -u
umask 077
here=$(cd "$(dirname "$0")" && pwd)
run_folder=\${EDGECDK_ROOT:-}/run/edgecdk
mkdir -p "$run_folder"
code=0
/bin/sh "$here/tree/apply.sh" > "$run_folder/carrier.log" 2>&1 || code=$?
cat "$run_folder/carrier.log" >&2
printf '%s\n' "$code" > "$run_folder/carrier.verdict.part"
mv -f "$run_folder/carrier.verdict.part" "$run_folder/carrier.verdict"
exit "$code"
`}\n`;
