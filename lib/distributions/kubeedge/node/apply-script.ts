import { BRING_SECRETS } from '../../../render/node/script/bring-secrets';
import { COMPARE } from '../../../render/node/script/compare';
import { WRITE_FILES } from '../../../render/node/script/files';
import { HELPERS } from '../../../render/node/script/helpers';
import { INSTALL_K3S } from '../../../render/node/script/install';
import { LINT } from '../../../render/node/script/lint';
import { TAKE_LOCK } from '../../../render/node/script/lock';
import {
  CHECK_DATA_DISK,
  KERNEL_ARGUMENTS,
  RESTART_MACHINE,
  WAIT_FOR_CLOCK,
} from '../../../render/node/script/machine';
import { HAND_OVER, KEEP_PAYLOAD, READ_PAYLOAD } from '../../../render/node/script/payload';
import { TELL_READERS } from '../../../render/node/script/readers';
import { FINISH } from '../../../render/node/script/service';
import { type Step, shellText } from '../../../render/node/script/shell-text';
import { INSTALL_KUBEEDGE } from './steps/install';
import { LOOK_AROUND } from './steps/look';
import { OWN_READING } from './steps/own-reading';
import { START_RUNTIME } from './steps/runtime';
import { CHECK_EDGECORE, ROLL_BACK_EDGECORE, START_EDGECORE } from './steps/service';

/** Settle what this run is about. Nothing outside of `/var/lib/edgecdk` changes, but that secrets arrive. */
const PREPARE: readonly Step[] = [
  LINT,
  LOOK_AROUND,
  TAKE_LOCK,
  COMPARE,
  WAIT_FOR_CLOCK,
  BRING_SECRETS,
  KEEP_PAYLOAD,
  HAND_OVER,
];

/** Bring the machine to the payload; run again, with the payload before, where the last of them fails. */
const CONVERGE: readonly Step[] = [
  CHECK_DATA_DISK,
  KERNEL_ARGUMENTS,
  WRITE_FILES,
  TELL_READERS,
  INSTALL_KUBEEDGE,
  RESTART_MACHINE,
  START_RUNTIME,
  START_EDGECORE,
  CHECK_EDGECORE,
];

/** All steps in the order in which they run. */
export const KUBEEDGE_STEPS: readonly Step[] = [...PREPARE, ...CONVERGE, FINISH];

/** The text of `apply.sh` of a KubeEdge node, the same for every tree: POSIX shell, for dash and for busybox. */
export function kubeEdgeApplyScript(): string {
  const parts = [
    HEAD,
    section('What all steps use', HELPERS),
    section('Reading a payload', READ_PAYLOAD),
    // For "find_artifact" and "download".
    section('Fetching', INSTALL_K3S.text),
    ...KUBEEDGE_STEPS.map((step) => section(`Step ${step.name}: ${step.title}`, step.text)),
    section('KubeEdge in the place of K3s', OWN_READING),
    section('Where the health check fails', ROLL_BACK_EDGECORE),
    section('The run', MAIN),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return `# ---- ${title} ----\n\n${text}`;
}

function calls(steps: readonly Step[], indent: string): string {
  return steps.map((step) => `step=${step.name}; ${step.name}`).join(`\n${indent}`);
}

const longest = Math.max(...KUBEEDGE_STEPS.map((step) => step.name.length));

const HEAD = shellText`
#!/bin/sh
# shellcheck disable=SC2034,SC2317,SC2153,SC2329 # functions and settings are reached by name, too, and some are K3s's
#
# Brings this machine to the state that the node tree beside this file describes.
#
#   sh apply.sh [--identity DIR] [--artifacts DIR] [--detached] [--retry] [--reboot]
#
# Run it at any time and as often as you like. It may be interrupted anywhere, by a power cut too: the next run goes on.
# Where nothing is to be done, it does nothing. Its copy, /var/lib/edgecdk/apply.sh, has no tree beside it and goes on
# with the one that the machine has; it is what runs on every boot.
#
#   --identity DIR   what makes this machine itself; else ../identity beside the tree, else what the machine has
#   --artifacts DIR  archives of KubeEdge; else ../artifacts, /var/lib/edgecdk/artifacts or the labelled medium
#   --detached       let systemd run it: for callers that may be ended meanwhile, such as a pod
#   --retry          try a tree again that failed here
#   --reboot         restart the machine now, if a restart is owed; else one with work to do waits for its quiet hour
#
# Exit codes
#   0   done: the machine is as described, and healthy; if a restart of it is owed, that is said, and comes
#   1   the tree failed its health check, and the machine is back on the tree before it
#   65  refused: the message says why and what to do; the machine stays as it is
#   75  not yet: something is missing that may come; run it again
#   76  the machine restarts; it goes on afterwards
#
# Steps
${KUBEEDGE_STEPS.map((step) => `#   ${step.name.padEnd(longest)}  ${step.title}`).join('\n')}
`;

const MAIN = shellText`
read_options() {
  identity_option=
  artifacts=
  detached=no
  retry=no
  reboot=no
  flags=
  while [ $# -gt 0 ]; do
    case $1 in
      --identity | --artifacts)
        [ $# -gt 1 ] || refuse "$1 needs a folder"
        folder=$(cd "$2" && pwd) || refuse "$2 is no folder"
        [ "$1" = --artifacts ] || identity_option=$folder
        [ "$1" = --identity ] || artifacts=$folder
        shift
        ;;
      --detached) detached=yes ;;
      --retry) retry=yes flags="$flags $1" ;;
      --reboot) reboot=yes flags="$flags $1" ;;
      *) refuse "unknown option $1" ;;
    esac
    shift
  done
}

main() {
  read_options "$@"
  ${calls(PREPARE, '  ')}
  healthy=no
  until [ "$healthy" = yes ]; do
    ${calls(CONVERGE, '    ')}
    [ "$healthy" = yes ] || roll_back
  done
  ${calls([FINISH], '  ')}
}

# The last line, so that a file that was cut short does nothing.
main "$@"
`;
