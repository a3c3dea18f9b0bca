import { type Step, shellText } from '../../../../render/node/script/shell-text';

export const START_RUNTIME: Step = {
  name: 'start_runtime',
  title: 'start the container runtime, or restart it if its configuration changed, and wait until it answers',
  text: shellText`
# What it was started with is on record, so that a run that is cut short restarts it once more, and no run does so twice.
start_runtime() {
  files=
  for file in $RUNTIME_FILES; do
    [ ! -f "$root$file" ] || files="$files$(sha256sum < "$root$file")"
  done
  files=$(printf '%s' "$files" | sha256sum)
  for runtime_unit in $RUNTIME_UNITS; do
    systemctl cat "$runtime_unit" > /dev/null 2>&1 || later "there is no $runtime_unit on this machine; install its package"
    systemctl is-enabled --quiet "$runtime_unit" 2> /dev/null || systemctl enable --quiet "$runtime_unit"
    if [ "$(first "$state/runtime")" != "$files" ]; then
      systemctl restart "$runtime_unit" || later "$runtime_unit does not start: journalctl -u $runtime_unit"
    elif ! systemctl is-active --quiet "$runtime_unit"; then
      systemctl start "$runtime_unit" || later "$runtime_unit does not start: journalctl -u $runtime_unit"
    fi
  done
  within "$RUNTIME_WAIT" runtime_answers ||
    later "the container runtime does not answer at $RUNTIME_SOCKET: journalctl -u \${RUNTIME_UNITS%% *}"
  keep_line "$state/runtime" "$files"
}

runtime_answers() { [ -e "$root$RUNTIME_SOCKET" ]; }
`,
};
