import { type Step, shellText } from '../../../../render/node/script/shell-text';
import { CREDENTIALS_MARK } from '../registries';

export const LAUNCH_SETTINGS: Step = {
  name: 'launch_settings',
  title: 'where settings differ from those that MicroK8s has: give its agent a file with them, and wait for it',
  text: shellText`
# A join puts the kubelet's arguments of the server that was asked in the place of the node's own, so that they are given
# again after it. The agent tries a file that fails for ever: so it is taken away, and what was before is given again.
launch_settings() {
  compose_launch
  [ "$(first "$state/launched")" = "$launch_digest" ] || give_settings
  [ "$hopeless" = yes ] || renew_certificate
}

give_settings() {
  file=$(printf '%.12s' "$launch_digest")
  file=$launcher/edgecdk-$file.yaml
  mkdir -p "$launcher"
  # What came with the installation would be read behind ours, which says all of it.
  rm -f "$launcher/install.yaml"
  for other in "$launcher"/edgecdk-*.yaml; do
    [ "$other" = "$file" ] || [ ! -e "$other" ] || rm -f "$other"
  done
  find_dropped
  umask 077
  put "$file" "$dropped$launch_text"
  umask 022
  if within "$HEALTH_WAIT" launch_is_applied; then
    rm -f "$file.applied"
    cp "$described/launch.undo" "$state/launch.undo.part"
    mv -f "$state/launch.undo.part" "$state/launch.undo"
    put "$state/launched" "$launch_digest"
  else
    rm -f "$file" "$state/launched"
    hopeless=yes
    say "MicroK8s did not take its settings: journalctl -u snap.microk8s.daemon-cluster-agent"
  fi
}

launch_is_applied() { [ ! -e "$file" ]; }

# Once nodes have joined, MicroK8s makes no certificate anew by itself, whatever names it is given.
renew_certificate() {
  [ "$ROLE" = server ] && [ "$(first "$state/names")" != "$(own_names)" ] || return 0
  microk8s refresh-certs --cert server.crt > /dev/null || later 'the certificate of the API server could not be made anew'
  put "$state/names" "$(own_names)"
}

own_names() { sha256sum < "$described/launch-node.yaml"; }

# compose_launch: sets launch_text to the tree's part and the node's own, with credentials in their places.
compose_launch() {
  launch_text=
  for part_file in launch.yaml launch-node.yaml; do
    while IFS= read -r line || [ -n "$line" ]; do
      while :; do
        case $line in *${CREDENTIALS_MARK}*@*) ;; *) break ;; esac
        behind=\${line#*${CREDENTIALS_MARK}}
        secret=\${behind%%@*}
        [ -s "$secrets/$secret" ] || later "the secret /etc/edgecdk/secrets/$secret is not there yet"
        line=\${line%%${CREDENTIALS_MARK}*}$(printf '%s' "$(first "$secrets/$secret")" | base64 | tr -d '\n')\${behind#*@}
      done
      launch_text=$launch_text$line$newline
    done < "$described/$part_file"
  done
  launch_text=\${launch_text%"$newline"}
  launch_digest=$(printf '%s\n' "$launch_text" | sha256sum)
  launch_digest=\${launch_digest%% *}
}

# Sets dropped to what takes back the lines that are said no more: the agent itself only adds and replaces.
find_dropped() {
  dropped=
  [ -f "$state/launch.undo" ] || return 0
  said=$newline$(cat "$described/launch.undo")
  while IFS=$tab read -r key name value; do
    [ -n "$key" ] || continue
    case $said in
      *"$newline$key$tab$name$tab"*) ;;
      *) dropped="$dropped---\${newline}version: 0.1.0$newline$key:$newline  $name: $value$newline" ;;
    esac
  done < "$state/launch.undo"
}
`,
};
