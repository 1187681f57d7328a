import { Link } from 'react-router';
import type { Ticket } from '../api/tickets';
import { useText } from '../i18n/text';
import { PriorityBadge, StatusBadge } from '../ui/Badges';
import { Time } from '../ui/Time';

/** What the request is, and how it stands. */
export function ConversationHeader({ ticket }: { ticket: Ticket }) {
  const { t } = useText();
  return (
    <header className="hd-conversation-head">
      <h1 dir="auto"><span className="hd-conversation-number">{ticket.number}</span> {ticket.subject}</h1>
      <dl className="hd-request-facts">
        <div><dt className="hd-sr">{t.statusLabel}</dt><dd><StatusBadge status={ticket.status} awaitsReader /></dd></div>
        <div><dt>{t.priorityLabel}</dt><dd><PriorityBadge priority={ticket.priority} /></dd></div>
        {ticket.category !== null && <div><dt>{t.category}</dt><dd><bdi>{ticket.category}</bdi></dd></div>}
        <div><dt>{t.requester.createdAt}</dt><dd><Time at={ticket.createdAt} exact /></dd></div>
      </dl>
      {ticket.linkedTo !== null && <p><Link className="hd-linked" to={`/t/${encodeURIComponent(ticket.linkedTo)}`}>{t.requester.followsEarlier}</Link></p>}
    </header>
  );
}
