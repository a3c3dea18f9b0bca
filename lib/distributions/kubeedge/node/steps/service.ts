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

/** Not whether the cloud answers: a node lives without it, and a tree that is brought while the link is down is none the worse. */
export const CHECK_EDGECORE: Step = {
  name: 'check_edgecore',
  title: 'edgecore is active and its kubelet answers three times in a row',
  text: shellText`
check_edgecore() {
  looks=0
  healthy=no
  ! within "$HEALTH_WAIT" is_steady || healthy=yes
}

is_steady() {
  if is_healthy; then looks=$((looks + 1)); else looks=0; fi
  [ "$looks" -ge 3 ]
}

is_healthy() {
  systemctl is-active --quiet edgecore || return 1
  if has curl; then
    curl -fs -m 5 --noproxy '*' -o /dev/null http://127.0.0.1:10350/healthz
  elif has wget; then
    http_proxy='' wget -q -T 5 -O /dev/null http://127.0.0.1:10350/healthz 2> /dev/null
  fi
}
`,
};

/** Not a step: what happens instead of the last one where the health check failed. */
export const ROLL_BACK_EDGECORE = shellText`
# Rolling back is converging to the payload before: two small files say so, and the steps run again.
roll_back() {
  systemctl status --no-pager --lines=20 edgecore >&2 || :
  applied=$(first "$state/applied")
  if [ -z "$applied" ]; then
    later 'edgecore is not healthy yet, and there is no earlier tree to go back to: journalctl -u edgecore'
  elif [ "$applied" = "$digest" ] && [ "$rolled_back" = yes ]; then
    say 'edgecore is not healthy with the tree before, either: journalctl -u edgecore'
    leave 1
  elif [ "$applied" = "$digest" ]; then
    later 'edgecore is not healthy, with a tree that was healthy before: journalctl -u edgecore'
  fi
  say 'edgecore is not healthy with this tree: going back to the one before'
  put "$state/failed" "$digest $boot $(uptime_seconds)"
  put "$state/current" "$applied"
  rolled_back=yes
  use "$state/payloads/$applied/tree" "$state/payloads/$applied/identity"
  keep_script
}
`;
