import { expect, test } from 'vitest';
import { filtersSet, isQueue, readChoice, toFilter, type Queue } from './queues';

const filter = (queue: Queue, query: string) => toFilter(queue, readChoice(queue, new URLSearchParams(query)));

test('each queue asks for its own tickets: what is open and pending, by due time', () => {
  expect(filter('mine', '')).toEqual({ status: ['open', 'pending'], assignee: 'me', sort: 'dueAt' });
  expect(filter('unassigned', '')).toEqual({ status: ['open', 'pending'], assignee: 'none', sort: 'dueAt' });
  expect(filter('all', '')).toEqual({ status: ['open', 'pending'], sort: 'dueAt' });
  expect(filter('overdue', '')).toEqual({ status: ['open', 'pending'], overdue: true, sort: 'dueAt' });
});

test('the address narrows it', () => {
  expect(filter('all', 'status=resolved&priority=high&category=billing&assignee=none&q=printer&sort=-updatedAt')).toEqual({
    status: ['resolved'], priority: ['high'], category: 'billing', assignee: 'none', q: 'printer', sort: '-updatedAt',
  });
  expect(filter('all', 'status=any')).toEqual({ sort: 'dueAt' });
});

test('an address cannot ask for what the API would refuse', () => {
  expect(filter('all', 'status=gone&priority=very&sort=evil&q=a')).toEqual(filter('all', ''));
  expect(filter('all', `q=${'x'.repeat(300)}`).q).toHaveLength(200);
});

test('nobody else is in the queue of one', () => {
  expect(filter('mine', 'assignee=ben').assignee).toBe('me');
  expect(filter('unassigned', 'assignee=ben').assignee).toBe('none');
  expect(filter('overdue', 'assignee=ben')).toEqual(filter('overdue', ''));
});

test('the order is no filter', () => {
  expect(filtersSet(readChoice('all', new URLSearchParams('sort=-updatedAt&q=printer')))).toBe(0);
  expect(filtersSet(readChoice('all', new URLSearchParams('status=any&priority=low')))).toBe(2);
});

test('only four queues exist', () => {
  expect(['mine', 'unassigned', 'all', 'overdue'].every(isQueue)).toBe(true);
  expect([undefined, '', 'held', 'other', 'toString'].some(isQueue)).toBe(false);
});
