import { type Step, shellText } from './shell-text';

export const FINISH: Step = {
  name: 'finish',
  title: 'record what was reached, remove what is no longer needed',
  text: shellText`
finish() {
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
