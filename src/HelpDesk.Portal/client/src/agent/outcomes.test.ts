import '../testing/page';
import { expect, test } from 'vitest';
import type { Outcome } from '../api/bulk';
import type { Ticket } from '../api/tickets';
import { messages } from '../i18n/en';
import { reasonOf } from '../ui/Failure';
import { readOutcomes, versionOf } from './outcomes';

function refused(ticket: string, status: number, code: string, more: object = {}): Outcome {
  return { ticket, ok: false, error: { title: 'A title.', detail: 'A detail.', status, code, ...more } };
}

const shown = { number: 'TKT-2', version: 'shown' } as Ticket;

test('what was changed and what was not are told apart, each refusal with its reason in words', () => {
  const { done, failures } = readOutcomes([
    { ticket: 'TKT-1', ok: true },
    refused('TKT-2', 412, 'version_mismatch', { current: 'theirs' }),
    refused('TKT-3', 409, 'transition_not_allowed'),
    refused('TKT-4', 404, 'not_found'),
    refused('TKT-5', 400, 'validation', { errors: { category: ['Use one of: billing.'] } }),
    { ticket: 'TKT-6', ok: false },
  ]);
  expect(done).toEqual(['TKT-1']);
  expect([...failures].map(([ticket, error]) => [ticket, reasonOf(error, messages)])).toEqual([
    ['TKT-2', 'somebody else changed it meanwhile.'],
    ['TKT-3', 'the status does not allow it.'],
    ['TKT-4', 'it is not there any more.'],
    ['TKT-5', 'Use one of: billing.'],
    ['TKT-6', 'something went wrong.'],
  ]);
});

test('the next try is for the version that is shown', () => {
  const { failures } = readOutcomes([refused('TKT-2', 412, 'version_mismatch', { current: 'theirs' })]);
  expect(versionOf(shown, false, failures)).toBe('shown');
});

test('a row that has left the list is not renewed: the next try is for the version that the refusal told', () => {
  const { failures } = readOutcomes([refused('TKT-2', 412, 'version_mismatch', { current: 'theirs' })]);
  expect(versionOf(shown, true, failures)).toBe('theirs');
  expect(versionOf(shown, true, new Map())).toBe('shown');
  expect(versionOf(shown, true, readOutcomes([refused('TKT-2', 409, 'transition_not_allowed')]).failures)).toBe('shown');
});
