const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of the month, month, day of the week. */
const fields: readonly { readonly from: number; readonly to: number; readonly names?: readonly string[] }[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: months },
  { from: 0, to: 6, names: weekdays },
];

/** A schedule as the CronJob controller reads it. @see https://pkg.go.dev/github.com/robfig/cron/v3, CRON Expression Format */
export function isCron(text: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return true;
  if (/^@every (\d+(\.\d+)?(h|m|s|ms))+$/.test(text)) return true;
  const given = text.split(' ').filter((field) => field !== '');
  return given.length === fields.length && fields.every((_, i) => isField(given[i] ?? '', i));
}

function isField(text: string, index: number): boolean {
  return text.split(',').every((item) => isItem(item, index));
}

function isItem(item: string, index: number): boolean {
  const match = /^(\*|\?|[0-9a-z]+(?:-[0-9a-z]+)?)(?:\/(\d+))?$/i.exec(item);
  if (!match) return false;
  const [, range = '', step] = match;
  if (step !== undefined && Number(step) < 1) return false;
  if (range === '*' || range === '?') return true;
  const [first = Number.NaN, last = first] = range.split('-').map((value) => position(value, index));
  return first <= last;
}

/** The number of a day, month ..., NaN outside of the field's range. */
function position(value: string, index: number): number {
  const { from = 0, to = 0, names = [] } = fields[index] ?? {};
  const named = names.indexOf(value.toLowerCase());
  const n = named === -1 ? Number(/^\d+$/.test(value) ? value : Number.NaN) : named + from;
  return n >= from && n <= to ? n : Number.NaN;
}
