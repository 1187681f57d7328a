import type { Ticket } from '../api/tickets';
import { useText } from '../i18n/text';
import type { StableRow } from '../lists/useStableRows';
import { PriorityBadge, StatusBadge } from '../ui/Badges';
import { Time } from '../ui/Time';
import { LastMessage } from './LastMessage';
import { RequestLink, RequestRow } from './RequestLink';

export function RequestTable({ rows }: { rows: StableRow<Ticket>[] }) {
  const { t } = useText();
  return (
    <table className="hd-table hd-request-table">
      <caption className="hd-sr">{t.requester.myRequests}</caption>
      <thead>
        <tr>
          <th scope="col">{t.number}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{t.statusLabel}</th>
          <th scope="col">{t.priorityLabel}</th>
          <th scope="col">{t.date}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ item, isGone }) => (
          <RequestRow as="tr" key={item.id} ticket={item} className={isGone ? 'hd-request hd-gone' : 'hd-request'}>
            <td className="hd-number">{item.number}</td>
            <td className="hd-subject"><RequestLink ticket={item} /><LastMessage ticket={item} /></td>
            <td><StatusBadge status={item.status} awaitsReader /></td>
            <td><PriorityBadge priority={item.priority} /></td>
            <td className="hd-date"><Time at={item.createdAt} /></td>
          </RequestRow>
        ))}
      </tbody>
    </table>
  );
}
