const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, `days` after `day`. */
export function isoDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
