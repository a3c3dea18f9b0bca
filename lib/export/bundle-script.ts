import { shellText } from '../model/shell-text';
import type { StickDistribution } from './bundle-distributions';

/** What `install.sh` ends with. */
const codes = { done: 0, refused: 65, later: 75 } as const;

/** `install.sh` of a stick for sites of these distributions: POSIX shell, for dash and for busybox. */
export function installScript(distributions: readonly StickDistribution[]): string {
  return `${[HEAD, CHECKS, IMAGES, MANIFESTS, ...distributions.map(({ text }) => text), 'main "$@"'].join('\n\n')}\n`;
}

const HEAD = shellText`
#!/bin/sh
# shellcheck disable=SC2317,SC2329,SC2034,SC2154 # functions are reached by name, and parts are joined
#
# Brings images and manifests from this stick to the machine that it is run on, and so to the cluster of its site.
#
#   sudo sh install.sh [SITE]
#
# Without a name it is the site that the machine was set up for (/etc/edgecdk/identity.env). It may be interrupted
# anywhere, by a power cut too, and run as often as you like: the next run goes on, and where nothing is to be done, it
# does nothing. It runs what the site's own cluster has, and reaches for no network.
#
# On each server of K3s, and on each of its agents for the images alone. On one server of MicroK8s.
#
# Exit codes
#   ${String(codes.done)}   done
#   ${String(codes.refused)}  refused: the message says why and what to do; nothing was changed
#   ${String(codes.later)}  not yet: it was cut short, or something is missing that may come; run it again
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/snap/bin

# Everything on the machine is found under this folder; it is empty but in tests.
root=\${EDGECDK_ROOT:-}
here=$(cd "$(dirname "$0")" && pwd)
state=$root/var/lib/edgecdk
tab=$(printf '\t')
meant=no

say() { printf 'edgecdk: %s\n' "$*" >&2; }
leave() {
  meant=yes
  exit "$1"
}
refuse() {
  say "refused: $*"
  leave ${String(codes.refused)}
}
later() {
  say "not yet: $*"
  leave ${String(codes.later)}
}
at_exit() {
  code=$?
  trap - EXIT
  if [ "$meant" = no ]; then
    say "not yet: cut short (code $code; see above). Nothing is lost: run it again"
    code=${String(codes.later)}
  fi
  exit "$code"
}
trap at_exit EXIT
trap 'exit ${String(codes.later)}' HUP INT TERM

# All that can be refused is, before anything is changed.
main() {
  [ "$#" -le 1 ] || refuse 'it takes the name of one site: sh install.sh SITE'
  [ "$(id -u)" = 0 ] || refuse 'only root may do this: sudo sh install.sh'
  check_stick
  find_site "\${1:-}"
  "find_$distribution"
  check_manifests
  choose_images
  give_images
  if [ "$role" = server ]; then
    "give_manifests_$distribution"
    tell
  else
    say 'this machine is no server: it got the images, and manifests are for servers'
  fi
  "after_$distribution"
  say "done: $site"
  leave ${String(codes.done)}
}

# holds FILE SHA256: it is there, and has this content.
holds() { [ -f "$1" ] && [ ! -L "$1" ] && [ "$(sha256sum < "$1")" = "$2  -" ]; }

# bring FROM SHA256 TARGET: sets part to a copy beside the target, under a name that nobody reads.
bring() {
  part=\${3%/*}/.\${3##*/}.edgecdk-stick
  rm -f "$part"
  cp "$1" "$part" || later "$3 could not be written: is the disk full, or was the stick pulled out?"
  chmod 0600 "$part"
  holds "$part" "$2" || later "\${3##*/} did not arrive as it was sent: is the stick damaged, or the disk full?"
}
`;

const CHECKS = shellText`
check_stick() {
  [ -f "$here/SHA256SUMS" ] ||
    refuse "there is no $here/SHA256SUMS: unpack the whole bundle, and run install.sh where it was unpacked"
  for needed in sites.txt images/archives.tsv; do
    grep -q "^[0-9a-f]*  $needed\$" "$here/SHA256SUMS" || refuse "$here/SHA256SUMS is cut short: unpack the bundle again"
  done
  verify "$(grep -E '^[0-9a-f]{64}  (install\.sh|sites\.txt|images/archives\.tsv)$' "$here/SHA256SUMS")"
}

# verify LINES: files are as these lines of SHA256SUMS say.
verify() {
  wrong=$(cd "$here"; printf '%s\n' "$1" | sha256sum -c 2>&1 | grep -v ': OK$' || :)
  [ -z "$wrong" ] || refuse "the stick is damaged, or was changed. Unpack the bundle again: $wrong"
}

# Sets site, distribution and its_files, the number of its manifests.
find_site() {
  site=$1
  node=
  if [ -f "$root/etc/edgecdk/identity.env" ]; then
    node=$(sed -n 's/^NODE_NAME=//p' "$root/etc/edgecdk/identity.env")
  fi
  its_site=
  while IFS=$tab read -r a_site _ _ nodes; do
    case " $nodes " in *" \${node:-/} "*) its_site=$a_site ;; esac
  done < "$here/sites.txt"
  if [ -z "$site" ]; then
    [ -n "$its_site" ] || refuse "which site is this? Name one of the stick: $(some_sites)"
    site=$its_site
  fi
  distribution=
  while IFS=$tab read -r a_site a_distribution files _; do
    if [ "$a_site" = "$site" ]; then
      distribution=$a_distribution
      its_files=$files
    fi
  done < "$here/sites.txt"
  [ -n "$distribution" ] || refuse "$site is not on this stick, which is for $(some_sites)"
  [ -z "$its_site" ] || [ "$its_site" = "$site" ] || refuse "this machine is $node of $its_site, and not of $site"
}

some_sites() {
  all=$(grep -c '^[^#]' "$here/sites.txt")
  grep '^[^#]' "$here/sites.txt" | head -n 12 | cut -f 1 | tr '\n' ' '
  [ "$all" -le 12 ] || printf 'and %s more (sites.txt)' "$((all - 12))"
}

# Sets lines to those of SHA256SUMS that are the site's manifests.
check_manifests() {
  lines=$(grep -F "  manifests/$site/" "$here/SHA256SUMS" || :)
  [ "$(printf '%s\n' "$lines" | grep -c .)" = "$its_files" ] || refuse "$here/SHA256SUMS is cut short: unpack the bundle again"
  verify "$lines"
  foreign=
  each_manifest find_foreign
  [ -z "$foreign" ] ||
    refuse "EdgeCDK did not write these, and would: move them away, if nobody needs them:$foreign"
}

find_foreign() {
  [ -e "$target" ] || [ -L "$target" ] || return 0
  is_ours "$target" || holds "$target" "$sha" || foreign="$foreign $target"
}

# is_ours FILE: it begins as what EdgeCDK writes does.
is_ours() {
  [ -f "$1" ] && [ ! -L "$1" ] || return 1
  first_line=
  IFS= read -r first_line < "$1" || :
  case $first_line in '# Made by EdgeCDK '* | '# Withdrawn: EdgeCDK '*) ;; *) return 1 ;; esac
}
`;

const IMAGES = shellText`
# Sets archives to lines of images/archives.tsv that are for this machine. An archive of which nobody knows is for all.
choose_images() {
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64 | arm64) architecture=arm64 ;;
    armv7* | armv8*) architecture=arm ;;
    *) architecture=$(uname -m) ;;
  esac
  archives=
  others=
  while IFS=$tab read -r file architectures; do
    case " $architectures " in
      *" $architecture "* | ' - ') archives="$archives $file" ;;
      *) others="$others $file ($architectures)" ;;
    esac
  done < "$here/images/archives.tsv"
  if [ -n "$others" ]; then
    [ -n "$archives" ] || refuse "this machine is $architecture, and no archive of images on the stick is for it:$others"
    say "not for this machine, which is $architecture:$others"
  fi
  for file in $archives; do
    line=$(image_line)
    [ -n "$line" ] || refuse "$here/SHA256SUMS is cut short: unpack the bundle again"
    verify "$line"
  done
}

image_line() { grep -x "[0-9a-f]*  images/$file" "$here/SHA256SUMS" || :; }

give_images() {
  for file in $archives; do
    line=$(image_line)
    "import_$distribution" "$here/images/$file" "\${line%% *}"
  done
}
`;

const MANIFESTS = shellText`
# each_manifest COMMAND: with sha, name, source and target of each manifest of the site, by name.
each_manifest() {
  while IFS=' ' read -r sha path; do
    if [ -n "$sha" ]; then
      name=\${path##*/}
      source=$here/$path
      target=$folder/$name
      "$1"
    fi
  done << END
$lines
END
}

news=
changed=
withdrawn=
same=0

# All that differs is prepared beside its place first: a full disk shows here, with nothing changed yet. The copy has the
# time of now, by which it is noticed.
prepare() {
  if holds "$target" "$sha"; then
    same=$((same + 1))
    return 0
  fi
  bring "$source" "$sha" "$target"
}

replace() {
  part=$folder/.$name.edgecdk-stick
  [ -f "$part" ] || return 0
  if holds "$target" "$sha"; then
    # A run that was cut short left it.
    rm -f "$part"
    return 0
  fi
  is_new=yes
  [ ! -f "$target" ] || is_new=no
  mv -f "$part" "$target"
  first_line=
  IFS= read -r first_line < "$target" || :
  case $first_line:$is_new in
    '# Withdrawn'*) withdrawn="$withdrawn $name" ;;
    *:yes) news="$news $name" ;;
    *) changed="$changed $name" ;;
  esac
}

# What changed, and what an earlier stick brought and this one has not.
tell() {
  [ -z "$news" ] || say "new:$news"
  [ -z "$changed" ] || say "changed:$changed"
  [ -z "$withdrawn" ] || say "withdrawn:$withdrawn"
  say "unchanged: $same"
  stays=
  for file in "$folder"/*.yaml; do
    name=\${file##*/}
    case "$lines" in *"  manifests/$site/$name"*) continue ;; esac
    ! is_ours "$file" || stays="$stays $file"
  done
  [ -z "$stays" ] || say "no longer on the stick, and left as they are, with their objects:$stays"
  rm -f "$folder"/.*.edgecdk-stick
}
`;
