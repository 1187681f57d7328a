import { Link } from 'react-router';
import { useTickets, type Conversation } from '../../api/tickets';
import { useText } from '../../i18n/text';
import { StatusBadge } from '../../ui/Badges';
import { Time } from '../../ui/Time';

const mostOthers = 5;

/** Who asks, how, and what else they have asked. */
export function RequesterPanel({ ticket }: { ticket: Conversation }) {
  const { t } = useText();
  const id = ticket.requester.id;
  const others = useTickets({ ...(id ? { requester: id } : {}), sort: '-updatedAt' }, id !== null);
  const rows = (others.data?.pages[0]?.data ?? []).filter((other) => other.id !== ticket.id).slice(0, mostOthers);
  return (
    <>
      <dl className="hd-facts">
        <dt>{t.ticket.name}</dt>
        <dd><bdi>{ticket.requester.name}</bdi></dd>
        {ticket.requester.email && <><dt>{t.ticket.email}</dt><dd><a href={`mailto:${ticket.requester.email}`}>{ticket.requester.email}</a></dd></>}
        <dt>{t.ticket.opened}</dt>
        <dd><Time at={ticket.createdAt} exact /> {t.ticket.channels[ticket.channel]}</dd>
      </dl>
      {rows.length > 0 && (
        <>
          <h3>{t.ticket.alsoAsked}</h3>
          <ul className="hd-history">
            {rows.map((other) => (
              <li key={other.id} className="hd-history-entry">
                <Link to={`/agent/t/${encodeURIComponent(other.number)}`}><bdi>{other.subject}</bdi></Link>
                <p className="hd-card-line"><StatusBadge status={other.status} /> <span className="hd-hint">{other.number}</span></p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
