import { ExampleCopy } from './child-synth';

/** The example with a few of its sites, so that there is not much to copy. */
export function fewSites(): ExampleCopy {
  const copy = new ExampleCopy('grocer');
  // A superstore has eighty files, for its machines.
  const kept = { 'stores.csv': 20, 'superstores.csv': 2, 'depots.csv': 1, 'vans.csv': 3 };
  for (const [file, sites] of Object.entries(kept)) {
    copy.edit(
      file,
      (text) =>
        `${text
          .split('\n')
          .slice(0, sites + 1)
          .join('\n')}\n`,
    );
  }
  return copy;
}
