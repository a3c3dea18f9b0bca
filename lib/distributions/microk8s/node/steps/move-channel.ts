import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const MOVE_CHANNEL: Step = {
  name: 'move_channel',
  title: 'where the tree names a later channel: take the turn, let pods go elsewhere, refresh the snap',
  text: shellText`
# Servers take turns by an object in the cluster, which only one of them can create. Workers come behind the servers, for
# a kubelet must not be newer than its API server; that they come one by one is the carrier's affair.
move_channel() {
  wants_move || return 0
  say "moving from $recorded to $wanted_channel"
  if [ "$ROLE" = server ]; then take_turn; else wait_for_servers; fi
  make_way
  if [ "$INSTALL" = online ]; then
    snap refresh microk8s --channel="$CHANNEL" || later "MicroK8s could not be moved to $CHANNEL; see snap changes"
  else
    install_files
  fi
  put "$state/channel" "$wanted_channel"
  rm -rf "$state/snaps"
}

take_turn() {
  nodes=$(kubectl_as client.config get nodes --no-headers) || later 'the API server does not answer: not moving'
  while read -r node role _; do
    [ "$role" = server ] || continue
    [ "$node" != "$NODE_NAME" ] || continue
    status_of "$node"
    [ "$node_status" = Ready ] || later "$node is \${node_status:-missing}, and this server must not be missing, too: not moving"
  done < "$described/nodes"
  kubectl_as client.config create configmap edgecdk-move --namespace=kube-system "--from-literal=node=$NODE_NAME" \
    > /dev/null 2>&1 || :
  turn=$(kubectl_as client.config get configmap edgecdk-move --namespace=kube-system '--output=jsonpath={.data.node}') || turn=
  [ "$turn" != "$NODE_NAME" ] || return 0
  [ -n "$turn" ] || later 'the API server does not answer: not moving'
  status_of "$turn"
  [ -n "$node_status" ] || kubectl_as client.config delete configmap edgecdk-move --namespace=kube-system > /dev/null || :
  later "it is the turn of $turn"
}

wait_for_servers() {
  serves=$(kubectl_as kubelet.config get --raw /version) || later 'the API server does not answer: not moving'
  serves=$(printf '%s\n' "$serves" | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p')
  [ "\${serves:-0}" -ge "$(minor_of "$CHANNEL")" ] || later "the servers of this site are not at $CHANNEL yet: not moving"
}

# With the credentials of the kubelet, which servers and workers have, and which is allowed this much with RBAC, too.
make_way() {
  if [ ! -f "$state/moving" ]; then
    was=$(kubectl_as kubelet.config get node "$NODE_NAME" --no-headers) || later 'the API server does not answer: not moving'
    case $was in *SchedulingDisabled*) put "$state/moving" cordoned ;; *) put "$state/moving" open ;; esac
  fi
  [ "$ALONE" = no ] || return 0
  kubectl_as kubelet.config cordon "$NODE_NAME" > /dev/null || later 'this node could not be cordoned: not moving'
  within "$DRAIN_WAIT" is_empty || say 'not all pods could go elsewhere; they are stopped'
}

is_empty() {
  pods=$(kubectl_as kubelet.config get pods --all-namespaces --no-headers "--field-selector=spec.nodeName=$NODE_NAME" \
    '--output=custom-columns=A:.metadata.namespace,B:.metadata.name,C:.metadata.ownerReferences[0].kind,D:.status.phase') ||
    return 1
  left=no
  while read -r namespace pod owner phase; do
    case $pod:$owner:$phase in :* | *:DaemonSet:* | *:Node:* | *:Succeeded | *:Failed) continue ;; esac
    left=yes
    printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"namespace":"%s","name":"%s"}}\n' "$namespace" "$pod" |
      kubectl_as kubelet.config create --raw "/api/v1/namespaces/$namespace/pods/$pod/eviction" -f - > /dev/null 2>&1 || :
  done << END
$pods
END
  [ "$left" = no ]
}

# status_of NODE: sets node_status to what the cluster says of it; to nothing, where it does not know it.
status_of() {
  node_status=
  while read -r listed_node listed_status _; do
    [ "$listed_node" != "$1" ] || node_status=$listed_status
  done << END
$nodes
END
}
`,
};

export const COME_BACK: Step = {
  name: 'come_back',
  title: 'after a move: take pods again, and hand the turn on',
  text: shellText`
come_back() {
  [ -f "$state/moving" ] || return 0
  if [ "$ALONE" = no ] && [ "$(first "$state/moving")" = open ]; then
    kubectl_as kubelet.config uncordon "$NODE_NAME" > /dev/null || later 'this node could not be uncordoned'
  fi
  if [ "$ROLE" = server ]; then
    kubectl_as client.config delete configmap edgecdk-move --namespace=kube-system --ignore-not-found > /dev/null ||
      later 'the turn could not be handed on'
  fi
  rm -f "$state/moving"
}
`,
};
