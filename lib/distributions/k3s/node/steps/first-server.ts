import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const JOIN_OR_INITIALISE: Step = {
  name: 'join_or_initialise',
  title: 'decide whether this server begins the cluster or joins it',
  text: shellText`
# A server of several that finds neither a database nor a server to join, and is started all the same, begins a cluster
# of its own, and the site has two. So exactly one server may ever begin one: rank 0 of generation 0, before it has
# heard of a cluster. All else joins. Two files in config.yaml.d say which, and never both:
#   01-init.yaml  "cluster-init", until the new cluster is healthy
#   60-join.yaml  "server", from then on for good. K3s ignores it while it has a database; without one, it joins and
#                 does not begin anew, even if systemd starts it and not this script. Its being there is also the
#                 durable sign that this server has heard of a cluster.
# What cannot be known from here: that a machine of generation 0 was wiped, while all its peers are down. Therefore a
# machine that is wiped or replaced gets the next generation (edgecdk replace), which names it anew, too.
init_file=$drop_ins/01-init.yaml
join_file=$drop_ins/60-join.yaml

join_or_initialise() {
  if [ "$ROLE" = agent ]; then
    [ -f "$state/started" ] || within "$JOIN_WAIT" answers "$SERVER_URL" || later "no server answers at $SERVER_URL"
    return 0
  fi
  if [ "$DATASTORE" = external ]; then return 0; fi
  if has_database; then
    # Where it was begun and is not healthy yet, K3s goes on as it began.
    [ -f "$init_file" ] || settle
    return 0
  fi
  # What was healthy before belongs to the cluster that is given up; and a run that is cut short must not ask again.
  [ "$initialise" = no ] || rm -f "$state/applied"
  [ ! -s "$state/applied" ] ||
    refuse 'the database of this server is gone: --restore it, or give the machine its next generation (edgecdk replace)'
  if [ "$DATASTORE" = sqlite ]; then
    no_copy_is_there
    return 0
  fi
  mkdir -p "$drop_ins"
  # Alone, a server begins whatever its generation is: there is nobody who could have the cluster.
  if [ "$SERVERS" = 1 ]; then
    no_copy_is_there
    will_begin
  elif [ "$initialise" = yes ]; then
    ! a_peer_answers || refuse "$peer answers: there is a cluster to join; run without --initialise"
    will_begin
  elif [ -f "$join_file" ] || [ "$RANK" != 0 ] || [ "$GENERATION" != 0 ]; then
    within "$JOIN_WAIT" a_server_answers ||
      later "no server answers ($PEERS $SERVER_URL), and this one (rank $RANK, generation $GENERATION) only joins"
    will_join "$peer"
  elif within "$INITIALISE_WAIT" a_peer_answers; then
    will_join "$peer"
  else
    no_copy_is_there
    will_begin
  fi
}

# K3s itself looks for the folder of the write-ahead log to tell whether etcd was ever up.
has_etcd() { [ -d "$k3s_data/server/db/etcd/member/wal" ]; }
has_sqlite() { [ -f "$k3s_data/server/db/state.db" ]; }
has_database() { has_etcd || has_sqlite; }

# Copies on another disk outlive the server, and say that there was a cluster.
no_copy_is_there() {
  [ -n "$BACKUP_FOLDER" ] && [ "$initialise" = no ] || return 0
  find_copy "$root$BACKUP_FOLDER"
  [ -z "$copy" ] || refuse "copies of a cluster are in $BACKUP_FOLDER, and this server would begin an empty one;" \
    "sh /var/lib/edgecdk/apply.sh --restore $BACKUP_FOLDER restores the newest, --initialise gives it up"
  # A machine that replaces another had a cluster to lose.
  case $GENERATION in '' | 0) return 0 ;; esac
  later "this machine replaces another, and no copy of its cluster is in $BACKUP_FOLDER: is its disk plugged in?" \
    "If there is none, sh /var/lib/edgecdk/apply.sh --initialise begins an empty cluster"
}

# A peer is another machine of its own address; the registration address may be a balancer, which answers for nobody.
a_peer_answers() {
  for peer in $PEERS; do
    ! answers "$peer" || return 0
  done
  return 1
}
a_server_answers() {
  a_peer_answers && return 0
  peer=$SERVER_URL
  [ -n "$peer" ] && answers "$peer"
}

# With both files there, K3s joins: so the one that begins comes first and goes last. A K3s that is on its way with
# another plan must hear of it.
will_begin() {
  [ -f "$init_file" ] || owe restart
  keep_line "$init_file" 'cluster-init: true'
  rm -f "$join_file"
}
will_join() {
  [ "$(first "$join_file")" = "server: \"$1\"" ] || owe restart
  keep_line "$join_file" "server: \"$1\""
  rm -f "$init_file" "$init_file.part"
}

# With a database, what stays does not depend on who answered first; K3s only reads it again when that is lost.
settle() {
  if [ "$DATASTORE" = etcd ] && [ "$SERVERS" != 1 ]; then
    mkdir -p "$drop_ins"
    keep_line "$join_file" "server: \"\${PEERS%% *}\""
  fi
  rm -f "$init_file" "$init_file.part"
}
`,
};
