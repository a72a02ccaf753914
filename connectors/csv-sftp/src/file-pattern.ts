/** A folder on the server, and which of its files are meant. */
export interface FilePattern {
  /** As written, without a slash at its end; `.` where the pattern has no folder. */
  readonly folder: string;
  /**
   * The moment in a file's name, `2026-01-31` or `2026-01-31T06:30:00`: a later one is greater as text. Null for a file that
   * is not meant, or whose name holds no day of the calendar.
   */
  readonly stampOf: (name: string) => string | null;
}

/** Year, month and day in one of the usual orders, with one separator or none. */
const dateToken = /YYYY([-_.]?)MM\1DD|DD([-_.]?)MM\2YYYY|MM([-_.]?)DD\3YYYY/g;
const timeToken = 'HHmmss';

/**
 * Reads a pattern such as `uploads/hr_reports/people_report_YYYY-MM-DD.csv`. Its file name holds the date once, and may hold
 * the time as `HHmmss` behind or before it; everything else stands for itself, in its letter case.
 *
 * @throws TypeError that says what is wrong with the pattern
 */
export function parseFilePattern(pattern: string): FilePattern {
  const slash = pattern.lastIndexOf('/');
  const folder = slash < 0 ? '.' : pattern.slice(0, slash) || '/';
  const name = pattern.slice(slash + 1);
  if (/[\\\p{Cc}]/u.test(pattern)) throw new TypeError('must hold no backslash and no control character');
  const steps = folder.replace(/^\//, '').split('/');
  if (slash > 0 && steps.some((step) => ['', '.', '..'].includes(step))) {
    throw new TypeError('must name its folder without ".", ".." and empty steps');
  }
  const dates = [...name.matchAll(dateToken)];
  const [date] = dates;
  if (date === undefined || dates.length > 1) {
    throw new TypeError('must hold the date once in the file name, e.g. YYYY-MM-DD');
  }
  const times = name.split(timeToken).length - 1;
  if (times > 1) throw new TypeError('must hold HHmmss at most once');
  return { folder, stampOf: stampReader(name, date[0]) };
}

function stampReader(name: string, date: string): FilePattern['stampOf'] {
  const groups: Record<string, string> = {
    YYYY: String.raw`(?<year>\d{4})`,
    MM: String.raw`(?<month>\d{2})`,
    DD: String.raw`(?<day>\d{2})`,
    [timeToken]: String.raw`(?<time>\d{6})`,
  };
  const source = name
    .split(new RegExp(`(${escaped(date)}|${timeToken})`))
    .map((part) =>
      part === date
        ? part.replaceAll(/YYYY|MM|DD|[^YMD]+/g, (token) => groups[token] ?? escaped(token))
        : (groups[part] ?? escaped(part)),
    )
    .join('');
  const whole = new RegExp(`^${source}$`);
  return (given) => {
    const { year, month, day, time } = whole.exec(given)?.groups ?? {};
    if (year === undefined) return null;
    const text = `${year}-${month ?? ''}-${day ?? ''}`;
    if (!isDay(text)) return null;
    if (time === undefined) return text;
    const clock = time.replace(/(..)(..)(..)/, '$1:$2:$3');
    return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(clock) ? `${text}T${clock}` : null;
  };
}

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
