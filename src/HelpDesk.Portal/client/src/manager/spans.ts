import type { Span } from '../api/reports';

const day = 24 * 60 * 60 * 1000;
/** The API counts no more at once. */
export const longestSpan = 400;

/** The last days including today, by the calendar of UTC that the API has. */
export function lastDays(days: number, now: number): Span {
  return { from: isoDay(now - (days - 1) * day), to: isoDay(now) };
}

export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** How many days a span has; NaN where one of them is no date. */
export function daysOf({ from, to }: Span): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day) + 1;
}

export function isUsable(span: Span): boolean {
  const days = daysOf(span);
  return days >= 1 && days <= longestSpan;
}
