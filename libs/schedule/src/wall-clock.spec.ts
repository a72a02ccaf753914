/** What a person looking at a clock on the wall would expect of a schedule, worked out minute by minute. */

export const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** Minutes and hours of a cron expression; null stands for `*`. */
export interface TimesOfDay {
  minutes: readonly number[];
  hours: readonly number[] | null;
  weekdays: readonly number[] | null;
}

/** A minute as a zone's clocks show it. */
interface WallMinute {
  ms: number;
  /** Days since 1970 on the zone's calendar. */
  day: number;
  minuteOfDay: number;
}

/** Four days around a day on which a zone's clocks change, or do not. */
export interface ClockChange {
  timeZone: string;
  fromMs: number;
  toMs: number;
  wall: readonly WallMinute[];
}

function around(timeZone: string, date: string): ClockChange {
  const fromMs = Date.parse(`${date}T00:00:00Z`) - 2 * dayMs;
  const toMs = fromMs + 4 * dayMs;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const wall: WallMinute[] = [];
  // From a day before, so that what the window's first minutes follow is known.
  for (let ms = fromMs - dayMs; ms < toMs + dayMs; ms += minuteMs) {
    const [date_ = '', time = ''] = format.format(ms).split(', ');
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    wall.push({ ms, day: Date.parse(`${date_}T00:00:00Z`) / dayMs, minuteOfDay: hour * 60 + minute });
  }
  return { timeZone, fromMs, toMs, wall };
}

export const clockChanges: readonly ClockChange[] = [
  around('Europe/Berlin', '2026-03-29'),
  around('Europe/Berlin', '2026-10-25'),
  around('America/New_York', '2026-03-08'),
  around('America/New_York', '2026-11-01'),
  around('Australia/Lord_Howe', '2026-10-04'),
  around('Australia/Lord_Howe', '2026-04-05'),
  around('Africa/Casablanca', '2026-02-15'),
  around('America/Santiago', '2026-09-06'),
  around('America/Santiago', '2026-04-05'),
  around('Asia/Kolkata', '2026-06-15'),
  around('Pacific/Apia', '2026-09-27'),
];

/**
 * Every run in the window. With `*` for hours, each real minute that fits. Else each day has its times once: the first time
 * that the clocks show them, and those that they skip at the first minute after the gap.
 */
export function expectedRuns({ wall, fromMs, toMs }: ClockChange, times: TimesOfDay): number[] {
  const fitsDay = (day: number): boolean => times.weekdays?.includes((day + 4) % 7) ?? true;
  const runs = new Set<number>();
  if (times.hours === null) {
    for (const { ms, day, minuteOfDay } of wall) {
      if (fitsDay(day) && times.minutes.includes(minuteOfDay % 60)) runs.add(ms);
    }
  } else {
    const wanted = times.hours.flatMap((hour) => times.minutes.map((minute) => hour * 60 + minute));
    const days = new Set(wall.map(({ day }) => day));
    for (const day of days) {
      for (const minuteOfDay of wanted) {
        const shown = wall.find((minute) => minute.day === day && minute.minuteOfDay >= minuteOfDay);
        if (shown !== undefined && fitsDay(day)) runs.add(shown.ms);
      }
    }
  }
  return [...runs].filter((ms) => ms >= fromMs && ms < toMs).sort((a, b) => a - b);
}
