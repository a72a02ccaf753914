const calendarDate = /^(\d{4})-(\d{2})-(\d{2})$/;
/** RFC 3339 §5.6; its note allows a space for the `T` and lower case. */
const dateTime =
  /^(\d{4}-\d{2}-\d{2})[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The date that a text states: `YYYY-MM-DD`, or the date part, as written, of an RFC 3339 date-time. Null when it is
 * neither, or no day of the calendar. No other order is guessed at.
 */
export function parseIsoDate(text: string): string | null {
  const date = text.length === 10 ? text : dateTime.exec(text)?.[1];
  if (date === undefined) return null;
  const parts = calendarDate.exec(date);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= days ? date : null;
}
