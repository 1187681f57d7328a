import type { Language } from '../app/config';

export interface Formats {
  /** Relative up to seven days, then the date; always absolute where the reader wants that. */
  when(at: string, now?: number): string;
  /** Date and time, as 24 Nov 2026, 08:05. */
  absolute(at: string): string;
  date(at: string): string;
  /** A day of the calendar, as yyyy-MM-dd: it is the same day wherever its reader is. */
  day(day: string): string;
  /** A duration in its largest fitting unit, as "1 h 20 min". */
  duration(milliseconds: number): string;
  size(bytes: number): string;
  number(value: number): string;
}

const minute = 60_000;
const hour = 60 * minute;
const oneDay = 24 * hour;

export function formats(language: Language, absoluteTimes: boolean): Formats {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const absolute = new Intl.DateTimeFormat(locale, language === 'de'
    ? { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const dateParts = language === 'de' ? ({ day: '2-digit', month: '2-digit', year: 'numeric' } as const) : ({ day: 'numeric', month: 'short', year: 'numeric' } as const);
  const date = new Intl.DateTimeFormat(locale, dateParts);
  const day = new Intl.DateTimeFormat(locale, { ...dateParts, timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const fraction = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

  return {
    when(at, now = Date.now()) {
      const ago = new Date(at).getTime() - now;
      const size = Math.abs(ago);
      if (absoluteTimes) return absolute.format(new Date(at));
      if (size < minute) return relative.format(0, 'second');
      if (size < hour) return relative.format(Math.trunc(ago / minute), 'minute');
      if (size < oneDay) return relative.format(Math.trunc(ago / hour), 'hour');
      if (size < 7 * oneDay) return relative.format(Math.trunc(ago / oneDay), 'day');
      return date.format(new Date(at));
    },
    absolute: (at) => absolute.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    duration(milliseconds) {
      const size = Math.abs(milliseconds);
      if (size < hour) return `${Math.max(1, Math.round(size / minute))} min`;
      if (size < oneDay) {
        const minutes = Math.floor((size % hour) / minute);
        return minutes === 0 ? `${Math.floor(size / hour)} h` : `${Math.floor(size / hour)} h ${minutes} min`;
      }
      const days = Math.floor(size / oneDay);
      const hours = Math.floor((size % oneDay) / hour);
      const word = language === 'de' ? (days === 1 ? 'Tag' : 'Tage') : days === 1 ? 'day' : 'days';
      return hours === 0 || days >= 7 ? `${days} ${word}` : `${days} ${word} ${hours} h`;
    },
    size(bytes) {
      if (bytes < 1024) return `${number.format(bytes)} B`;
      if (bytes < 1024 * 1024) return `${fraction.format(bytes / 1024)} KiB`;
      return `${fraction.format(bytes / 1024 / 1024)} MiB`;
    },
    number: (value) => number.format(value),
  };
}
