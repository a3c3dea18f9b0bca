import { type Step, shellText } from '../../../../render/node/script/shell-text';
import { TAKE_TURN } from './turn';

export const START_K3S: Step = {
  name: 'start_k3s',
  title: 'start K3s, or restart it if a change asks for that; of several servers one at a time',
  text: shellText`
# Stop and start, and not restart: "restart" may wait for ever, and without waiting the old K3s would pass for the new.
# One that is not active may still be on its way, with what it read before: so it is stopped, too.
start_k3s() {
  keep_line "$state/started" "$ROLE $NODE_NAME"
  sync
  systemctl is-enabled --quiet "$unit" 2> /dev/null || systemctl enable --quiet "$unit"
  if [ -f "$state/pending/restart" ]; then
    take_turn
    systemctl stop "$unit"
  elif systemctl is-active --quiet "$unit"; then
    return 0
  fi
  systemctl start --no-block "$unit"
}

${TAKE_TURN}
`,
};

export const AFTER_HEALTH: Step = {
  name: 'after_health',
  title: 'keep note of the binary that works and of where to join, and hand the turn to restart on',
  text: shellText`
after_health() {
  keep_binary
  give_turn_back
  [ "$ROLE" = agent ] || [ "$DATASTORE" = external ] || settle
}
`,
};
