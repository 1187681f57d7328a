import { expect, test } from 'vitest';
import { messages as german } from '../i18n/de';
import { messages as english } from '../i18n/en';
import { formats } from '../i18n/formats';
import { dueText } from './due';

const now = new Date('2026-11-24T08:05:00Z').getTime();
const minute = 60_000;

function due(minutes: number, language: 'en' | 'de' = 'en', isAbsolute = false, status: 'open' | 'pending' | 'resolved' | 'closed' = 'open') {
  const dueAt = new Date(now + minutes * minute).toISOString();
  return dueText({ status, dueAt }, now, language === 'de' ? german : english, formats(language, isAbsolute), isAbsolute);
}

test.each([
  [60, 'Due in 1 h', 'later'],
  [59, 'Due in 59 min', 'soon'],
  [80, 'Due in 1 h 20 min', 'later'],
  [0, 'Due in 1 min', 'soon'],
  [-10, 'Overdue by 10 min', 'overdue'],
  [-2 * 24 * 60, 'Overdue by 2 days', 'overdue'],
])('%i minutes from its due time a ticket says "%s"', (minutes, text, state) => {
  expect(due(minutes)).toEqual({ text, state });
});

test.each([
  [60, 'Fällig in 1 h'],
  [-10, 'Überfällig seit 10 min'],
  [2 * 24 * 60, 'Fällig in 2 Tagen'],
  [-24 * 60, 'Überfällig seit 1 Tag'],
  [-3 * 24 * 60 - 60, 'Überfällig seit 3 Tagen 1 h'],
])('in German, %i minutes from its due time, it says "%s"', (minutes, text) => {
  expect(due(minutes, 'de')?.text).toBe(text);
});

test('whoever wants exact times gets them', () => {
  expect(due(60, 'en', true)?.text).toMatch(/^Due 24 Nov 2026, \d\d:05$/);
  expect(due(-60, 'de', true)?.text).toMatch(/^Überfällig seit 24\.11\.2026, \d\d:05$/);
});

test('what is over is not due, and neither is what was promised nothing', () => {
  expect(due(-10, 'en', false, 'resolved')).toBeNull();
  expect(due(-10, 'en', false, 'closed')).toBeNull();
  expect(due(10, 'en', false, 'pending')).not.toBeNull();
  expect(dueText({ status: 'open', dueAt: null }, now, english, formats('en', false), false)).toBeNull();
});
