import { type Step, shellText } from './shell-text';
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

export const CHECK_HEALTH: Step = {
  name: 'check_health',
  title: 'K3s is active and answers three times in a row',
  text: shellText`
check_health() {
  looks=0
  healthy=no
  ! within "$HEALTH_WAIT" is_steady || healthy=yes
  [ "$healthy" = yes ] || return 0
  keep_binary
  give_turn_back
}

is_steady() {
  if is_healthy; then looks=$((looks + 1)); else looks=0; fi
  [ "$looks" -ge 3 ]
}

# A server runs a kubelet too: with a wrong argument it takes K3s down a little after the API was ready.
is_healthy() {
  systemctl is-active --quiet "$unit" || return 1
  if [ "$ROLE" = server ]; then
    "$k3s" kubectl get --raw /readyz --request-timeout=10s > /dev/null 2>&1 || return 1
  fi
  if has curl; then
    curl -fs -m 5 --noproxy '*' -o /dev/null http://127.0.0.1:10248/healthz
  elif has wget; then
    http_proxy='' wget -q -T 5 -O /dev/null http://127.0.0.1:10248/healthz 2> /dev/null
  fi
}
`,
};

/** Not a step: what happens instead of the last one where the health check failed. */
export const ROLL_BACK = shellText`
# Rolling back is converging to the payload before: two small files say so, and the steps run again.
roll_back() {
  systemctl status --no-pager --lines=20 "$unit" >&2 || :
  applied=$(first "$state/applied")
  if [ -z "$applied" ]; then
    later "K3s is not healthy yet, and there is no earlier tree to go back to: journalctl -u $unit"
  elif [ "$applied" = "$digest" ] && [ "$rolled_back" = yes ]; then
    say "K3s is not healthy with the tree before, either: journalctl -u $unit"
    leave 1
  elif [ "$applied" = "$digest" ]; then
    later "K3s is not healthy, with a tree that was healthy before: journalctl -u $unit"
  fi
  say 'K3s is not healthy with this tree: going back to the one before'
  put "$state/failed" "$digest $boot $(uptime_seconds)"
  put "$state/current" "$applied"
  rolled_back=yes
  use "$state/payloads/$applied/tree" "$state/payloads/$applied/identity"
  keep_script
}
`;

export const FINISH: Step = {
  name: 'finish',
  title: 'record what was reached, remove what is no longer needed',
  text: shellText`
finish() {
  [ "$ROLE" = agent ] || [ "$DATASTORE" = external ] || settle
  # Before the record that this machine has a place in its cluster: from then on, others are asked before a restart.
  rm -f "$state/pending/restart"
  applied=$(first "$state/applied")
  # Before a restart of the machine that is owed, nobody knows whether it will be healthy after it.
  if [ "$rolled_back" = no ] && [ ! -f "$state/pending/reboot" ]; then
    if [ "$applied" != "$digest" ]; then
      # What failed is forgotten when another tree took its place, not when the one before it runs once more.
      rm -f "$state/failed"
      [ -z "$applied" ] || keep_line "$state/previous" "$applied"
      put "$state/applied" "$digest"
    fi
    # cloud-init did its part; another instance-id, or none, must not make it begin again.
    [ ! -d "$root/etc/cloud" ] || keep_line "$root/etc/cloud/cloud-init.disabled" 'by edgecdk'
  fi
  rm -f "$state"/*.part "$state"/pending/*.part
  keep=" $(first "$state/current") $(first "$state/applied") $(first "$state/previous") $(first "$state/failed") "
  for folder in "$state"/payloads/*; do
    case $keep in *" \${folder##*/} "*) ;; *) rm -rf "$folder" ;; esac
  done
  if [ "$rolled_back" = yes ]; then
    say "the tree failed its health check; this machine is on the one before it"
    leave 1
  fi
  say "done: $NODE_NAME, $ROLE, tree $digest"
  leave 0
}
`,
};
