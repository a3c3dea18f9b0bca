export const exitCodes = { good: 0, problems: 1, usage: 2 } as const;

/** For the end of every help. */
export const exitCodesHelp = `
Exit codes:
  0  good
  1  problems in the fleet; nothing was written
  2  the command was not understood
`;

/** The command was called in a way that cannot be meant. */
export class UsageError extends Error {}

/** The program is wrong, not the fleet in it. */
export class ProgramError extends Error {}
