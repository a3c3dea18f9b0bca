import type { Step } from '../../../render/node/script/shell-text';

/*
 * What all distributions share was written for K3s. Here are the places where it names it, each with what MicroK8s has there; what is left is told
 * from the name in messages alone.
 */

export function named(text: string): string {
  return text.replaceAll('K3s', 'MicroK8s').replaceAll('$K3S_VERSION', '$CHANNEL');
}

export function namedStep(step: Step, text = step.text): Step {
  return { name: step.name, title: named(step.title), text: named(text) };
}
