import { type Step, shellText } from './shell-text';

export function checkHealth(title: string): Step {
  return {
    name: 'check_health',
    title: `${title} is well three times in a row`,
    text: shellText`
# Where a step before saw that nothing good can come of this payload, nobody waits for it.
check_health() {
  looks=0
  healthy=no
  [ "$hopeless" = no ] || return 0
  ! within "$HEALTH_WAIT" is_steady || healthy=yes
}

is_steady() {
  if is_healthy; then looks=$((looks + 1)); else looks=0; fi
  [ "$looks" -ge 3 ]
}
`,
  };
}

/** For `is_healthy`: whether the kubelet is well, at `port` of the machine. A machine with neither program takes it for granted. */
export function kubeletIsWell(port: number): string {
  return shellText`
kubelet_is_well() {
  if has curl; then
    curl -fs -m 5 --noproxy '*' -o /dev/null http://127.0.0.1:${String(port)}/healthz
  elif has wget; then
    http_proxy='' wget -q -T 5 -O /dev/null http://127.0.0.1:${String(port)}/healthz 2> /dev/null
  fi
}
`;
}

/** Not a step: what happens where the health check failed. */
export function rollBack(title: string): string {
  return shellText`
# Rolling back is converging to the payload before: two small files say so, and the steps run again.
roll_back() {
  systemctl status --no-pager --lines=20 "$unit" >&2 || :
  applied=$(first "$state/applied")
  if [ -z "$applied" ]; then
    later "${title} is not healthy yet, and there is no earlier tree to go back to: journalctl -u $unit"
  elif [ "$applied" = "$digest" ] && [ "$rolled_back" = yes ]; then
    say "${title} is not healthy with the tree before, either: journalctl -u $unit"
    leave 1
  elif [ "$applied" = "$digest" ]; then
    later "${title} is not healthy, with a tree that was healthy before: journalctl -u $unit"
  fi
  say '${title} is not healthy with this tree: going back to the one before'
  put "$state/failed" "$digest $boot $(uptime_seconds)"
  put "$state/current" "$applied"
  rolled_back=yes
  use "$state/payloads/$applied/tree" "$state/payloads/$applied/identity"
  keep_script
}
`;
}
