import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const START_MICROK8S: Step = {
  name: 'start_microk8s',
  title: 'start MicroK8s, or restart it if a change asks for that',
  text: shellText`
start_microk8s() {
  keep_line "$state/started" "$ROLE $NODE_NAME"
  sync
  if [ -f "$state/pending/restart" ]; then
    snap stop microk8s || :
  elif systemctl is-active --quiet "$unit"; then
    return 0
  fi
  snap start --enable microk8s || later 'MicroK8s could not be started; see snap changes'
}
`,
};
