import { type Step, shellText } from './shell-text';

export const TAKE_LOCK: Step = {
  name: 'take_lock',
  title: 'one run at a time; the lock of a run that died is taken over',
  text: shellText`
# A lock is a file that says whose it is. It is made elsewhere and linked into place, which only one can do, so there is
# no moment in which it exists and says nothing.
lock_file=$root/run/edgecdk.lock

take_lock() {
  mkdir -p "$root/run"
  printf '%s %s\n' "$$" "$(started_at "$$")" > "$lock_file.$$"
  for attempt in 1 2 3; do
    if ln "$lock_file.$$" "$lock_file" 2> /dev/null; then
      locked=yes
      rm -f "$lock_file.$$"
      return 0
    fi
    holder=
    since=
    read -r holder since < "$lock_file" || continue
    if kill -0 "$holder" 2> /dev/null && [ "$(started_at "$holder")" = "$since" ]; then
      break
    fi
    say "taking over the lock of process $holder, which died (attempt $attempt)"
    mv -f "$lock_file" "$lock_file.$$.old" 2> /dev/null || continue
    # Between look and move, another run may have been quicker: then it is its lock that was moved, and goes back.
    [ "$(first "$lock_file.$$.old")" = "$holder $since" ] || ln "$lock_file.$$.old" "$lock_file" 2> /dev/null || :
    rm -f "$lock_file.$$.old"
  done
  rm -f "$lock_file.$$"
  later "another run is at work (process $holder)"
}

# started_at PID: tells a process from a later one of the same number. The fields are counted after the name, which is
# in brackets and may hold anything.
started_at() {
  process=
  { IFS= read -r process < "/proc/$1/stat"; } 2> /dev/null || :
  # shellcheck disable=SC2086 # the fields are words
  set -- \${process##*) }
  printf '%s\n' "\${20:-}"
}

release() {
  [ "$locked" = no ] || rm -f "$lock_file"
  locked=no
}
`,
};
