import { LINT } from '../../../render/node/script/lint';
import { type Step, shellText } from '../../../render/node/script/shell-text';
import { namedStep } from './shared-names';
import { swapped, withFunctions } from './shell-functions';

const LINT_FUNCTIONS = {
  check_settings: shellText`
check_settings() {
  [ "$FORMAT" = "$format" ] || refuse "the tree has format '$FORMAT'; this script knows $format"
  [ -z "$unknown_settings" ] || refuse "unknown settings:$unknown_settings"
  names="$required_settings NODE_NAME"
  case $ROLE in
    server) names="$names RANK GENERATION" ;;
    agent) ;;
    *) refuse "unknown ROLE '$ROLE'" ;;
  esac
  [ "$INSTALL" != mirror ] || names="$names BASE_URL"
  # A node of several is found by its address, and joins with a token.
  [ "$ALONE" = yes ] || names="$names NODE_IP TOKEN"
  [ "$ROLE:$SERVERS" = server:1 ] || names="$names PEERS"
  for name in $names; do
    eval "value=\$$name"
    [ -n "$value" ] || refuse "$name is not set, in $tree/settings or in the identity"
  done
  for name in SERVERS CLOCK_WAIT JOIN_WAIT INITIALISE_WAIT DOWNLOAD_WAIT HEALTH_WAIT DRAIN_WAIT RANK GENERATION; do
    eval "value=\$$name"
    case $value in *[!0-9]*) refuse "$name must be a number (found '$value')" ;; esac
  done
  case $CHANNEL in
    1.[0-9]*-strict/?* | 1.[0-9]*/?*) ;;
    *) refuse "CHANNEL must name a track, such as 1.33/stable (found '$CHANNEL')" ;;
  esac
  [ -z "$twice" ] || refuse "tree and identity both claim $twice, or one of them does twice"
}`,
  find_architecture: shellText`
find_architecture() {
  case $(uname -m) in
    x86_64) snaps=$SNAPS_AMD64 images=$IMAGES_AMD64 ;;
    aarch64 | arm64) snaps=$SNAPS_ARM64 images=$IMAGES_ARM64 ;;
    armv*) refuse "MicroK8s is not released for 32-bit ARM ($(uname -m))" ;;
    *) refuse "this tree is not for $(uname -m)" ;;
  esac
  [ "$INSTALL" = online ] || [ -n "$snaps" ] || refuse "this tree has no MicroK8s for $(uname -m): is it another machine's?"
  case $CONFINEMENT in classic) classic=--classic ;; *) classic= ;; esac
  wanted_channel=$CHANNEL
  [ "$INSTALL" != online ] || return 0
  for entry in $snaps; do
    split_entry "$entry"
    [ "$snap_name" != microk8s ] || wanted_channel="$CHANNEL \${snap_file#microk8s_}"
  done
}`,
  check_tools: shellText`
check_tools() {
  has snap || refuse 'this machine has no snapd, and MicroK8s is a snap; take an image that has it'
  [ "$ALONE" = yes ] || has openssl || refuse 'this machine has no openssl, and cannot tell which server it joins; install it'
  if [ "$ALONE" = no ] || [ "$INSTALL" = mirror ]; then
    has curl || has wget || refuse 'this machine has neither curl nor wget, and cannot ask for servers; install one'
  fi
  memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' "$root/proc/meminfo" 2> /dev/null) || memory=
  [ -z "$memory" ] || [ "$memory" -gt 524288 ] ||
    refuse "this machine has $((memory / 1024)) MiB of memory: MicroK8s installs with 512 or less, and does not start"
}

# split_entry NAME_REVISION:CHECKSUM:CHECKSUM
split_entry() {
  snap_file=\${1%%:*}
  snap_name=\${snap_file%_*}
  snap_sha=\${1#*:}
  assert_sha=\${snap_sha#*:}
  snap_sha=\${snap_sha%%:*}
}`,
};

function lint(): Step {
  const claimed = '/usr/local/bin/k3s | */01-init.yaml | */60-join.yaml)';
  const own = '/etc/microk8s.yaml | /etc/hosts | /snap/* | /var/snap/*)';
  const text = swapped(withFunctions(LINT.text, LINT_FUNCTIONS), claimed, own);
  return namedStep(LINT, swapped(text, '# K3s calls one architecture by several names.\n', ''));
}

export const MICROK8S_LINT = lint();
