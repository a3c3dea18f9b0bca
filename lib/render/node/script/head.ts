import type { ScriptOption } from './options';
import type { ScriptParts } from './script-parts';
import { type Step, shellText } from './shell-text';

/** What stands at the head of the script, for the technician. */
export function head(
  { title, records }: ScriptParts,
  options: readonly ScriptOption[],
  steps: readonly Step[],
): string {
  const all = [
    ['payloads/DIGEST', 'a tree and an identity, as a checked copy'],
    ['current', 'digest of the payload that this machine is being brought to'],
    ['applied', 'digest of the last one with which it was healthy: the one to go back to'],
    ['previous', 'digest of the one before that'],
    ['failed', 'digest of one that failed, with boot and time'],
    ['installed', 'what was written, as lines of the manifest; nothing else is ever removed'],
    ['started', `role and name, from the first start of ${title} on; from then on, some things cannot be changed`],
    ['pending/', `a restart of ${title} or of the machine that is owed, and who must read a file again`],
    ['rebooted', 'the kernel arguments that the machine was restarted for'],
    ...records,
  ] as const;
  return shellText`
#!/bin/sh
# shellcheck disable=SC2317,SC2153,SC2329 # functions and settings are reached by name, too
#
# Brings this machine to the state that the node tree beside this file describes.
#
#   sh apply.sh ${options.map(({ usage }) => `[${usage}]`).join(' ')}
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
${table(options.map(({ usage, help }) => [usage, ...help]))}
#
# Exit codes
#   0   done: the machine is as described, and healthy; what is still owed, such as a restart of it, is said, and comes
#   1   the tree failed its health check, and the machine is back on the tree before it
#   65  refused: the message says why and what to do; the machine stays as it is
#   75  not yet: something is missing that may come; run it again
#   76  the machine restarts; it goes on afterwards
#
# Records, in /var/lib/edgecdk
${table(all)}
#
# Steps
${table(steps.map((step) => [step.name, step.title]))}
`;
}

/** Lines of a comment: what is first in each row, and behind it, in a column, the others. */
function table(rows: ReadonlyArray<readonly string[]>): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows
    .flatMap(([first = '', ...others]) =>
      others.map((text, at) => `#   ${(at === 0 ? first : '').padEnd(width)}  ${text}`),
    )
    .join('\n');
}
