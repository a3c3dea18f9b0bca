import { blocksOf, readDoc } from './markdown';

/** A numbered step of a text, or the text of a section that has none (number 0). */
export interface Step {
  /** Heading of the section; '' before the first. */
  readonly section: string;
  readonly number: number;
  readonly text: string;
  /** Lines of its blocks of shell. */
  readonly commands: readonly string[];
}

/** Of a text in docs, by its path there. */
export function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  let section = '';
  for (const part of readDoc(path).split(/^(?=## |\d+\. )/m)) {
    const heading = /^## (.*)$/m.exec(part)?.[1];
    if (heading !== undefined) section = heading;
    const number = Number(/^(\d+)\. /.exec(part)?.[1] ?? 0);
    const commands = blocksOf(part)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trimEnd().split('\n'));
    steps.push({ section, number, text: part, commands });
  }
  return steps;
}

/** Who runs a line: `edgecdk` and the scripts on machines and media are ours, a few run where the program is, all others are the operator's. */
export function ownerOf(command: string): 'edgecdk' | 'script' | 'local' | 'operator' {
  if (/^edgecdk /.test(command)) return 'edgecdk';
  if (/^sudo sh (\S*\/(apply|begin)\.sh |install\.sh$)/.test(command)) return 'script';
  if (/^(mkdir|cp|openssl|tar) /.test(command)) return 'local';
  if (
    /^(kubectl|ssh|scp|ansible-playbook|docker (pull|save)|sudo (systemctl|k3s|microk8s|mv|install|rm -f|rm -r|sh -c '.* k3s )\b) ?/.test(
      command,
    )
  )
    return 'operator';
  throw new Error(`no test knows the command ${command}`);
}
