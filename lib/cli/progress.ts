import type { SynthProgress } from '../synth';

const words = { resolve: 'reading inventories', render: 'rendering', check: 'checking', write: 'writing' };

/** One line on a terminal that says what goes on; nothing where no one watches. */
export function progressLine(quiet: boolean): { show(progress: SynthProgress): void; clear(): void } {
  const { stderr } = process;
  if (quiet || stderr.isTTY !== true) return { show: () => {}, clear: () => {} };
  return {
    show: ({ step, done, total }) => stderr.write(`\r\x1b[K${words[step]}${total ? ` ${done}/${total} files` : ''}`),
    clear: () => stderr.write('\r\x1b[K'),
  };
}
