import type { KubeEdgeEnrolment } from '../../../model/kubeedge-cluster-model';
import { shellText } from '../../../render/node/script/shell-text';

/** In memory. */
export const TOKEN_FILE = '/run/edgecdk/kubeedge-token';

/** Before each start: a certificate that is this node's, with its key, or edgecore is not started. `READ_CERTIFICATE` and `KEY_PAIR` stand before it. */
export function enrolment(kind: KubeEdgeEnrolment): string {
  return kind.kind === 'preissued' ? preissued(kind.secret) : byToken(kind.argv, kind.seconds);
}

/**
 * edgecore renews the certificate where it stands; so a secret takes its place only when it is another than the last that did, or what stands there is no good.
 * One that is over is put there only if a node that ran would not start else.
 */
const preissued = (secret: string): string => shellText`
issued=$root/etc/edgecdk/secrets/${secret}
placed=$root/var/lib/edgecdk/kubeedge-certificate
sum=
last=
[ ! -s "$issued/node.crt" ] || sum=$(sha256sum < "$issued/node.crt")
[ ! -f "$placed" ] || IFS= read -r last < "$placed" || :

# The record comes last, so that one that is cut short is done again.
place_issued() {
  umask 077
  mkdir -p "$hub/ca" "$hub/certs" || :
  for pair in ca.crt:ca/rootCA.crt node.key:certs/server.key node.crt:certs/server.crt; do
    if ! cp "$issued/\${pair%%:*}" "$hub/\${pair#*:}.part"; then
      rm -f "$hub"/*/*.part
      umask 022
      say "the certificate in $issued cannot be put into its place"
      return 0
    fi
  done
  sync
  for place in ca/rootCA.crt certs/server.key certs/server.crt; do mv -f "$hub/$place.part" "$hub/$place"; done
  sync
  if printf '%s\n' "$sum" > "$placed.part"; then mv -f "$placed.part" "$placed"; fi
  umask 022
}

if [ -n "$sum" ] && [ "$sum" != "$last" ]; then
  if is_good "$issued/node.crt" "$issued/node.key" "$issued/ca.crt"; then
    place_issued
  else
    say "the certificate in $issued $reason"
  fi
fi
restore_pair
if ! is_good "$certificate" "$key" "$authority" && is_good "$issued/node.crt" "$issued/node.key" "$issued/ca.crt"; then
  place_issued
elif has_run && ! is_usable "$certificate" "$key" "$authority" && is_usable "$issued/node.crt" "$issued/node.key" "$issued/ca.crt"; then
  place_issued
fi
check_pair "put a new one into $issued, and restart edgecore"
`;

/**
 * The token is in memory alone, and gone when there is a certificate. What is over is taken away, since edgecore would go on with it: but only once there is a
 * token, and where the cloud gave nothing for it, the node goes on with what it had.
 */
const byToken = (argv: readonly string[], seconds: number): string => shellText`
token_file=$root${TOKEN_FILE}
bootstrap=$root/etc/kubeedge/bootstrap-edgecore.conf

# ask_for_token: leaves one in its file. What a Secret shows is base64 of it, which edgecore cannot use; the value itself is said nowhere.
ask_for_token() {
  mkdir -p "$root/run/edgecdk" "$hub" || return 1
  umask 077
  code=0
  EDGECDK_NODE=$NODE_NAME timeout -s KILL ${String(seconds)} ${argv.map(quoted).join(' ')} > "$token_file" 2> /dev/null < /dev/null || code=$?
  umask 022
  if [ "$code" != 0 ] || ! grep -Eqx '[0-9a-f]{64}\.[^.]+\.[^.]+\.[^.]+' "$token_file"; then
    rm -f "$token_file"
    say "the command for a token gave none (code $code)"
    return 1
  fi
}

# No certificate, and a token from the start before: it was of no use. A certificate that somebody took away is not brought back before the command is asked.
in_vain=no
[ -e "$certificate" ] || [ ! -s "$token_file" ] || in_vain=yes
if [ -e "$certificate" ] || { [ "$in_vain" = yes ] && has_run; }; then restore_pair; fi
rm -f "$token_file" "$bootstrap"
asked=no
if ! is_good "$certificate" "$key" "$authority"; then
  if [ "$in_vain" = yes ] && has_run && is_usable "$certificate" "$key" "$authority"; then
    say 'the cloud gave no certificate for the token; it is asked again at the next start'
  else
    say "the certificate of this node $reason: asking for a token"
    if ask_for_token; then asked=yes; else restore_pair; fi
  fi
fi
if [ "$asked" = no ]; then
  check_pair 'a start with a link asks for a token, and so for a new one'
else
  ! is_usable "$certificate" "$key" "$authority" || keep_pair
  ln -sf "$token_file" "$bootstrap"
  rm -f "$certificate" "$key"
fi
`;

/** One word for the shell, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
