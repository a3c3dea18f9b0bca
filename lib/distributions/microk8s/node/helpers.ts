import { shellText } from '../../../render/node/script/shell-text';

/** Paths and commands of MicroK8s, for its steps and hooks. */
export const MICROK8S_HELPERS = shellText`
snap_data=$root/var/snap/microk8s/current
snap_common=$root/var/snap/microk8s/common
launcher=$snap_common/etc/launcher
described=$root/etc/edgecdk/microk8s
PATH=$PATH:/snap/bin

# kubectl_as CREDENTIALS ARGUMENTS...: with those of a file in credentials. A worker has only its kubelet's, and "microk8s
# kubectl" does not work there.
kubectl_as() {
  credentials=$snap_data/credentials/$1
  shift
  "$root/snap/microk8s/current/kubectl" "--kubeconfig=$credentials" "$@"
}

installed_version() {
  snap list microk8s 2> /dev/null | while read -r listed_snap listed_version _; do
    [ "$listed_snap" != microk8s ] || printf '%s\n' "$listed_version"
  done
}
installed_revision() {
  snap list microk8s 2> /dev/null | while read -r listed_snap _ listed_revision _; do
    [ "$listed_snap" != microk8s ] || printf '%s\n' "$listed_revision"
  done
}
has_snap() { [ -n "$(installed_version)" ]; }

# Of a node of several: a worker is one by a file of its own, a server once its database knows another address.
is_member() {
  [ ! -f "$snap_data/var/lock/clustered.lock" ] || return 0
  [ -f "$snap_data/var/kubernetes/backend/cluster.yaml" ] &&
    [ "$(grep -c Address "$snap_data/var/kubernetes/backend/cluster.yaml")" -gt 1 ]
}

# Whether this node's cluster is that of the site. A server that joined has it, whoever else is left: the last one of
# several, whose lost quorum was restored, has no other address in its database, and would join the empty machine that
# replaces another.
is_of_site() {
  [ ! -f "$state/began" ] || return 0
  if is_member; then
    [ "$ROLE" != server ] || keep_line "$state/joined" "$NODE_NAME"
    return 0
  fi
  [ -f "$state/joined" ]
}

# minor_of TEXT: of 1.33/stable, 1.33-strict/edge or v1.33.5.
minor_of() {
  minor_text=\${1#v}
  minor_text=\${minor_text#1.}
  printf '%s\n' "\${minor_text%%[!0-9]*}"
}
`;
