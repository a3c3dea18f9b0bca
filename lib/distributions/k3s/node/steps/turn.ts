import { shellText } from '../../../../render/node/script/shell-text';

/**
 * Not a step: what stands between a server of several and a restart of its K3s. A carrier brings a tree to all servers of a site at once, and a site
 * that lost power has all its carriers begin at once: without it, all would stop K3s within the same seconds.
 */
export const TAKE_TURN = shellText`
# Where K3s works here, it must work on the other servers, too, and this one must have the turn: a Lease of the cluster. Only
# who knows its version replaces it, so that of two who ask at once one gets it. It is given back once K3s is healthy again,
# is this server's still after a run that was cut short, and lapses where its holder does not come back. While a site is set
# up, its first server is alone.
take_turn() {
  [ "$ROLE:$DATASTORE" = server:etcd ] && [ -n "$PEERS" ] && [ -s "$state/applied" ] && is_healthy || return 0
  for peer in $PEERS; do
    answers "$peer" || later "$peer does not answer, and this server must not be missing, too: K3s is not restarted"
  done
  read_turn || later 'the cluster does not say which server may restart K3s'
  now=$(date -u +%s)
  away=$((now - \${holder#*/}))
  if [ "\${holder%/*}" != "$NODE_NAME" ] && [ "\${away#-}" -lt $((3 * HEALTH_WAIT)) ]; then
    later "\${holder%/*} restarts K3s, and one server does at a time"
  fi
  put "$state/turn" "$NODE_NAME"
  write_turn "$NODE_NAME/$now" || later 'another server restarts K3s, and one does at a time'
}

give_turn_back() {
  [ -f "$state/turn" ] || return 0
  if read_turn; then
    case $holder in "$NODE_NAME"/*) write_turn nobody/0 || say 'the turn to restart K3s lapses later' ;; esac
  fi
  rm -f "$state/turn"
}

# The holder is a server's name and since when, in seconds.
read_turn() {
  lease=$("$k3s" kubectl get lease edgecdk-restart -n kube-system --ignore-not-found --request-timeout=10s \
    -o 'jsonpath={.metadata.resourceVersion} {.spec.holderIdentity}' 2> /dev/null) || return 1
  version=\${lease%% *}
  holder=\${lease#* }
  case $holder in */[0-9]*) ;; *) holder=nobody/0 ;; esac
}

write_turn() {
  verb=create
  [ -z "$version" ] || verb=replace
  "$k3s" kubectl "$verb" --request-timeout=10s -f - > /dev/null 2>&1 << END
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: edgecdk-restart, namespace: kube-system, resourceVersion: "$version" }
spec: { holderIdentity: "$1" }
END
}
`;
