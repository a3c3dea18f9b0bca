import { shellText } from './shell-text';

/** What several steps use: paths, messages and exits, small files, waiting. Servers are asked whether they are there at the path `answersAt`. */
export function helpers(answersAt = '/'): string {
  return shellText`
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# Everything on the machine is found under this folder; it is empty but in tests.
root=\${EDGECDK_ROOT:-}
here=$(cd "$(dirname "$0")" && pwd)
state=$root/var/lib/edgecdk
secrets=$root/etc/edgecdk/secrets
tab=$(printf '\t')
newline='
'

step=start
meant=no        # yes: the exit code was chosen, not left behind by a command that failed
locked=no
rolled_back=no  # yes: the tree that was brought failed here, and this run is about the one before it

# What it is said to may be gone, as is the caller of a run that was handed over; the run goes on.
say() { printf 'edgecdk: %s\n' "$*" >&2 2> /dev/null || :; }
leave() {
  meant=yes
  exit "$1"
}
refuse() {
  say "refused: $*"
  leave 65
}
later() {
  say "not yet: $*"
  leave 75
}

no_room() { later "$1 could not be written: the disk is full, or damaged"; }

# first FILE: its first line; nothing where there is no file.
first() {
  if [ -f "$1" ]; then
    first_line=
    IFS= read -r first_line < "$1" || :
    printf '%s\n' "$first_line"
  fi
}

# put FILE TEXT: writes a small file as a whole or not at all.
put() {
  printf '%s\n' "$2" > "$1.part" || no_room "$1"
  mv -f "$1.part" "$1"
}

# keep_line FILE TEXT: puts it, if it is not that already.
keep_line() { [ "$(first "$1")" = "$2" ] || put "$1" "$2"; }

# holds FILE SHA256: it is there, and has this content.
holds() { [ -f "$1" ] && [ "$(sha256sum < "$1")" = "$2  -" ]; }

# part_of FILE: sets part to where FILE is prepared: in its folder, under a name that readers pass over.
part_of() { part=\${1%/*}/.\${1##*/}.edgecdk; }

# within SECONDS COMMAND...: asks every 5 seconds until COMMAND says yes. It counts and does not look at the clock,
# which may jump.
within() {
  seconds_left=$1
  shift
  until "$@"; do
    [ "$seconds_left" -gt 0 ] || return 1
    sleep 5
    seconds_left=$((seconds_left - 5))
  done
}

has() { command -v "$1" > /dev/null 2>&1; }

# answers URL: there is a server behind it. Never through a proxy, which could hide one of the site.
answers() {
  if has curl; then
    curl -ks -m 3 --noproxy '*' -o /dev/null "$1${answersAt}" 2> /dev/null
  else
    https_proxy='' wget -q -T 3 --no-check-certificate -O /dev/null "$1${answersAt}" 2> /dev/null
  fi
}

mounted() {
  while read -r _ mount_point _; do
    [ "$mount_point" != "$1" ] || return 0
  done < "$root/proc/mounts"
  return 1
}

boot=$(first "$root/proc/sys/kernel/random/boot_id")

# owe restart|reboot: to be done in this run or a later one. It is on record before the change that asks for it.
owe() { keep_line "$state/pending/$1" "$boot"; }

at_exit() {
  code=$?
  trap - EXIT
  set +e
  release
  ! mounted /run/edgecdk/medium || umount "$root/run/edgecdk/medium"
  if [ "$meant" = no ]; then
    say "not yet: the step $step was cut short (code $code; see above). Nothing is lost: run it again"
    code=75
  fi
  exit "$code"
}
trap at_exit EXIT
trap 'exit 75' HUP INT TERM
`;
}
