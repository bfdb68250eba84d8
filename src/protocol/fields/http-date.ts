const Months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_DAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const MONTH = `(?<month>${Months.join('|')})`;
const TIME = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';

/** The three forms of a date. RFC 9110 §5.6.7: only the first may be sent, all have to be read. */
const Forms = {
  'imf-fixdate': new RegExp(`^${DAY}, (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  rfc850: new RegExp(`^${LONG_DAY}, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`),
  asctime: new RegExp(`^${DAY} ${MONTH} (?<day>\\d{2}| \\d) ${TIME} (?<year>\\d{4})$`),
} as const;

/** A date, and the form that it was written in. */
export type HttpDate = { readonly ms: number; readonly form: keyof typeof Forms };

/**
 * Parses the value of `Date`, `Expires`, `Last-Modified` and the like. RFC 9110 §5.6.7.
 *
 * @param nowMs tells the century of a year of two digits: one that seems more than 50 years ahead is past
 * @returns `undefined` for anything else, `Date.parse` takes much that is no HTTP date.
 */
export function parseHttpDate(fieldValue: string, nowMs: number): HttpDate | undefined {
  for (const [form, pattern] of Object.entries(Forms)) {
    const parts = pattern.exec(fieldValue)?.groups;
    if (parts === undefined) continue;
    const ms = toMs(parts, nowMs);
    return ms === undefined ? undefined : { ms, form: form as HttpDate['form'] };
  }
  return undefined;
}

function toMs(parts: Record<string, string>, nowMs: number): number | undefined {
  const [day, hour, minute, second] = ['day', 'hour', 'minute', 'second'].map((name) =>
    Number(parts[name]),
  ) as [number, number, number, number];
  const month = Months.indexOf(parts['month'] ?? '');
  const year = fullYear(parts['year'] ?? '', nowMs);
  // 60 is a leap second, which Date.UTC takes for the next minute's first.
  if (day < 1 || hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  // A 31st of June would have become a day of July.
  if (date.getUTCMonth() !== month) return undefined;
  return date.setUTCHours(hour, minute, second);
}

function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits);
  const now = new Date(nowMs).getUTCFullYear();
  const year = Math.floor(now / 100) * 100 + Number(digits);
  return year > now + 50 ? year - 100 : year;
}
