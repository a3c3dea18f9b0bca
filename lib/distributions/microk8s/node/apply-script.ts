import { BRING_SECRETS } from '../../../render/node/script/bring-secrets';
import { WRITE_FILES } from '../../../render/node/script/files';
import { TAKE_LOCK } from '../../../render/node/script/lock';
import {
  CHECK_DATA_DISK,
  KERNEL_ARGUMENTS,
  RESTART_MACHINE,
  WAIT_FOR_CLOCK,
} from '../../../render/node/script/machine';
import { HAND_OVER, KEEP_PAYLOAD } from '../../../render/node/script/payload';
import { TELL_READERS } from '../../../render/node/script/readers';
import { type Step, shellText } from '../../../render/node/script/shell-text';
import { MICROK8S_HELPERS, MICROK8S_READ_PAYLOAD } from './shared-helpers';
import { MICROK8S_LINT } from './shared-lint';
import { namedStep } from './shared-names';
import { MICROK8S_CHECK_HEALTH, MICROK8S_COMPARE, MICROK8S_FINISH, MICROK8S_ROLL_BACK } from './shared-steps';
import { FETCH_SNAPS, INSTALL_SNAP } from './steps/install-snap';
import { JOIN_CLUSTER } from './steps/join-cluster';
import { LAUNCH_SETTINGS } from './steps/launch-settings';
import { COME_BACK, MOVE_CHANNEL } from './steps/move-channel';
import { NAME_MACHINE } from './steps/name-machine';
import { OPEN_PORTS } from './steps/open-ports';
import { SETTLE_CLUSTER } from './steps/settle-cluster';
import { START_MICROK8S } from './steps/start-microk8s';
import { WAIT_FOR_CLUSTER } from './steps/wait-for-cluster';

/** Settle what this run is about. Nothing outside of `/var/lib/edgecdk` changes, but that secrets arrive. */
const PREPARE: readonly Step[] = [
  MICROK8S_LINT,
  TAKE_LOCK,
  MICROK8S_COMPARE,
  namedStep(WAIT_FOR_CLOCK),
  namedStep(BRING_SECRETS),
  namedStep(KEEP_PAYLOAD),
  namedStep(HAND_OVER),
];

/** Bring the machine to the payload; run again, with the payload before, where the last of them fails. */
const CONVERGE: readonly Step[] = [
  namedStep(CHECK_DATA_DISK),
  namedStep(KERNEL_ARGUMENTS),
  namedStep(WRITE_FILES),
  namedStep(TELL_READERS),
  NAME_MACHINE,
  OPEN_PORTS,
  FETCH_SNAPS,
  // Installing starts it, too: with kernel arguments missing, it would start without them.
  namedStep(RESTART_MACHINE),
  WAIT_FOR_CLUSTER,
  INSTALL_SNAP,
  JOIN_CLUSTER,
  MOVE_CHANNEL,
  // Behind the move: an argument that the later release no longer has goes, even if nothing else starts with it.
  LAUNCH_SETTINGS,
  START_MICROK8S,
  MICROK8S_CHECK_HEALTH,
];

const CLOSE: readonly Step[] = [COME_BACK, SETTLE_CLUSTER, MICROK8S_FINISH];

/** All steps in the order in which they run. */
export const MICROK8S_STEPS: readonly Step[] = [...PREPARE, ...CONVERGE, ...CLOSE];

/** The steps that no other distribution has. */
export const MICROK8S_OWN_STEPS: readonly Step[] = [
  NAME_MACHINE,
  OPEN_PORTS,
  FETCH_SNAPS,
  WAIT_FOR_CLUSTER,
  INSTALL_SNAP,
  JOIN_CLUSTER,
  MOVE_CHANNEL,
  LAUNCH_SETTINGS,
  START_MICROK8S,
  COME_BACK,
  SETTLE_CLUSTER,
];

let printed: string | undefined;

/** The text of `apply.sh` for trees of MicroK8s, the same for all of them: POSIX shell, for dash and for busybox. Its exit codes are those of every `apply.sh`. */
export function microk8sApplyScript(): string {
  printed ??= `${[
    HEAD,
    section('What all steps use', MICROK8S_HELPERS),
    section('Reading a payload', MICROK8S_READ_PAYLOAD),
    ...MICROK8S_STEPS.map((step) => section(`Step ${step.name}: ${step.title}`, step.text)),
    section('Where the health check fails', MICROK8S_ROLL_BACK),
    section('The run', MAIN),
  ].join('\n\n')}\n`;
  return printed;
}

function section(title: string, text: string): string {
  return `# ---- ${title} ----\n\n${text}`;
}

/** The function names its step first, so that a message can say where a run was cut short. */
function calls(steps: readonly Step[], indent: string): string {
  return steps.map((step) => `step=${step.name}; ${step.name}`).join(`\n${indent}`);
}

const longest = Math.max(...MICROK8S_STEPS.map((step) => step.name.length));

const HEAD = shellText`
#!/bin/sh
# shellcheck disable=SC2317,SC2153 # functions and settings are reached by name, too
#
# Brings this machine to the state that the node tree beside this file describes.
#
#   sh apply.sh [--identity DIR] [--artifacts DIR] [--detached] [--retry] [--reboot] [--initialise]
#
# Run it at any time and as often as you like. It may be interrupted anywhere, by a power cut too: the next run goes on.
# Where nothing is to be done, it does nothing. Its copy, /var/lib/edgecdk/apply.sh, has no tree beside it and goes on
# with the one that the machine has; it is what runs on every boot.
#
#   --identity DIR   what makes this machine itself; else ../identity beside the tree, else what the machine has
#   --artifacts DIR  snaps and images; else ../artifacts, /var/lib/edgecdk/artifacts or the labelled medium
#   --detached       let systemd run it: for callers that may be ended meanwhile, such as a pod
#   --retry          try a tree again that failed here
#   --reboot         restart the machine now, if a restart is owed; else one with work to do waits for its quiet hour
#   --initialise     begin a new cluster on this server, whatever its rank and generation: after the loss of all servers
#
# Exit codes
#   0   done: the machine is as described, and healthy; what waits for other machines is said, and looked at again
#   1   the tree failed its health check, and the machine is back on the tree before it
#   65  refused: the message says why and what to do; the machine stays as it is
#   75  not yet: something is missing that may come; run it again
#   76  the machine restarts; it goes on afterwards
#
# Records, in /var/lib/edgecdk
#   payloads/DIGEST  a tree and an identity, as a checked copy
#   current          digest of the payload that this machine is being brought to
#   applied          digest of the last one with which it was healthy: the one to go back to
#   previous         digest of the one before that
#   failed           digest of one that failed, with boot and time
#   installed        what was written, as lines of the manifest; nothing else is ever removed
#   started          role and name, from the first start on; from then on, some things cannot be changed
#   pending/         what is owed: a restart, a file that must be read again, and what waits for other machines (settle)
#   began, heard     whether this machine's cluster is that of the site, or there is one to join
#   installing       the settings with which the snap is being installed
#   channel          the channel of the snap, with its revision where it came as a file
#   launched         digest of the settings that MicroK8s has; launch.undo takes them back
#   names            digest of what its certificate was made with
#   moving           the machine is on its way to another channel; whether it was cordoned before
#   labels, addons   what was given to the cluster
#   rebooted         the kernel arguments that the machine was restarted for
#
# Steps
${MICROK8S_STEPS.map((step) => `#   ${step.name.padEnd(longest)}  ${step.title}`).join('\n')}
`;

const MAIN = shellText`
read_options() {
  identity_option=
  artifacts=
  detached=no
  retry=no
  initialise=no
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
      --initialise) initialise=yes flags="$flags $1" ;;
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
  ${calls(CLOSE, '  ')}
}

# The last line, so that a file that was cut short does nothing.
main "$@"
`;
