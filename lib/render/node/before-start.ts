import { shellText } from './script/shell-text';
import { clockNotAfter } from './time';

/*
 * Parts of the script that runs before each start of Kubernetes, whoever starts it. What it must not start without ends the script with an error, and
 * systemd tries again; all else is only attempted.
 */

/** `what` starts behind it: `K3s`. */
export function beforeStartHead(what: string): string {
  return shellText`
#!/bin/sh
# Before each start of ${what}.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/local/bin:/usr/sbin:/sbin
root=\${EDGECDK_ROOT:-}

say() { printf 'edgecdk: %s\n' "$*" >&2; }
has() { command -v "$1" > /dev/null 2>&1; }
`;
}

/** A machine without a clock of its own wakes in the past, or with a dead battery in any year: certificates would be of that year, or seem to be over. */
export function clockGate(lockedOn: string): string {
  const [first, last] = [lockedOn, clockNotAfter(lockedOn)].map((day) => day.replaceAll('-', ''));
  return shellText`
today=$(date -u +%Y%m%d)
if [ "$today" -lt ${String(first)} ] || [ "$today" -gt ${String(last)} ]; then
  say "the clock says $today, which cannot be: waiting for time from the network"
  exit 1
fi
`;
}

export function diskGate(mount: string): string {
  return shellText`
if [ ! -f "$root${mount}/.edgecdk-data-disk" ]; then
  say 'the disk at ${mount} is not the one with the data of this machine'
  exit 1
fi
`;
}

/** Kubernetes has the name in its configuration. */
export const NAME_MACHINE = shellText`
# For people and logs.
if [ -s "$root/etc/hostname" ] && has hostname; then
  wanted=$(cat "$root/etc/hostname")
  [ "$(hostname)" = "$wanted" ] || hostname "$wanted" || say "the machine could not be named $wanted"
fi
`;
