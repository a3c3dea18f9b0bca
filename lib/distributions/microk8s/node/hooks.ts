import { kubeletIsWell } from '../../../render/node/script/health';
import type { ScriptHooks } from '../../../render/node/script/script-parts';
import { shellText } from '../../../render/node/script/shell-text';

/** What of the steps of all distributions is MicroK8s's own. */
export const MICROK8S_HOOKS: ScriptHooks = {
  check_own_settings: shellText`
check_own_settings() {
  [ "$ROLE" = agent ] || needed='RANK GENERATION'
  [ "$INSTALL" != mirror ] || needed="$needed BASE_URL"
  # A node of several is found by its address, and joins with a token.
  [ "$ALONE" = yes ] || needed="$needed NODE_IP TOKEN"
  [ "$ROLE:$SERVERS" = server:1 ] || needed="$needed PEERS"
  case $CHANNEL in
    1.[0-9]*-strict/?* | 1.[0-9]*/?*) ;;
    *) refuse "CHANNEL must name a track, such as 1.33/stable (found '$CHANNEL')" ;;
  esac
}
`,

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
}

# split_entry NAME_REVISION:CHECKSUM:CHECKSUM
split_entry() {
  snap_file=\${1%%:*}
  snap_name=\${snap_file%_*}
  snap_sha=\${1#*:}
  assert_sha=\${snap_sha#*:}
  snap_sha=\${snap_sha%%:*}
}
`,

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
`,

  compare_version: shellText`
compare_version() {
  found=$(installed_version)
  [ -n "$found" ] || return 0
  [ -f "$state/channel" ] || [ -f "$state/installing" ] ||
    refuse "MicroK8s $found is on this machine already, with settings of its own: snap remove --purge microk8s"
  distance=$(($(minor_of "$CHANNEL") - $(minor_of "$found")))
  if [ "$distance" -gt 1 ] || [ "$distance" -lt -1 ]; then
    refuse "MicroK8s $found is installed and this tree is for $CHANNEL: no minor may be skipped, in either direction"
  fi
  [ "$distance" -ge 0 ] || say "MicroK8s $found stays, where the tree says $CHANNEL: it never goes back"
}
`,

  compare_data: shellText`
compare_data() {
  [ ! -s "$state/applied" ] || [ "$initialise" = yes ] || has_snap ||
    refuse 'MicroK8s is gone from this machine, which was a node with it: give it its next generation (edgecdk replace)'
}
`,

  // What a cluster begins with is in its launch configuration, which the snap reads at its installation alone.
  compare_beginning: 'compare_beginning() { :; }',

  has_begun: 'has_begun() { [ -s "$state/applied" ] || has_snap; }',

  is_healthy: shellText`
is_healthy() {
  systemctl is-active --quiet "$unit" || return 1
  if [ "$ROLE" = server ]; then
    kubectl_as client.config get --raw /readyz --request-timeout=10s > /dev/null 2>&1 || return 1
  fi
  kubelet_is_well
}

${kubeletIsWell(10248)}
`,
};
