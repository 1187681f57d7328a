import { describe, expect, it } from 'vitest';
import type { Ticket } from '../api/tickets';
import { possibleMoves, replyEffect } from './replyRules';

const now = Date.parse('2026-11-28T12:00:00Z');
const ticket = (status: Ticket['status'], resolvedAgo: number | null = null, closedAgo: number | null = null) =>
  ({ status, resolvedAt: resolvedAgo === null ? null : new Date(now - resolvedAgo * 1_000).toISOString(), closedAt: closedAgo === null ? null : new Date(now - closedAgo * 1_000).toISOString() }) as Ticket;

describe('what a reply does, and which moves there are', () => {
  it.each([
    ['open', ticket('open'), 'continues', ['resolve', 'close']],
    ['pending', ticket('pending'), 'continues', ['resolve', 'close']],
    ['just resolved', ticket('resolved', 60), 'reopens', ['reopen', 'close']],
    ['resolved long ago', ticket('resolved', 61), 'opensLinked', ['close']],
    ['closed', ticket('closed', null, 60), 'opensLinked', ['reopen']],
    ['closed long ago', ticket('closed', null, 61), 'opensLinked', []],
    ['resolved long ago and just closed', ticket('closed', 61, 1), 'opensLinked', []],
  ] as const)('%s', (_, request, effect, moves) => {
    expect(replyEffect(request, now, 60)).toBe(effect);
    expect(possibleMoves(request, now, 60)).toEqual(moves);
  });
});
