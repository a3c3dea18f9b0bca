import { shellText } from '../../../render/node/script/shell-text';

/** Where edgecore has run, it has what it was told last. */
const DATABASE = '/var/lib/kubeedge/edgecore.db';

/** Record of a certificate that is over, for people: one line. */
export const ENDED_RECORD = 'kubeedge-ended';

/**
 * What edgecore loads: a certificate, its key and the authority of the cloud. It renews the first two where they stand, one after the other and without a sync,
 * so that a power cut may leave half of them; and with half of them it asks for others by a token that it does not have, and ends. Hence a copy, in one file.
 *
 * Whether the certificate is over, it does not look at. It would be turned away by the cloud, but run what it has: so this keeps back a node that never ran,
 * and no other, all the more since the clock may be what is wrong.
 *
 * @see edge/pkg/edgehub/certificate/certmanager.go of KubeEdge 1.23
 */
export const KEY_PAIR = shellText`
hub=$root/etc/kubeedge
certificate=$hub/certs/server.crt
key=$hub/certs/server.key
authority=$hub/ca/rootCA.crt
kept=$hub/kept-by-edgecdk.tar
ended=$root/var/lib/edgecdk/${ENDED_RECORD}
mkdir -p "$root/var/lib/edgecdk" || :

has_run() { [ -s "$root${DATABASE}" ]; }

# is_usable CERTIFICATE KEY AUTHORITY: edgecore can load them. If not, reason says why.
is_usable() {
  if [ ! -s "$1" ]; then
    reason='is not there'
  elif ! is_for "$1" "$NODE_NAME"; then
    reason="is not for system:node:$NODE_NAME"
  elif [ ! -s "$2" ]; then
    reason='has no key'
  elif ! are_pair "$1" "$2"; then
    reason='does not go with its key'
  elif [ ! -s "$3" ]; then
    reason='has no authority beside it'
  else
    return 0
  fi
  return 1
}

# is_good CERTIFICATE KEY AUTHORITY: the cloud lets it in, too.
is_good() {
  is_usable "$1" "$2" "$3" || return 1
  is_over "$1" || return 0
  reason="ended on $(last_day_of "$1")"
  return 1
}

# A disk that is full keeps no node from its start.
keep_pair() {
  [ "$(tar -xOf "$kept" 2> /dev/null | sha256sum)" != "$(cat "$authority" "$key" "$certificate" | sha256sum)" ] || return 0
  umask 077
  if tar -cf "$kept.part" -C "$hub" ca/rootCA.crt certs/server.key certs/server.crt && sync; then
    mv -f "$kept.part" "$kept"
  else
    rm -f "$kept.part"
    say 'there is no room for a copy of the certificate'
  fi
  umask 022
}

# Half a pair is of no use: the one before it is, as long as it is good.
restore_pair() {
  [ -s "$kept" ] && ! is_usable "$certificate" "$key" "$authority" || return 0
  say "the certificate of this node $reason: going back to the one before"
  umask 077
  tar -xf "$kept" -C "$hub" || :
  sync
  umask 022
}

# check_pair REMEDY: the last word.
check_pair() {
  if is_good "$certificate" "$key" "$authority"; then
    rm -f "$ended"
  elif ! is_usable "$certificate" "$key" "$authority" || ! has_run; then
    say "the certificate of this node $reason: $1"
    exit 1
  else
    warning="WARNING: the certificate of this node $reason, or the clock is wrong. What it has runs, and the cloud turns it away: $1"
    say "$warning"
    [ "$(cat "$ended" 2> /dev/null)" = "$warning" ] || printf '%s\n' "$warning" > "$ended" || :
  fi
  keep_pair
}
`;
