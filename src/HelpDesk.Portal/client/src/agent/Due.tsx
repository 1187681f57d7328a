import type { Ticket } from '../api/tickets';
import { useSettings } from '../app/settings';
import { useText } from '../i18n/text';
import { useNow } from '../ui/Time';
import { dueText } from './due';

/** When a ticket is due: words first, and a sign before the colour where it is too late. */
export function Due({ ticket }: { ticket: Ticket }) {
  const { t, format } = useText();
  const { absoluteTimes } = useSettings();
  const due = dueText(ticket, Math.max(useNow(), Date.now()), t, format, absoluteTimes);
  if (!due) return <span className="hd-muted"><span aria-hidden="true">–</span><span className="hd-sr">{t.agent.notDue}</span></span>;
  return (
    <time className={`hd-due hd-due-${due.state}`} dateTime={ticket.dueAt!} title={format.absolute(ticket.dueAt!)}>
      {due.state === 'overdue' && <span className="hd-due-sign" aria-hidden="true">!</span>}
      {due.text}
    </time>
  );
}
