import type { Move, Ticket } from '../api/tickets';

/** What a reply does to a ticket: it goes on, is opened again, or a new one that is linked to it is opened. */
export type ReplyEffect = 'continues' | 'reopens' | 'opensLinked';

/** What its requester can do with a ticket now. The API decides; a host may have widened or narrowed its table. */
export function replyEffect(ticket: Ticket, now: number, reopenSeconds: number): ReplyEffect {
  if (ticket.status === 'closed') return 'opensLinked';
  if (ticket.status !== 'resolved') return 'continues';
  return isInWindow(ticket, now, reopenSeconds) ? 'reopens' : 'opensLinked';
}

export function possibleMoves(ticket: Ticket, now: number, reopenSeconds: number): Move[] {
  switch (ticket.status) {
    case 'open':
    case 'pending':
      return ['resolve', 'close'];
    case 'resolved':
      return isInWindow(ticket, now, reopenSeconds) ? ['reopen', 'close'] : ['close'];
    case 'closed':
      return isInWindow(ticket, now, reopenSeconds) ? ['reopen'] : [];
  }
}

function isInWindow(ticket: Ticket, now: number, reopenSeconds: number): boolean {
  const ended = ticket.resolvedAt ?? ticket.closedAt;
  return ended === null || now - Date.parse(ended) <= reopenSeconds * 1_000;
}
