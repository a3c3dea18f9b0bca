import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const START_EDGECORE: Step = {
  name: 'start_edgecore',
  title: 'start edgecore, or restart it if a change asks for that; containers go on',
  text: shellText`
start_edgecore() {
  keep_line "$state/started" "$ROLE $NODE_NAME"
  sync
  systemctl is-enabled --quiet edgecore 2> /dev/null || systemctl enable --quiet edgecore
  if [ -f "$state/pending/restart" ]; then
    systemctl stop edgecore
  elif systemctl is-active --quiet edgecore; then
    return 0
  fi
  systemctl start --no-block edgecore
}
`,
};
