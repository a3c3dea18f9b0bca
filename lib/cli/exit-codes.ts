export const exitCodes = { good: 0, problems: 1, usage: 2 } as const;

/** The command was called in a way that cannot be meant. */
export class UsageError extends Error {}

/** The program is wrong, not the fleet in it. */
export class ProgramError extends Error {}
