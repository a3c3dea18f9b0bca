import { type Step, shellText } from '../../../../render/node/script/shell-text';

/**
 * Every MicroK8s is a cluster of its own from its installation on, and one that waits to join would look like one that can be joined. So it is settled
 * before the installation who begins, and who does not begin is not even installed before there is a server.
 */
export const WAIT_FOR_CLUSTER: Step = {
  name: 'wait_for_cluster',
  title: 'decide whether this node begins the cluster; where it does not, wait for one of its servers',
  text: shellText`
# Two records, and never both: "began", this node's own cluster is that of the site; "heard", there is one to join. And
# "joined", where a server did (is_of_site).
# What cannot be known from here: that a machine of generation 0 was wiped, while all its peers are down. Therefore a
# machine that is wiped or replaced gets the next generation (edgecdk replace).
wait_for_cluster() {
  # What it joined was in the snap.
  has_snap || rm -f "$state/joined"
  ! is_of_site || return 0
  if [ "$ROLE:$SERVERS" = server:1 ]; then
    # Alone, a server begins whatever its generation is: there is nobody who could have the cluster.
    put "$state/began" "$NODE_NAME"
  elif [ "$ROLE:$initialise" = server:yes ]; then
    ! a_server_answers || refuse "$peer answers: there is a cluster to join; run without --initialise"
    rm -f "$state/heard"
    put "$state/began" "$NODE_NAME"
  elif [ -f "$state/heard" ] || [ "$RANK" != 0 ] || [ "$GENERATION" != 0 ]; then
    within "$JOIN_WAIT" a_server_answers ||
      later "no server answers ($PEERS), and this node (rank \${RANK:-none}, generation \${GENERATION:-0}) only joins"
    keep_line "$state/heard" yes
  elif within "$INITIALISE_WAIT" a_server_answers; then
    keep_line "$state/heard" yes
  else
    put "$state/began" "$NODE_NAME"
  fi
}

a_server_answers() {
  for peer in $PEERS; do
    ! answers "$peer" || return 0
  done
  return 1
}
`,
};
