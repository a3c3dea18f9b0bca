import { shellText } from './shell-text';

/** An option of `apply.sh`. */
export interface ScriptOption {
  /** As people write it: `--restore COPY`. */
  readonly usage: string;
  /** What it does, in lines. */
  readonly help: readonly string[];
  /** Shell text for where it is not there: `retry=no`. */
  readonly absent: string;
  /** The branch of a `case` that takes it: `$1` is the option, `$2` what follows. */
  readonly branch: string;
}

/** Those of every distribution, and `own` ones behind them. */
export function allOptions({
  artifacts,
  options,
}: {
  readonly artifacts: string;
  readonly options: readonly ScriptOption[];
}): ScriptOption[] {
  return [
    {
      usage: '--identity DIR',
      help: ['what makes this machine itself; else ../identity beside the tree, else what the machine has'],
      absent: 'identity_option=',
      branch: shellText`
--identity)
  folder_of "$@"
  identity_option=$folder
  shift
  ;;
`,
    },
    {
      usage: '--artifacts DIR',
      help: [`${artifacts}; else ../artifacts, /var/lib/edgecdk/artifacts or the labelled medium`],
      absent: 'artifacts=',
      branch: shellText`
--artifacts)
  folder_of "$@"
  artifacts=$folder
  shift
  ;;
`,
    },
    {
      usage: '--detached',
      help: ['let systemd run it: for callers that may be ended meanwhile, such as a pod'],
      absent: 'detached=no',
      branch: '--detached) detached=yes ;;',
    },
    {
      usage: '--retry',
      help: ['try a tree again that failed here'],
      absent: 'retry=no',
      branch: '--retry) retry=yes flags="$flags $1" ;;',
    },
    {
      usage: '--reboot',
      help: ['restart the machine now, if a restart is owed; else one with work to do waits for its quiet hour'],
      absent: 'reboot=no',
      branch: '--reboot) reboot=yes flags="$flags $1" ;;',
    },
    ...options,
  ];
}

/** For distributions whose clusters begin with one of their machines. */
export const INITIALISE: ScriptOption = {
  usage: '--initialise',
  help: ['begin a new cluster on this server, whatever its rank and generation: after the loss of all servers'],
  absent: 'initialise=no',
  branch: '--initialise) initialise=yes flags="$flags $1" ;;',
};
