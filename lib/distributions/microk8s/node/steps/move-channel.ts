import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const MOVE_CHANNEL: Step = {
  name: 'move_channel',
  title: 'where the tree names a later channel: fetch it, take the turn, let pods go elsewhere, install it',
  text: shellText`
# Servers take turns by an object in the cluster, which only one of them can create. Workers come behind the servers, for
# a kubelet must not be newer than its API server; that they come one by one is the carrier's affair.
move_channel() {
  wants_move || return 0
  say "moving from $recorded to $wanted_channel"
  wait_after_failure
  # snapd goes on with what it does where this run was cut short.
  snap watch '--last=install?' > /dev/null 2>&1 || :
  fetch_move
  if [ "$ROLE" = server ]; then take_turn; else wait_for_servers; fi
  make_way
  install_files || turn_back
  if [ "$INSTALL" = online ]; then
    snap switch microk8s --channel="$CHANNEL" > /dev/null || say "MicroK8s could not be told to follow $CHANNEL"
  fi
  rm -f "$state/move-failed"
  put "$state/channel" "$wanted_channel"
  rm -rf "$state/snaps"
}

# not_moving WHY: what a run that was cut short left behind is taken back first; or a node would be out of use for as
# long as it waits, and nobody else had the turn. Where MicroK8s is not well, it stays.
not_moving() {
  if [ -f "$state/moving" ]; then
    ! is_healthy || come_back
  elif [ "$ROLE" = server ]; then
    hand_on || :
  fi
  later "$1"
}

# By itself, snapd takes back what it could not finish.
turn_back() {
  put "$state/move-failed" "$boot $(uptime_seconds) $wanted_channel"
  within "$HEALTH_WAIT" is_healthy || :
  not_moving "MicroK8s could not be moved to $CHANNEL: $not_installed"
}

# Pods must not go and come back all day for a move that snapd does not do.
wait_after_failure() {
  [ -f "$state/move-failed" ] || return 0
  read -r failed_boot failed_at failed_channel < "$state/move-failed" || return 0
  [ "$failed_boot:$failed_channel" = "$boot:$wanted_channel" ] || return 0
  [ $(($(uptime_seconds) - failed_at)) -ge 3600 ] ||
    not_moving "MicroK8s could not be moved to $CHANNEL within the last hour; see snap changes"
}

# From the store, before anybody has to make way: a link that is out must keep no node out of use. Sets snaps to what it
# brought, which is on record with its checksums; what it brought in part, snap goes on with.
fetch_move() {
  [ "$INSTALL" = online ] || return 0
  fetched=$(first "$state/snaps/fetched")
  snaps=\${fetched#"$CHANNEL "}
  if [ "$fetched" != "$snaps" ]; then
    split_entry "$snaps"
    ! holds "$state/snaps/$snap_file.snap" "$snap_sha" || ! holds "$state/snaps/$snap_file.assert" "$assert_sha" || return 0
  fi
  mkdir -p "$state/snaps"
  rm -f "$state/snaps"/*.snap "$state/snaps"/*.assert
  snap download microk8s --channel="$CHANNEL" --target-directory="$state/snaps" > /dev/null ||
    not_moving "MicroK8s could not be fetched from $CHANNEL: not moving"
  for fetched_file in "$state/snaps"/microk8s_*.snap; do :; done
  fetched_file=\${fetched_file%.snap}
  snap_sha=$(sha256sum < "$fetched_file.snap")
  assert_sha=$(sha256sum < "$fetched_file.assert")
  snaps=\${fetched_file##*/}:\${snap_sha%% *}:\${assert_sha%% *}
  sync
  put "$state/snaps/fetched" "$CHANNEL $snaps"
}

take_turn() {
  nodes=$(kubectl_as client.config get nodes --no-headers) || not_moving 'the API server does not answer: not moving'
  while read -r node role _; do
    [ "$role" = server ] || continue
    [ "$node" != "$NODE_NAME" ] || continue
    status_of "$node"
    [ "$node_status" = Ready ] ||
      not_moving "$node is \${node_status:-missing}, and this server must not be missing, too: not moving"
  done < "$described/nodes"
  kubectl_as client.config create configmap edgecdk-move --namespace=kube-system "--from-literal=node=$NODE_NAME" \
    > /dev/null 2>&1 || :
  turn=$(whose_turn) || turn=
  [ "$turn" != "$NODE_NAME" ] || return 0
  [ -n "$turn" ] || not_moving 'the API server does not answer: not moving'
  status_of "$turn"
  [ -n "$node_status" ] || kubectl_as client.config delete configmap edgecdk-move --namespace=kube-system > /dev/null || :
  not_moving "it is the turn of $turn"
}

whose_turn() {
  kubectl_as client.config get configmap edgecdk-move --namespace=kube-system --ignore-not-found \
    '--output=jsonpath={.data.node}'
}

# Never that of another.
hand_on() {
  turn=$(whose_turn) || return 1
  [ "$turn" != "$NODE_NAME" ] ||
    kubectl_as client.config delete configmap edgecdk-move --namespace=kube-system --ignore-not-found > /dev/null
}

wait_for_servers() {
  serves=$(kubectl_as kubelet.config get --raw /version) || not_moving 'the API server does not answer: not moving'
  serves=$(printf '%s\n' "$serves" | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p')
  [ "\${serves:-0}" -ge "$(minor_of "$CHANNEL")" ] ||
    not_moving "the servers of this site are not at $CHANNEL yet: not moving"
}

# With the credentials of the kubelet, which servers and workers have, and which is allowed this much with RBAC, too.
make_way() {
  if [ ! -f "$state/moving" ]; then
    was=$(kubectl_as kubelet.config get node "$NODE_NAME" --no-headers) ||
      not_moving 'the API server does not answer: not moving'
    case $was in *SchedulingDisabled*) put "$state/moving" cordoned ;; *) put "$state/moving" open ;; esac
  fi
  [ "$ALONE" = no ] || return 0
  kubectl_as kubelet.config cordon "$NODE_NAME" > /dev/null || not_moving 'this node could not be cordoned: not moving'
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
  if [ "$ROLE" = server ]; then hand_on || later 'the turn could not be handed on'; fi
  rm -f "$state/moving"
}
`,
};
