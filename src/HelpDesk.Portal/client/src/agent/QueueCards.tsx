import { useText } from '../i18n/text';
import { PriorityBadge, StatusBadge } from '../ui/Badges';
import { Due } from './Due';
import type { RowsProps } from './QueueList';
import { RowCheckbox, RowSubject } from './QueueRow';

/** The rows where there is no room for a table. */
export function QueueCards(props: RowsProps) {
  const { t } = useText();
  const { rows, selected } = props;
  return (
    <>
      <label className="hd-check hd-check-all">
        <input type="checkbox" checked={rows.every((row) => selected.has(row.item.id))} onChange={() => props.onToggleAll(selected.size === 0)} />
        {t.agent.selectAll}
      </label>
      <ul className="hd-cards">
        {rows.map((row) => {
          const ticket = row.item;
          return (
            <li
              key={ticket.id}
              data-row={ticket.id}
              data-selected={selected.has(ticket.id)}
              className={row.isGone ? 'hd-card hd-queue-card hd-gone' : 'hd-card hd-queue-card'}
              onPointerEnter={() => props.onPoint(ticket.number)}
              onPointerLeave={props.onLeave}
              onFocus={() => props.onPoint(ticket.number)}
            >
              <RowCheckbox row={row} {...props} />
              <div className="hd-queue-card-text">
                <div className="hd-subject"><RowSubject row={row} {...props} /></div>
                <div className="hd-card-line">
                  <StatusBadge status={ticket.status} />
                  <PriorityBadge priority={ticket.priority} />
                  <Due ticket={ticket} />
                </div>
                <div className="hd-second">
                  {t.agent.assignee}: {ticket.assignee ? <bdi>{ticket.assignee.name}</bdi> : t.agent.nobody}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
