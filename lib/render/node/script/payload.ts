import { IDENTITY_NAMES } from './identity';
import type { ScriptParts } from './script-parts';
import { NODE_FORMAT } from './settings';
import { type Step, shellText } from './shell-text';

/** Reads a payload, a tree and an identity, into variables. */
export function readPayload({
  settings,
  identityNames,
  releaseSetting,
  unit,
}: Pick<ScriptParts, 'settings' | 'identityNames' | 'releaseSetting' | 'unit'>): string {
  const ownUnit =
    typeof unit === 'string'
      ? `unit='${unit}'`
      : `case $ROLE in agent) unit='${unit.agent}' ;; *) unit='${unit.server}' ;; esac`;
  return shellText`
format=${NODE_FORMAT}
required_settings='${settings.required.join(' ')}'
optional_settings='${settings.optional.join(' ')}'
identity_names='${[...IDENTITY_NAMES, ...identityNames].join(' ')}'

# use TREE IDENTITY: this run is about them from here on. Settings become variables of their names, in capitals.
use() {
  hopeless=no     # yes: a step found that nothing good can come of them
  tree=$1
  identity=$2
  for name in $required_settings $optional_settings $identity_names; do eval "$name="; done
  read_values "$tree/settings" "$required_settings $optional_settings"
  unknown_settings=$unknown_names
  read_values "$identity/files/etc/edgecdk/identity.env" "$identity_names"
  read_manifests
  ${ownUnit}
  release=$${releaseSetting}
  digest=$(cat "$tree/manifest" "$tree/settings" "$tree/apply.sh" "$identity/manifest" | sha256sum)
  digest=\${digest%% *}
}

# read_values FILE NAMES: lines of NAME=value. Nothing in them is executed.
read_values() {
  unknown_names=
  while IFS= read -r line || [ -n "$line" ]; do
    name=\${line%%=*}
    # shellcheck disable=SC2034 # eval uses it
    value=\${line#*=}
    case $line in '' | '#'*) continue ;; esac
    case $name in *[!A-Z0-9_]*) name='?' ;; esac
    case " $2 " in
      *" $name "*) eval "$name=\$value" ;;
      *) unknown_names="$unknown_names $name" ;;
    esac
  done < "$1"
}

# What is to be on the machine, as lines of both manifests, and the paths alone.
read_manifests() {
  wanted_lines=
  wanted_paths=$newline
  twice=
  for manifest in "$tree/manifest" "$identity/manifest"; do
    while IFS=$tab read -r mode owner sha effect path; do
      case $mode in end) continue ;; esac
      case $effect in tree) continue ;; esac
      case $wanted_paths in *"$newline$path$newline"*) twice=$path ;; esac
      wanted_lines=$wanted_lines$mode$tab$owner$tab$sha$tab$effect$tab$path$newline
      wanted_paths=$wanted_paths$path$newline
    done < "$manifest"
  done
}

# What an earlier run wrote, in the same form.
read_installed() {
  installed_lines=
  [ ! -f "$state/installed" ] || installed_lines=$(cat "$state/installed")
}
`;
}

/** The copy that the rest of the run, and every later one, works from. */
export const KEEP_PAYLOAD: Step = {
  name: 'keep_payload',
  title: 'copy tree and identity to this machine, and check the copy',
  text: shellText`
# A payload is copied beside the others and then named in one small file, which is replaced in one stroke. To exchange
# two folders takes two strokes, and between them a machine would have no tree.
keep_payload() {
  mkdir -p "$state/payloads" "$state/pending"
  chmod 0700 "$state"
  kept=$state/payloads/$digest
  if [ ! -d "$kept" ]; then
    rm -rf "$state/payloads/.part"
    mkdir "$state/payloads/.part"
    cp -RL "$tree" "$state/payloads/.part/tree"
    cp -RL "$identity" "$state/payloads/.part/identity"
    check_folder "$state/payloads/.part/tree"
    check_folder "$state/payloads/.part/identity"
    sync
    mv "$state/payloads/.part" "$kept"
  fi
  use "$kept/tree" "$kept/identity"
  keep_script
  sync
  keep_line "$state/current" "$digest"
}

# What runs on every boot belongs to the tree that the machine is on.
keep_script() {
  if [ ! -f "$state/apply.sh" ] || [ "$(sha256sum < "$state/apply.sh")" != "$(sha256sum < "$tree/apply.sh")" ]; then
    cp "$tree/apply.sh" "$state/apply.sh.part"
    mv -f "$state/apply.sh.part" "$state/apply.sh"
  fi
}
`,
};

/** For callers that die with Kubernetes, or that may be ended at any time. */
export const HAND_OVER: Step = {
  name: 'hand_over',
  title: 'with --detached: let systemd run the rest',
  text: shellText`
# The unit has a name that no file has: systemd makes no transient unit of another.
hand_over() {
  [ "$detached" = yes ] || return 0
  release
  code=0
  # shellcheck disable=SC2086 # $flags is a list of words
  systemd-run --quiet --collect --wait --pipe --unit=edgecdk-run \${root:+"--setenv=EDGECDK_ROOT=$root"} \
    /bin/sh "$state/apply.sh" \${artifacts:+--artifacts "$artifacts"} $flags || code=$?
  # What happened is read from the records: systemd-run has codes of its own, and the other run may have been an older one.
  [ "$code" != 0 ] || [ "$(first "$state/current")" != "$brought_digest" ] || leave 0
  case $(first "$state/failed") in "$brought_digest "*) leave 1 ;; esac
  case $code in 65 | 75 | 76) leave "$code" ;; esac
  later "systemd did not finish the run (code $code): journalctl -u edgecdk-run"
}
`,
};
