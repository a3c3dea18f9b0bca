import { type Step, shellText } from '../../../../render/node/script/shell-text';
import { TOKEN_FILE } from '../enrol';
import { ENDED_RECORD } from '../key-pair';

export const LOOK_AT_CERTIFICATE: Step = {
  name: 'look_at_certificate',
  title: 'a token goes once there is a certificate; one that is over is said',
  text: shellText`
look_at_certificate() {
  if [ -e "$root${TOKEN_FILE}" ]; then
    ! within 60 has_certificate || rm -f "$root${TOKEN_FILE}" "$root/etc/kubeedge/bootstrap-edgecore.conf"
  fi
  [ ! -f "$state/${ENDED_RECORD}" ] || say "$(first "$state/${ENDED_RECORD}")"
}

# edgecore writes the key last.
has_certificate() { [ -s "$root/etc/kubeedge/certs/server.crt" ] && [ -s "$root/etc/kubeedge/certs/server.key" ]; }
`,
};
