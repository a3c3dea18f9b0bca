import { K3S_TRAPS } from './k3s';
import { KUBEEDGE_TRAPS } from './kubeedge';
import { KUBEEDGE_REPORTS } from './kubeedge-reports';
import { MICROK8S_TRAPS } from './microk8s';
import type { CoveringTest, Trap } from './trap';

export interface TrapList {
  readonly title: string;
  readonly distribution: string;
  /** In front of the number. */
  readonly letter: string;
  readonly traps: readonly Trap[];
}

export const TRAP_LISTS: readonly TrapList[] = [
  { title: 'K3s', distribution: 'K3s', letter: '', traps: K3S_TRAPS },
  { title: 'MicroK8s', distribution: 'MicroK8s', letter: '', traps: MICROK8S_TRAPS },
  { title: 'KubeEdge', distribution: 'KubeEdge', letter: 'E', traps: KUBEEDGE_TRAPS },
  { title: 'KubeEdge, as reported by users', distribution: 'KubeEdge', letter: 'R', traps: KUBEEDGE_REPORTS },
];

const HEAD = `# Traps

What a generator of files can fall into, with each distribution, and what keeps EdgeCDK from it. The numbers of K3s and MicroK8s go on in one row, those of KubeEdge begin anew (E),
and R are failures that users of KubeEdge reported.

What prevents a trap is the strongest of these: a **type** (it does not compile), **construction** (nothing that is written has it), an **error** or a **warning** of \`synth\`, or what
is **documented**. A test that has a table is named with the row that counts, or with \`%s\` in its title where all rows do.

This page is made by \`npm run docs\` from test/docs/traps; a test holds that each test of it exists.
`;

/** docs/traps.md */
export function printTraps(lists: readonly TrapList[] = TRAP_LISTS): string {
  return [HEAD, ...lists.map(printList)].join('\n');
}

function printList({ title, distribution, letter, traps }: TrapList): string {
  const rows = traps.map(
    ({ number, on = distribution, trap, by, how, tests, decided }) =>
      `| ${letter}${number} | ${on} | ${trap} | **${by}**: ${how} | ${[...tests.map(printTest), ...(decided ? [`${decided.why}: \`${decided.file}\``] : [])].join('<br>')} |`,
  );
  return `## ${title}\n\n| # | distribution | trap | prevented by | shown by |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function printTest({ file, title, row }: CoveringTest): string {
  return `\`${file}\`: ${row === undefined ? '' : `${plain(row)}, in `}“${plain(title)}”`;
}

/** No sign of Markdown in it. */
function plain(text: string): string {
  return text.replaceAll(/[|*_<`]/g, (sign) => `\\${sign}`);
}
