import { useText } from '../i18n/text';
import { PriorityBadge, StatusBadge } from '../ui/Badges';
import { Due } from './Due';
import type { RowsProps } from './QueueList';
import { RowCheckbox, RowSubject } from './QueueRow';

export function QueueTable(props: RowsProps) {
  const { t } = useText();
  const { rows, selected, sort } = props;
  const isAll = rows.every((row) => selected.has(row.item.id));
  return (
    <table className="hd-table hd-queue">
      <thead>
        <tr>
          <th scope="col">
            <label className="hd-check">
              <input
                type="checkbox"
                aria-label={t.agent.selectAll}
                checked={isAll}
                ref={(box) => {
                  if (box) box.indeterminate = selected.size > 0 && !isAll;
                }}
                onChange={() => props.onToggleAll(selected.size === 0)}
              />
            </label>
          </th>
          <th scope="col" aria-sort={sort === '-priority' ? 'descending' : undefined}>{t.priorityLabel}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{t.statusLabel}</th>
          <th scope="col">{t.agent.assignee}</th>
          <th scope="col" aria-sort={sort === 'dueAt' ? 'ascending' : undefined}>{t.agent.due}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const ticket = row.item;
          return (
            <tr
              key={ticket.id}
              data-row={ticket.id}
              data-selected={selected.has(ticket.id)}
              className={row.isGone ? 'hd-gone' : undefined}
              onPointerEnter={() => props.onPoint(ticket.number)}
              onPointerLeave={props.onLeave}
              onFocus={() => props.onPoint(ticket.number)}
            >
              <td><RowCheckbox row={row} {...props} /></td>
              <td><PriorityBadge priority={ticket.priority} /></td>
              <td className="hd-subject"><RowSubject row={row} {...props} /></td>
              <td><StatusBadge status={ticket.status} /></td>
              <td>{ticket.assignee ? <bdi>{ticket.assignee.name}</bdi> : <span className="hd-muted">{t.agent.nobody}</span>}</td>
              <td><Due ticket={ticket} /></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
