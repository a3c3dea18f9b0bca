import { type Step, shellText } from '../../../../render/node/script/shell-text';

/** What concerns the cluster and not this machine: nothing of it makes a run fail, and what is open is looked at again (edgecdk-settle.timer). */
export const SETTLE_CLUSTER: Step = {
  name: 'settle_cluster',
  title: 'on servers: let missing nodes join, label those that are there, enable addons once',
  text: shellText`
settle_cluster() {
  [ "$ROLE" = server ] || return 0
  open=
  nodes=$(kubectl_as client.config get nodes --no-headers 2> /dev/null) || nodes=
  if [ -z "$nodes" ]; then
    open=' nobody (the API server does not answer)'
  else
    find_missing
    keep_token
    label_nodes
    enable_addons
  fi
  if [ -n "$open" ]; then
    owe settle
    say "waiting for:$open; this is looked at again in some minutes"
  else
    rm -f "$state/pending/settle"
  fi
}

# Sets missing to the nodes that have not joined, and porter to the server that takes them in and enables addons: of those
# that are ready, the one of the lowest rank. At first that is the one that began.
find_missing() {
  missing=
  porter=
  while read -r node role _; do
    case $node in '' | '#'*) continue ;; esac
    status_of "$node"
    [ -n "$node_status" ] || missing="$missing $node"
    case $porter:$role:$node_status in :server:Ready*) porter=$node ;; esac
  done < "$described/nodes"
  open="$open$missing"
}

# A token that is good for any number of nodes, for as long as one is missing, and with one server alone.
keep_token() {
  [ -n "$TOKEN" ] || return 0
  token=$(first "$secrets/$TOKEN")
  tokens=$snap_data/credentials/persistent-cluster-tokens.txt
  found_tokens=$(cat "$tokens" 2> /dev/null) || :
  wanted_tokens=$(printf '%s\n' "$found_tokens" | grep -vxF -- "$token") || :
  if [ -n "$missing" ] && [ "$porter" = "$NODE_NAME" ]; then
    wanted_tokens=\${wanted_tokens:+$wanted_tokens$newline}$token
  fi
  if [ -z "$wanted_tokens" ]; then
    rm -f "$tokens" "$tokens.part"
  elif [ "$wanted_tokens" != "$found_tokens" ]; then
    umask 077
    put "$tokens" "$wanted_tokens"
    umask 022
  fi
}

# The record holds what was given to each node, so that a label that is said no more goes, and nobody else's does.
label_nodes() {
  recorded_labels=$(cat "$state/labels" 2> /dev/null) || :
  labels_now=
  while read -r node _ labels; do
    case $node in '' | '#'*) continue ;; esac
    status_of "$node"
    [ -n "$node_status" ] || continue
    recorded_line "$node"
    if [ "$line" != "$node $labels" ]; then label_node || labels=\${line#* }; fi
    labels_now=$labels_now$node\${labels:+ $labels}$newline
  done < "$described/nodes"
  labels_now=\${labels_now%"$newline"}
  [ "$labels_now" = "$recorded_labels" ] || put "$state/labels" "$labels_now"
}

recorded_line() {
  line=
  while read -r recorded_node given; do
    [ "$recorded_node" != "$1" ] || line="$1 $given"
  done << END
$recorded_labels
END
}

label_node() {
  dropped=
  for label in \${line#* }; do
    case $label in *=*) ;; *) continue ;; esac
    case " $labels" in *" \${label%%=*}="*) ;; *) dropped="$dropped \${label%%=*}-" ;; esac
  done
  [ -n "$labels$dropped" ] || return 0
  # shellcheck disable=SC2086 # words
  kubectl_as client.config label node "$node" --overwrite $labels $dropped > /dev/null < /dev/null && return 0
  open="$open labels of $node"
  return 1
}

# By the porter, so that a dead server keeps no addon back. Each server has its own record, for scripts of the community
# are on the machine that was asked: to enable what is enabled does nothing. Of one that it does not know, MicroK8s says
# so and ends well.
enable_addons() {
  [ "$porter" = "$NODE_NAME" ] || return 0
  set -f
  while read -r addon arguments; do
    [ -n "$addon" ] || continue
    enabled=$(cat "$state/addons" 2> /dev/null) || :
    case $newline$enabled$newline in *"$newline$addon$newline"*) continue ;; esac
    say "enabling $addon"
    code=0
    # shellcheck disable=SC2086 # words
    addon_said=$(timeout 900 microk8s enable "$addon" $arguments 2>&1 < /dev/null) || code=$?
    case $addon_said in *"$addon not found"*) code=1 ;; esac
    if [ "$code" != 0 ]; then
      say "the addon $addon could not be enabled (code $code): $(printf '%s\n' "$addon_said" | tail -n 1)"
      # Later ones may need it.
      open="$open addon $addon"
      break
    fi
    put "$state/addons" "\${enabled:+$enabled$newline}$addon"
  done < "$described/addons"
  set +f
}
`,
};
