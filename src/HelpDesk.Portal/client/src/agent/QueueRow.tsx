import { Link } from 'react-router';
import type { StableRow } from '../lists/useStableRows';
import type { Ticket } from '../api/tickets';
import { useText } from '../i18n/text';
import { reasonOf } from '../ui/Failure';
import type { RowsProps } from './QueueList';

export function RowCheckbox({ row, selected, failures, onToggle }: { row: StableRow<Ticket> } & Pick<RowsProps, 'selected' | 'failures' | 'onToggle'>) {
  const { t } = useText();
  const { id, number } = row.item;
  return (
    <label className="hd-check">
      <input
        type="checkbox"
        checked={selected.has(id)}
        aria-label={t.agent.select(number)}
        aria-describedby={failures.has(number) ? `failure-${number}` : undefined}
        onChange={(event) => onToggle(id, (event.nativeEvent as MouseEvent).shiftKey)}
      />
    </label>
  );
}

export function RowSubject({ row, failures, linkState }: { row: StableRow<Ticket> } & Pick<RowsProps, 'failures' | 'linkState'>) {
  const { t } = useText();
  const { number, subject, requester, category } = row.item;
  const failure = failures.get(number);
  return (
    <>
      <Link id={`row-${number}`} data-row-link="" to={`/agent/t/${encodeURIComponent(number)}`} state={linkState}>{subject}</Link>
      <div className="hd-second">
        <span className="hd-number">{number}</span> · <bdi>{requester.name}</bdi>
        {category && <> · <bdi>{category}</bdi></>}
        {row.isGone && <> · <em>{t.agent.gone}</em></>}
      </div>
      {failure && <div id={`failure-${number}`} className="hd-error">{t.notSaved(reasonOf(failure, t))}</div>}
    </>
  );
}
