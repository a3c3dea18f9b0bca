import { BRING_SECRETS } from './bring-secrets';
import { COMPARE } from './compare';
import { FETCH } from './fetch';
import { WRITE_FILES } from './files';
import { FINISH } from './finish';
import { head } from './head';
import { checkHealth, rollBack } from './health';
import { helpers } from './helpers';
import { lint } from './lint';
import { TAKE_LOCK } from './lock';
import { CHECK_DATA_DISK, KERNEL_ARGUMENTS, RESTART_MACHINE, WAIT_FOR_CLOCK } from './machine';
import { allOptions } from './options';
import { HAND_OVER, KEEP_PAYLOAD, readPayload } from './payload';
import { TELL_READERS } from './readers';
import { run } from './run';
import type { ScriptParts } from './script-parts';
import type { Step } from './shell-text';

/** The text of `apply.sh`, the same for every tree of a distribution: POSIX shell, for dash and for busybox. */
export function assembleScript(parts: ScriptParts): string {
  const { prepare, converge, settle } = phases(parts);
  const steps = scriptSteps(parts);
  const options = allOptions(parts);
  const sections = [
    head(parts, options, steps),
    section('What all steps use', helpers(parts.answersAt)),
    section('Reading a payload', readPayload(parts)),
    section('Fetching', FETCH),
    section(`What is ${parts.title}'s own`, [parts.helpers, ...Object.values(parts.hooks)].join('\n\n')),
    ...steps.map((step) => section(`Step ${step.name}: ${step.title}`, step.text)),
    section('Where the health check fails', rollBack(parts.title)),
    section('The run', run(options, { prepare, converge, settle })),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** All steps in the order in which they run. */
export function scriptSteps(parts: ScriptParts): Step[] {
  return Object.values(phases(parts)).flat();
}

function phases({ title, ownPaths, steps }: ScriptParts) {
  return {
    /** Settle what this run is about. Nothing outside of `/var/lib/edgecdk` changes, but that secrets arrive. */
    prepare: [
      lint(ownPaths),
      TAKE_LOCK,
      COMPARE,
      ...steps.look,
      WAIT_FOR_CLOCK,
      BRING_SECRETS,
      KEEP_PAYLOAD,
      HAND_OVER,
    ],
    /** Bring the machine to the payload; run again, with the payload before, where the last of them fails. */
    converge: [
      CHECK_DATA_DISK,
      KERNEL_ARGUMENTS,
      WRITE_FILES,
      TELL_READERS,
      ...steps.install,
      RESTART_MACHINE,
      ...steps.start,
      checkHealth(title),
    ],
    settle: [...steps.settle, FINISH],
  };
}

function section(title: string, text: string): string {
  return `# ---- ${title} ----\n\n${text}`;
}
