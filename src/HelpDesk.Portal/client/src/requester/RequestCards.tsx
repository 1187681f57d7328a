import type { Ticket } from '../api/tickets';
import { useText } from '../i18n/text';
import type { StableRow } from '../lists/useStableRows';
import { PriorityBadge, StatusBadge } from '../ui/Badges';
import { Time } from '../ui/Time';
import { LastMessage } from './LastMessage';
import { RequestLink, RequestRow } from './RequestLink';

/** The same rows where a table would be too wide. */
export function RequestCards({ rows }: { rows: StableRow<Ticket>[] }) {
  const { t } = useText();
  return (
    <ul className="hd-cards" aria-label={t.requester.myRequests}>
      {rows.map(({ item, isGone }) => (
        <RequestRow as="li" key={item.id} ticket={item} className={isGone ? 'hd-card hd-request hd-gone' : 'hd-card hd-request'}>
          <div className="hd-card-line hd-muted">
            <span className="hd-number">{item.number}</span>
            <span className="hd-date"><Time at={item.createdAt} /></span>
          </div>
          <div className="hd-subject"><RequestLink ticket={item} /></div>
          <LastMessage ticket={item} />
          <div className="hd-card-line">
            <StatusBadge status={item.status} awaitsReader />
            <PriorityBadge priority={item.priority} />
          </div>
        </RequestRow>
      ))}
    </ul>
  );
}
