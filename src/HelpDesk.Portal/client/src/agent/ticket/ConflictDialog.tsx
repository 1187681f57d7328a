import type { FieldChange } from '../../api/ticketCommands';
import type { Conversation } from '../../api/tickets';
import { useText } from '../../i18n/text';
import { Modal } from '../../ui/Modal';
import type { Conflict } from './useGuardedChange';

/** Two agents changed the same: what is there now, what this one wanted, and which of them it shall be. */
export function ConflictDialog({ conflict }: { conflict: Conflict | null }) {
  const { t } = useText();
  if (!conflict) return null;
  const { mine, theirs, who, isBusy, decide } = conflict;
  return (
    <Modal title={t.ticket.changedBy(who === 'system' ? t.ticket.theHelpDesk : (who ?? t.ticket.somebody))} isOpen isAlert onClose={() => decide(null)}>
      <table className="hd-table hd-conflict">
        <thead>
          <tr><th scope="col">{t.ticket.field}</th><th scope="col">{t.ticket.theirs}</th><th scope="col">{t.ticket.mine}</th></tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t.ticket.fields[mine.field]}</th>
            <td><bdi>{textOf(t, mine.field, theirs)}</bdi></td>
            <td><bdi>{textOf(t, mine.field, { ...theirs, [mine.field]: mine.value })}</bdi></td>
          </tr>
        </tbody>
      </table>
      {/* A subject is what is decided on. */}
      {mine.field !== 'subject' && <p className="hd-muted">{t.ticket.textIsKept}</p>}
      <div className="hd-actions">
        <button type="button" className="hd-button hd-button-primary" autoFocus aria-disabled={isBusy} onClick={() => !isBusy && decide('theirs')}>{t.ticket.useTheirs}</button>
        <button type="button" className="hd-button" aria-disabled={isBusy} onClick={() => !isBusy && decide('mine')}>{isBusy ? t.sending : t.ticket.keepMine}</button>
      </div>
    </Modal>
  );
}

function textOf(t: ReturnType<typeof useText>['t'], field: FieldChange['field'], ticket: Conversation): string {
  switch (field) {
    case 'subject':
      return ticket.subject;
    case 'status':
      return t.status[ticket.status];
    case 'priority':
      return t.priority[ticket.priority];
    case 'assignee':
      return ticket.assignee?.name ?? t.agent.nobody;
    case 'category':
      return ticket.category ?? t.noCategory;
  }
}
