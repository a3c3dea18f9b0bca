import type { ScriptOption } from './options';
import { type Step, shellText } from './shell-text';

interface Phases {
  readonly prepare: readonly Step[];
  readonly converge: readonly Step[];
  readonly settle: readonly Step[];
}

/** Reading the options, and the run. */
export function run(options: readonly ScriptOption[], { prepare, converge, settle }: Phases): string {
  const absent = options.map((option) => option.absent);
  const branches = options.map((option) => option.branch);
  return shellText`
read_options() {
  flags=
  ${indented(absent, '  ')}
  while [ $# -gt 0 ]; do
    case $1 in
      ${indented(branches, '      ')}
      *) refuse "unknown option $1" ;;
    esac
    shift
  done
}

# folder_of OPTION DIR: sets folder to its whole path.
folder_of() {
  [ $# -gt 1 ] || refuse "$1 needs a folder"
  folder=$(cd "$2" && pwd) || refuse "$2 is no folder"
}

main() {
  read_options "$@"
  ${indented(prepare.map(call), '  ')}
  healthy=no
  until [ "$healthy" = yes ]; do
    ${indented(converge.map(call), '    ')}
    [ "$healthy" = yes ] || roll_back
  done
  ${indented(settle.map(call), '  ')}
}

# The last line, so that a file that was cut short does nothing.
main "$@"
`;
}

/** The function names its step first, so that a message can say where a run was cut short. */
function call({ name }: Step): string {
  return `step=${name}; ${name}`;
}

function indented(texts: readonly string[], indent: string): string {
  return texts.flatMap((text) => text.split('\n')).join(`\n${indent}`);
}
