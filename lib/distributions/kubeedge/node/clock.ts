/** A clock after this day is wrong: one that runs on rubbish often shows a year far ahead. */
export function clockNotAfter(lockedOn: string): string {
  return `${Number(lockedOn.slice(0, 4)) + 20}${lockedOn.slice(4)}`;
}
