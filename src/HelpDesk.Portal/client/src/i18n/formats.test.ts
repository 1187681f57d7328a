import { describe, expect, it, vi } from 'vitest';
import { formats } from './formats';

const en = formats('en', false);
const de = formats('de', false);
const now = Date.parse('2026-11-24T12:00:00Z');
const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('times', () => {
  it.each([
    [0, 'now', 'jetzt'],
    [59_999, 'now', 'jetzt'],
    [minute, '1 minute ago', 'vor 1 Minute'],
    [2 * hour, '2 hours ago', 'vor 2 Stunden'],
    [day, 'yesterday', 'gestern'],
    [7 * day - 1, '6 days ago', 'vor 6 Tagen'],
  ])('%i ms ago are relative', (milliseconds, english, german) => {
    expect(en.when(ago(milliseconds), now)).toBe(english);
    expect(de.when(ago(milliseconds), now)).toBe(german);
  });

  it('are dates from the seventh day on', () => {
    expect(en.when(ago(7 * day), now)).toBe('17 Nov 2026');
    expect(de.when(ago(7 * day), now)).toBe('17.11.2026');
  });

  it('are exact where that is wanted', () => {
    const noon = new Date(2026, 10, 24, 8, 5).toISOString();
    expect(en.absolute(noon)).toBe('24 Nov 2026, 08:05');
    expect(de.absolute(noon)).toBe('24.11.2026, 08:05');
    expect(formats('en', true).when(noon, Date.parse(noon))).toBe('24 Nov 2026, 08:05');
  });
});

describe('sizes and durations', () => {
  it.each([
    [1023, '1,023 B', '1.023 B'],
    [1536, '1.5 KiB', '1,5 KiB'],
    [10 * 1024 * 1024, '10 MiB', '10 MiB'],
  ])('%i bytes', (bytes, english, german) => {
    expect(en.size(bytes)).toBe(english);
    expect(de.size(bytes)).toBe(german);
  });

  it.each([
    [10_000, '1 min', '1 min'],
    [80 * minute, '1 h 20 min', '1 h 20 min'],
    [2 * hour, '2 h', '2 h'],
    [day + 3 * hour, '1 day 3 h', '1 Tag 3 h'],
    [8 * day + 3 * hour, '8 days', '8 Tage'],
  ])('%i ms', (milliseconds, english, german) => {
    expect(en.duration(milliseconds)).toBe(english);
    expect(de.duration(milliseconds)).toBe(german);
  });
});

describe('a day of the calendar', () => {
  // A chart showed the day before to everybody west of Greenwich.
  it('is the same day wherever its reader is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect([formats('en', false).day('2026-11-24'), formats('de', false).day('2026-11-24')]).toEqual(['24 Nov 2026', '24.11.2026']);
    expect(formats('en', false).date('2026-11-24')).toBe('23 Nov 2026');
    vi.unstubAllEnvs();
  });
});
