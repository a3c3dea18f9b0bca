import { MICROK8S_TOKEN_LENGTH } from '../../../../catalog/microk8s';
import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const JOIN_CLUSTER: Step = {
  name: 'join_cluster',
  title: 'join a server of the site, by address and fingerprint, behind those of a lower rank; a member stays one',
  text: shellText`
# Which server takes nodes in, servers settle among themselves (settle_cluster): any other refuses the token.
join_cluster() {
  ! is_of_site || return 0
  read_token
  within "$HEALTH_WAIT" is_ready_to_join || later "MicroK8s is not ready yet: journalctl -u $unit"
  # A database takes one server after the other.
  within "$JOIN_WAIT" those_before_have_joined || say 'not all servers of a lower rank are in the cluster; going on'
  # From the join on, settings are those of another server.
  rm -f "$state/launched"
  within "$JOIN_WAIT" joins || later "no server takes this node in ($PEERS); the last one said: $join_said"
}

read_token() {
  token=$(first "$secrets/$TOKEN")
  case $token in *[!A-Za-z0-9]*) refuse "the secret $TOKEN is no token of MicroK8s: letters and digits alone" ;; esac
  [ "\${#token}" -ge ${String(MICROK8S_TOKEN_LENGTH)} ] ||
    refuse "the secret $TOKEN is too short for a token of MicroK8s, which has ${String(MICROK8S_TOKEN_LENGTH)} digits or more"
}

# The agent has read what came with the installation, and the API server is up.
is_ready_to_join() {
  [ ! -f "$launcher/install.yaml" ] && kubectl_as client.config get --raw /readyz --request-timeout=10s > /dev/null 2>&1
}

# Servers of one cluster have certificates of one authority. Of a server's peers, those of a lower rank come first.
those_before_have_joined() {
  authority=
  before=\${RANK:-9}
  for peer in $PEERS; do
    [ "$before" -gt 0 ] || return 0
    before=$((before - 1))
    host=\${peer#https://}
    this=$(certificate_of "\${host%:*}:16443" | openssl x509 -noout -ext authorityKeyIdentifier 2> /dev/null) || this=
    [ -n "$this" ] || return 1
    [ -z "$authority" ] || [ "$this" = "$authority" ] || return 1
    authority=$this
  done
}

certificate_of() { timeout 10 openssl s_client -connect "$1" < /dev/null 2> /dev/null || :; }

# The fingerprint is the one that somebody brought, or what the server shows: then whoever has its address is believed.
joins() {
  join_said='none answers'
  case $ROLE in agent) worker=--worker ;; *) worker= ;; esac
  for peer in $PEERS; do
    answers "$peer" || continue
    host=\${peer#https://}
    fingerprint=$(first "$secrets/microk8s-fingerprint")
    [ -n "$fingerprint" ] || fingerprint=$(certificate_of "$host" | openssl x509 -outform der 2> /dev/null | sha256sum)
    fingerprint=\${fingerprint%% *}
    # shellcheck disable=SC2086 # $worker is one word or none
    join_said=$(microk8s join "$host/$token/$fingerprint" $worker 2>&1 < /dev/null | sed "s/$token/.../g" | tail -n 1) || :
    ! is_of_site || return 0
  done
  return 1
}
`,
};
