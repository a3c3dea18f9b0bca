/**
 * When K3s or a machine may be restarted where nobody says otherwise, in the site's time. The clock skips no such hour when summer begins, neither in
 * Europe (01:00 to 04:00, by time zone) nor in America (02:00 to 03:00).
 */
export const DEFAULT_QUIET_HOUR = '04:30';

/** `04:30`: 24 hours, always of five characters, so that times compare as texts. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
