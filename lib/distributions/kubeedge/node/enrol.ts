import type { KubeEdgeEnrolment } from '../../../model/kubeedge-cluster-model';
import { shellText } from '../../../render/node/script/shell-text';

/** Before each start: a certificate that is this node's and not over, or edgecore is not started. */
export function enrolment(kind: KubeEdgeEnrolment): string {
  return kind.kind === 'preissued' ? preissued(kind.secret) : byToken(kind.argv, kind.seconds);
}

const CHECK = shellText`
# is_good FILE: says why not.
is_good() {
  if [ ! -s "$1" ]; then
    reason='is not there'
  elif ! is_for "$1" "$NODE_NAME"; then
    reason="is not for system:node:$NODE_NAME"
  elif is_over "$1"; then
    reason="ended on $(last_day_of "$1")"
  else
    return 0
  fi
  return 1
}
`;

/**
 * edgecore renews the certificate where it stands; so a secret takes its place only when it is another than the last that did. What edgecore does not look
 * at is the day on which it ends: a machine that was away for longer would be turned away for ever, without a word.
 */
const preissued = (secret: string): string => shellText`
${CHECK}

issued=$root/etc/edgecdk/secrets/${secret}
certificate=$root/etc/kubeedge/certs/server.crt
placed=$root/var/lib/edgecdk/kubeedge-certificate
mkdir -p "$root/var/lib/edgecdk"
if [ -s "$issued/node.crt" ]; then
  sum=$(sha256sum < "$issued/node.crt")
  last=
  [ ! -f "$placed" ] || IFS= read -r last < "$placed" || :
  if [ "$sum" != "$last" ] || [ ! -s "$certificate" ]; then
    if is_good "$issued/node.crt"; then
      umask 077
      mkdir -p "$root/etc/kubeedge/ca" "$root/etc/kubeedge/certs"
      for pair in ca.crt:ca/rootCA.crt node.key:certs/server.key node.crt:certs/server.crt; do
        cp "$issued/\${pair%%:*}" "$root/etc/kubeedge/\${pair#*:}.part"
        mv -f "$root/etc/kubeedge/\${pair#*:}.part" "$root/etc/kubeedge/\${pair#*:}"
      done
      printf '%s\n' "$sum" > "$placed"
      umask 022
    else
      say "the certificate in $issued $reason"
    fi
  fi
fi
if ! is_good "$certificate"; then
  say "the certificate of this node $reason: put a new one into $issued"
  exit 1
fi
`;

/** The token is in memory alone, and gone when there is a certificate. What is over is taken away, since edgecore would go on with it. */
const byToken = (argv: readonly string[], seconds: number): string => shellText`
${CHECK}

certificate=$root/etc/kubeedge/certs/server.crt
token_file=$root/run/edgecdk/kubeedge-token
if is_good "$certificate"; then
  rm -f "$token_file" "$root/etc/kubeedge/bootstrap-edgecore.conf"
else
  say "the certificate of this node $reason: asking for a token"
  rm -f "$certificate" "$root/etc/kubeedge/certs/server.key"
  umask 077
  mkdir -p "$root/run/edgecdk" "$root/etc/kubeedge"
  code=0
  EDGECDK_NODE=$NODE_NAME timeout -s KILL ${String(seconds)} ${argv.map(quoted).join(' ')} > "$token_file" 2> /dev/null < /dev/null || code=$?
  umask 022
  # What a Secret shows is base64 of it, which edgecore cannot use; the value itself is said nowhere.
  if [ "$code" != 0 ] || ! grep -Eqx '[0-9a-f]{64}\.[^.]+\.[^.]+\.[^.]+' "$token_file"; then
    rm -f "$token_file"
    say "the command for a token gave none (code $code)"
    exit 1
  fi
  ln -sf "$token_file" "$root/etc/kubeedge/bootstrap-edgecore.conf"
fi
`;

/** One word for the shell, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
