import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A machine that is none: commands that stand before the real ones, in a folder for PATH and as shell functions in
 * `prelude`, which spare the tests some hundred processes a run. Those that change something count themselves, and the
 * one whose turn it is ends the whole run as a power cut would: with its process group, by SIGKILL. A copy and a
 * download are half done by then.
 */
export function writeStubs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(commands())) {
    writeFileSync(join(folder, name), `#!/bin/sh\nsim=$EDGECDK_ROOT/sim\nshared=$SHARED\n${COUNT}\n${text}`, {
      mode: 0o755,
    });
  }
  writeFileSync(join(folder, 'prelude'), prelude());
}

/** `counted COMMAND...`: counts, and where it is its turn, does COMMAND, which leaves half of the work, and dies. */
const COUNT = `
counted() {
  read -r counted_n < "$EDGECDK_ROOT/sim/count"
  counted_n=$((counted_n + 1))
  echo "$counted_n" > "$EDGECDK_ROOT/sim/count"
  if [ "$counted_n" = "\${KILL_AT:-}" ]; then
    "$@"
    kill -9 0
  fi
}
# Needs room on the disk.
needs_room() {
  if [ -n "\${FULL_FROM:-}" ] && [ "$counted_n" -ge "$FULL_FROM" ]; then
    echo 'no space left on device (stub)' >&2
    return 1
  fi
}
half_a_copy() {
  for half_last; do :; done
  case $1 in
    -RL) ${real('mkdir')} "$half_last"; echo half > "$half_last/settings" ;;
    *) echo half > "$half_last" ;;
  esac
}
`;

function prelude(): string {
  return `${COUNT}
mv() { counted :; needs_room && ${real('mv')} "$@"; }
cp() { counted half_a_copy "$@"; needs_room && ${real('cp')} "$@"; }
ln() { counted :; needs_room && ${real('ln')} "$@"; }
chmod() { counted :; ${real('chmod')} "$@"; }
rmdir() { counted :; ${real('rmdir')} "$@"; }
# Without effect, these are no place to be killed at: it is the same as at the next command.
mkdir() {
  for mkdir_last; do :; done
  [ -d "$mkdir_last" ] || { counted :; needs_room && ${real('mkdir')} "$@"; }
}
rm() {
  rm_something=
  for rm_path; do [ ! -e "$rm_path" ] || rm_something=yes; done
  [ -z "$rm_something" ] || { counted :; ${real('rm')} "$@"; }
}
chown() { :; }
sync() {
  [ ! -f "$EDGECDK_ROOT/boot/firmware/cmdline.txt.part" ] || ${real('cp')} "$EDGECDK_ROOT/boot/firmware/cmdline.txt.part" "$EDGECDK_ROOT/sim/on-disk"
}
sleep() { :; }
chcon() { echo "$*" >> "$EDGECDK_ROOT/sim/labels"; }
id() { echo 0; }
getenforce() { echo "$SELINUX"; }
uname() { read -r uname_line < "$EDGECDK_ROOT/sim/machine"; echo "$uname_line"; }
date() {
  read -r date_line < "$EDGECDK_ROOT/sim/date"
  case $* in *%Y-%m-%d*) echo "$date_line" ;; *) date_rest=\${date_line#*-}; echo "\${date_line%%-*}\${date_rest%-*}\${date_rest#*-}" ;; esac
}
systemctl() {
  case $1 in
    is-active) [ -f "$EDGECDK_ROOT/sim/active" ] ;;
    is-enabled) [ -f "$EDGECDK_ROOT/sim/enabled" ] ;;
    *) command systemctl "$@" ;;
  esac
}
. "$0"
`;
}

function commands(): Record<string, string> {
  return {
    chown: '',
    sync: '',
    sleep: '',
    chcon: 'echo "$*" >> "$sim/labels"\n',
    id: 'echo 0\n',
    getenforce: 'echo "$SELINUX"\n',
    uname: 'cat "$sim/machine"\n',
    date: 'case $* in *%Y-%m-%d*) cat "$sim/date" ;; *) tr -d - < "$sim/date" ;; esac\n',
    rpm: 'exit 1\n',
    mount:
      'umask >> "$sim/umask"; echo "$3 /run/edgecdk/medium vfat ro 0 0" >> "$EDGECDK_ROOT/proc/mounts"; cp -R "$sim/medium/." "$4/"\n',
    umount:
      'grep -v /run/edgecdk/medium "$EDGECDK_ROOT/proc/mounts" > "$sim/mounts"; cp "$sim/mounts" "$EDGECDK_ROOT/proc/mounts"\n',
    'systemd-run': SYSTEMD_RUN,
    curl: CURL,
    systemctl: SYSTEMCTL,
  };
}

/** What is run is ended with it; a restore has half of a database by then. */
const SYSTEMD_RUN = `
half_restored() { mkdir -p "$EDGECDK_ROOT/var/lib/rancher/k3s/server/db/etcd/member/wal"; }
echo "$*" >> "$sim/ran"
case $* in *--cluster-reset*) counted half_restored ;; esac
while [ $# -gt 0 ]; do case $1 in --*) shift ;; *) break ;; esac; done
exec "$@"
`;

/** Peers answer where they are up, the kubelet where K3s is active, and downloads come from a folder. */
const CURL = `
for url; do :; done
case $url in
  */ping)
    host=\${url#https://}
    [ -f "$shared/up/\${host%%:*}" ] || exit 7 ;;
  */healthz) [ -f "$sim/active" ] ;;
  *)
    echo "$url" >> "$sim/fetched"
    while [ "$1" != -o ]; do shift; done
    counted half_a_copy "$2"
    needs_room || exit 23
    [ -f "$sim/release/\${url##*/}" ] || exit 22
    cp "$sim/release/\${url##*/}" "$2" ;;
esac
`;

/**
 * systemd and K3s as far as a converge run sees them. A server without a database joins where it is told of a server,
 * begins a cluster with etcd where it is told to, and else begins one with SQLite: as K3s does.
 */
const SYSTEMCTL = `
config=$EDGECDK_ROOT/etc/rancher/k3s
db=$EDGECDK_ROOT/var/lib/rancher/k3s/server/db
case $1 in
  is-active) [ -f "$sim/active" ]; exit ;;
  is-enabled) [ -f "$sim/enabled" ]; exit ;;
  status) exit 0 ;;
esac
counted :
for unit; do :; done
# What is not K3s only hears it.
case $unit in
  k3s | k3s-agent | reboot) ;;
  *) echo "$*" >> "$sim/told"; exit 0 ;;
esac
said() { sed -n "s/^$1: *\\"\\{0,1\\}\\([^\\"]*\\)\\"\\{0,1\\}$/\\1/p" "$config/config.yaml" "$config"/config.yaml.d/*.yaml | tail -1; }
own_address=$(cat "$sim/address")
begin() {
  id=cluster-of-$own_address-$(wc -l < "$shared/begun" | tr -d ' ')
  echo "$id" >> "$shared/begun"
}
case $1 in
  enable) : > "$sim/enabled" ;;
  disable) rm -f "$sim/enabled" ;;
  reboot) : > "$sim/reboot" ;;
  stop) rm -f "$sim/active" "$sim/stuck" "$shared/up/$own_address"; echo stop >> "$sim/log" ;;
  start)
    echo start >> "$sim/log"
    # A K3s that cannot become active tries for ever, with the configuration that it read; to start it is to do nothing.
    read_now=$(cat "$config/config.yaml" "$config"/config.yaml.d/*.yaml | cksum)
    [ ! -f "$sim/stuck" ] || [ "$(cat "$sim/stuck")" = "$read_now" ] || exit 0
    echo "$read_now" > "$sim/stuck"
    [ "$(said broken)" != true ] || [ -f "$sim/mended" ] || exit 0
    case $* in
      *agent*)
        server=$(said server)
        server=\${server#https://}
        [ -f "$shared/up/\${server%%:*}" ] || exit 0 ;;
      *)
        server=$(said server)
        server=\${server#https://}
        if [ -d "$db/etcd/member/wal" ]; then
          id=$(cat "$db/etcd/cluster")
        elif [ -n "$server" ]; then
          [ -f "$shared/up/\${server%%:*}" ] || exit 0
          id=$(cat "$shared/up/\${server%%:*}")
          mkdir -p "$db/etcd/member/wal"
          echo "$id" > "$db/etcd/cluster"
        elif [ "$(said cluster-init)" = true ]; then
          begin
          mkdir -p "$db/etcd/member/wal"
          echo "$id" > "$db/etcd/cluster"
        else
          [ -f "$db/state.db" ] || { begin; mkdir -p "$db"; echo "$id" > "$db/state.db"; }
          id=$(cat "$db/state.db")
        fi
        echo "$id" > "$shared/up/$own_address" ;;
    esac
    rm -f "$sim/stuck"
    : > "$sim/active" ;;
esac
`;

/** What takes the place of the K3s binary: enough to be asked for its version and its health, and to restore a snapshot of etcd as K3s does. */
export function k3sBinary(version: string): string {
  return `#!/bin/sh
case $1 in
  --version) echo "k3s version ${version} (0123abcd)"; echo "go version go1.24" ;;
  kubectl)
    [ -f "$EDGECDK_ROOT/sim/active" ] || exit 1
    lease=$SHARED/lease
    case $2 in
      get) case $3 in lease) [ ! -f "$lease" ] || cat "$lease" ;; esac ;;
      create | replace)
        text=$(cat)
        at=$(echo "$text" | sed -n 's/.*resourceVersion: "\\([0-9]*\\)".*/\\1/p')
        is=
        [ ! -f "$lease" ] || read -r is _ < "$lease"
        [ "$at" = "$is" ] || exit 1
        holder=$(echo "$text" | sed -n 's/.*holderIdentity: "\\(.*\\)".*/\\1/p')
        echo "$((\${is:-0} + 1)) $holder" > "$lease"
        echo "$holder" >> "$SHARED/turns" ;;
    esac ;;
  server)
    for arg; do case $arg in --cluster-reset-restore-path=*) snapshot=\${arg#*=} ;; esac; done
    [ -f "$snapshot" ] || snapshot=$EDGECDK_ROOT/sim/bucket/$snapshot
    server=$EDGECDK_ROOT/var/lib/rancher/k3s/server
    ! grep -q '^server:' "$EDGECDK_ROOT"/etc/rancher/k3s/config.yaml.d/*.yaml || exit 1
    [ -f "$server/token" ] || grep -q '^token-file:' "$EDGECDK_ROOT/etc/rancher/k3s/config.yaml" || exit 1
    [ -f "$snapshot" ] || exit 1
    mkdir -p "$server/db/etcd/member/wal"
    cat "$snapshot" > "$server/db/etcd/cluster" ;;
esac
`;
}

function real(name: string): string {
  return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
}
