import { HELPERS } from '../../../render/node/script/helpers';
import { READ_PAYLOAD } from '../../../render/node/script/payload';
import { OPTIONAL_SETTINGS, REQUIRED_SETTINGS } from '../../../render/node/script/settings';
import { shellText } from '../../../render/node/script/shell-text';
import { MICROK8S_OPTIONAL_SETTINGS, MICROK8S_REQUIRED_SETTINGS } from './settings';
import { named } from './shared-names';
import { swapped } from './shell-functions';
import { MICROK8S_UNIT } from './units';

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
