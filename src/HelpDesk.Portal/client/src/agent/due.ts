import type { Ticket } from '../api/tickets';
import type { Formats } from '../i18n/formats';
import type { Messages } from '../i18n/en';

export interface DueText {
  text: string;
  state: 'overdue' | 'soon' | 'later';
}

const soon = 60 * 60_000;

/** When a ticket is due, in words; null where nothing is promised any more. */
export function dueText(ticket: Pick<Ticket, 'status' | 'dueAt'>, now: number, t: Messages, format: Formats, isAbsolute: boolean): DueText | null {
  if (!ticket.dueAt || ticket.status === 'resolved' || ticket.status === 'closed') return null;
  const left = new Date(ticket.dueAt).getTime() - now;
  if (left < 0) return { text: isAbsolute ? t.agent.overdueSince(format.absolute(ticket.dueAt)) : t.agent.overdueBy(format.duration(left)), state: 'overdue' };
  return { text: isAbsolute ? t.agent.dueAt(format.absolute(ticket.dueAt)) : t.agent.dueIn(format.duration(left)), state: left < soon ? 'soon' : 'later' };
}
