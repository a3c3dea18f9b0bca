import { BRING_SECRETS } from './bring-secrets';
import { COMPARE } from './compare';
import { WRITE_FILES } from './files';
import { JOIN_OR_INITIALISE } from './first-server';
import { HELPERS } from './helpers';
import { INSTALL_K3S } from './install';
import { LINT } from './lint';
import { TAKE_LOCK } from './lock';
import { CHECK_DATA_DISK, KERNEL_ARGUMENTS, RESTART_MACHINE, WAIT_FOR_CLOCK } from './machine';
import { HAND_OVER, KEEP_PAYLOAD, READ_PAYLOAD } from './payload';
import { TELL_READERS } from './readers';
import { NOTE_RESTORE, RESTORE } from './restore';
import { CHECK_HEALTH, FINISH, ROLL_BACK, START_K3S } from './service';
import { type Step, shellText } from './shell-text';

/** Settle what this run is about. Nothing outside of `/var/lib/edgecdk` changes, but that secrets arrive. */
const PREPARE: readonly Step[] = [
  LINT,
  TAKE_LOCK,
  COMPARE,
  NOTE_RESTORE,
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
  // Before the restart, so that a medium may be pulled out by then.
  INSTALL_K3S,
  RESTART_MACHINE,
  RESTORE,
  JOIN_OR_INITIALISE,
  START_K3S,
  CHECK_HEALTH,
];

/** All steps in the order in which they run. */
export const STEPS: readonly Step[] = [...PREPARE, ...CONVERGE, FINISH];

/** What `apply.sh` ends with. */
export const EXIT_CODES = {
  /** The machine is as described, and healthy. */
  done: 0,
  /** The tree failed its health check, and the machine is back on the tree before it. */
  rolledBack: 1,
  /** The machine or the payload is not as it must be; the machine stays as it is. */
  refused: 65,
  /** Something is missing that may come; to be run again. */
  later: 75,
  /** The machine restarts, and the run goes on afterwards. */
  rebooting: 76,
} as const;

/** The text of `apply.sh`, the same for every tree: POSIX shell, for dash and for busybox. */
export function applyScript(): string {
  const parts = [
    HEAD,
    section('What all steps use', HELPERS),
    section('Reading a payload', READ_PAYLOAD),
    ...STEPS.map((step) => section(`Step ${step.name}: ${step.title}`, step.text)),
    section('Where the health check fails', ROLL_BACK),
    section('The run', MAIN),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return `# ---- ${title} ----\n\n${text}`;
}

/** The function names its step first, so that a message can say where a run was cut short. */
function calls(steps: readonly Step[], indent: string): string {
  return steps.map((step) => `step=${step.name}; ${step.name}`).join(`\n${indent}`);
}

const longest = Math.max(...STEPS.map((step) => step.name.length));

const HEAD = shellText`
#!/bin/sh
# shellcheck disable=SC2317,SC2153 # functions and settings are reached by name, too
#
# Brings this machine to the state that the node tree beside this file describes.
#
#   sh apply.sh [--identity DIR] [--artifacts DIR] [--detached] [--retry] [--reboot] [--restore COPY | --initialise]
#
# Run it at any time and as often as you like. It may be interrupted anywhere, by a power cut too: the next run goes on.
# Where nothing is to be done, it does nothing. Its copy, /var/lib/edgecdk/apply.sh, has no tree beside it and goes on
# with the one that the machine has; it is what runs on every boot.
#
# A tree alone is enough for a machine that has an identity: "sh apply.sh" in the tree's folder keeps who the machine is
# and changes what it is to be. The tree may go afterwards, for the machine keeps a copy. On code 1 the machine is on the
# tree before it, with the same identity, and the tree that failed is tried again in the quiet hour, where it is brought
# after the next boot, or with --retry. So a carrier that brings trees runs "sh apply.sh --detached" and looks at the code.
#
#   --identity DIR   what makes this machine itself; else ../identity beside the tree, else what the machine has
#   --artifacts DIR  binary and images of K3s; else ../artifacts, /var/lib/edgecdk/artifacts or the labelled medium
#   --detached       let systemd run it: for callers that may be ended meanwhile, such as a pod
#   --retry          try a tree again that failed here
#   --reboot         restart the machine now, if a restart is owed; else one with work to do waits for its quiet hour
#   --restore COPY   before the first start of a server that lost its database: take it from a copy. COPY is a folder of
#                    copies (the newest is taken), one copy of it, or the name of a snapshot in the cluster's bucket
#   --initialise     begin a new cluster on this server, whatever its rank and generation: after the loss of all servers
#
# Exit codes
#   0   done: the machine is as described, and healthy; if a restart of it is owed, that is said, and comes
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
#   started          role and name, from the first start of K3s on; from then on, some things cannot be changed
#   pending/         a restart of K3s or of the machine that is owed, and who must read a file again
#   binary           version and checksum of the K3s that was healthy last, to be fetched again where it is damaged
#   restore          the copy that is being restored
#   turn             this server asked for the turn to restart K3s, and gives it back
#   rebooted         the kernel arguments that the machine was restarted for
#
# Steps
${STEPS.map((step) => `#   ${step.name.padEnd(longest)}  ${step.title}`).join('\n')}
`;

const MAIN = shellText`
read_options() {
  identity_option=
  artifacts=
  detached=no
  retry=no
  initialise=no
  reboot=no
  restore_option=
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
      --restore)
        [ $# -gt 1 ] || refuse '--restore needs a copy'
        restore_option=\${2%/}
        [ ! -e "$2" ] || restore_option=$(cd "$(dirname "$restore_option")" && pwd)/\${restore_option##*/}
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
  [ -z "$restore_option" ] || [ "$initialise" = no ] || refuse 'either --restore or --initialise'
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
