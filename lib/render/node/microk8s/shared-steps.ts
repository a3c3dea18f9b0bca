import { COMPARE } from '../script/compare';
import { HELPERS } from '../script/helpers';
import { INSTALL_K3S } from '../script/install';
import { LINT } from '../script/lint';
import { READ_PAYLOAD } from '../script/payload';
import { CHECK_HEALTH, FINISH, ROLL_BACK } from '../script/service';
import { OPTIONAL_SETTINGS, REQUIRED_SETTINGS } from '../script/settings';
import { type Step, shellText } from '../script/shell-text';
import { MICROK8S_OPTIONAL_SETTINGS, MICROK8S_REQUIRED_SETTINGS } from './settings';
import { functionOf, swapped, withFunctions } from './shell-functions';
import { MICROK8S_UNIT } from './units';

/*
 * What all distributions share was written for K3s. Here are the places where it names it, each with what MicroK8s has there; what is left is told
 * from the name in messages alone.
 */

export function named(text: string): string {
  return text.replaceAll('K3s', 'MicroK8s').replaceAll('$K3S_VERSION', '$CHANNEL');
}

export function namedStep(step: Step, text = step.text): Step {
  return { name: step.name, title: named(step.title), text: named(text) };
}

const PATHS = shellText`
snap_data=$root/var/snap/microk8s/current
snap_common=$root/var/snap/microk8s/common
launcher=$snap_common/etc/launcher
described=$root/etc/edgecdk/microk8s
PATH=$PATH:/snap/bin
`;

const COMMANDS = shellText`
# kubectl_as CREDENTIALS ARGUMENTS...: with those of a file in credentials. A worker has only its kubelet's, and "microk8s
# kubectl" does not work there.
kubectl_as() {
  credentials=$snap_data/credentials/$1
  shift
  "$root/snap/microk8s/current/kubectl" "--kubeconfig=$credentials" "$@"
}

installed_version() {
  snap list microk8s 2> /dev/null | while read -r snap_name snap_version _; do
    [ "$snap_name" != microk8s ] || printf '%s\n' "$snap_version"
  done
}
has_snap() { [ -n "$(installed_version)" ]; }

# Of a node of several: a worker is one by a file of its own, a server once its database knows another address.
is_member() {
  [ ! -f "$snap_data/var/lock/clustered.lock" ] || return 0
  [ -f "$snap_data/var/kubernetes/backend/cluster.yaml" ] &&
    [ "$(grep -c Address "$snap_data/var/kubernetes/backend/cluster.yaml")" -gt 1 ]
}

# minor_of TEXT: of 1.33/stable, 1.33-strict/edge or v1.33.5.
minor_of() {
  minor_text=\${1#v}
  minor_text=\${minor_text#1.}
  printf '%s\n' "\${minor_text%%[!0-9]*}"
}
`;

function helpers(): string {
  const paths = functionless(
    HELPERS,
    ['k3s=$root/usr/local/bin/k3s\n', 'k3s_data=$root/var/lib/rancher/k3s\n'],
    'drop_ins=$root/etc/rancher/k3s/config.yaml.d',
    PATHS,
  );
  // The agent answers there with a success, which wget asks for.
  return `${named(paths.replaceAll('/ping', '/health'))}\n\n${COMMANDS}`;
}

function functionless(text: string, lines: readonly string[], last: string, instead: string): string {
  return swapped(
    lines.reduce((left, line) => swapped(left, line, ''), text),
    last,
    instead,
  );
}

export const MICROK8S_HELPERS = helpers();

export const MICROK8S_READ_PAYLOAD = named(
  [
    [REQUIRED_SETTINGS.join(' '), MICROK8S_REQUIRED_SETTINGS.join(' ')] as const,
    [OPTIONAL_SETTINGS.join(' '), MICROK8S_OPTIONAL_SETTINGS.join(' ')] as const,
    [`case $ROLE in agent) unit='k3s-agent' ;; *) unit=k3s ;; esac`, `unit=${MICROK8S_UNIT}`] as const,
  ].reduce((text, [from, to]) => swapped(text, from, to), READ_PAYLOAD),
);

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
  for name in SERVERS CLOCK_WAIT JOIN_WAIT INITIALISE_WAIT DOWNLOAD_WAIT HEALTH_WAIT DRAIN_WAIT RETRY_AFTER RANK GENERATION; do
    eval "value=\$$name"
    case $value in *[!0-9]*) refuse "$name must be a number (found '$value')" ;; esac
  done
  case $INITIALISE in '' | never) ;; *) refuse "INITIALISE may be 'never', or left out (found '$INITIALISE')" ;; esac
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

/** In place of the three functions on version and datastore, which are K3s's alone. */
const COMPARE_FUNCTIONS = {
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
}`,
  split_version: '',
  has_begun: `has_begun() { [ -s "$state/applied" ] || has_snap; }`,
  compare_datastore: shellText`
compare_datastore() {
  [ ! -s "$state/applied" ] || [ "$initialise" = yes ] || has_snap ||
    refuse 'MicroK8s is gone from this machine, which was a node with it: give it its next generation (edgecdk replace)'
}`,
};

export const MICROK8S_COMPARE = namedStep(
  COMPARE,
  withFunctions(
    swapped(COMPARE.text, '# K3s goes on with the database that it finds, whatever its configuration says.\n', ''),
    COMPARE_FUNCTIONS,
  ),
);

/** From a folder of artifacts or from the network, by checksum: as K3s's. */
export const MICROK8S_FETCH = named(
  ['fetch', 'find_artifact', 'download'].map((name) => functionOf(INSTALL_K3S.text, name)).join('\n\n'),
);

export const MICROK8S_CHECK_HEALTH = namedStep(
  CHECK_HEALTH,
  withFunctions(CHECK_HEALTH.text, {
    check_health: shellText`
check_health() {
  looks=0
  healthy=no
  [ "$launch_ok" = yes ] || return 0
  ! within "$HEALTH_WAIT" is_steady || healthy=yes
}`,
    is_healthy: shellText`
is_healthy() {
  systemctl is-active --quiet "$unit" || return 1
  if [ "$ROLE" = server ]; then
    kubectl_as client.config get --raw /readyz --request-timeout=10s > /dev/null 2>&1 || return 1
  fi
  if has curl; then
    curl -fs -m 5 --noproxy '*' -o /dev/null http://127.0.0.1:10248/healthz
  elif has wget; then
    http_proxy='' wget -q -T 5 -O /dev/null http://127.0.0.1:10248/healthz 2> /dev/null
  fi
}`,
  }),
);

export const MICROK8S_ROLL_BACK = named(ROLL_BACK);

export const MICROK8S_FINISH = namedStep(
  FINISH,
  swapped(FINISH.text, '[ "$ROLE" = agent ] || [ "$DATASTORE" = external ] || settle\n  ', ''),
);
