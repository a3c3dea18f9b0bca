/** What `apply.sh` ends with, of every distribution. */
export const EXIT_CODES = {
  /** The machine is as described, and healthy. */
  done: 0,
  /** The tree failed its health check, and the machine is back on the tree before it. */
  rolledBack: 1,
  /** The machine or the payload is not as it must be; the machine stays as it is. */
  refused: 65,
  /** Something is missing that may come; to be run again. */
  later: 75,
  /** The machine restarts, and the run goes on afterwards. */
  rebooting: 76,
} as const;
