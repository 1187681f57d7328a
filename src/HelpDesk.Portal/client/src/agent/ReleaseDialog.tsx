import { useEffect, useId, useState } from 'react';
import { useTicketNamed } from '../api/inbound';
import { useText } from '../i18n/text';
import { Modal } from '../ui/Modal';

interface Props {
  from: string;
  /** The ticket at which the mail hints; empty for none. */
  hint: string;
  isPending: boolean;
  error: string | null;
  onRelease: (ticket: string) => void;
  onClose: () => void;
}

const pause = 300;

/** Asks once, and names whose mail goes where: what is released, the ticket's people can read. */
export function ReleaseDialog({ from, hint, isPending, error, onRelease, onClose }: Props) {
  const { t } = useText();
  const field = useId();
  const told = useId();
  const [number, setNumber] = useState(hint);
  const wanted = number.trim().toUpperCase();
  const asked = usePaused(wanted);
  const ticket = useTicketNamed(asked);
  const isMissing = asked === wanted && asked !== '' && ticket.error !== null;

  return (
    <Modal title={t.agent.releaseTitle} isOpen isDismissable={false} onClose={onClose}>
      <form
        className="hd-release"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '' && !isPending) onRelease(wanted);
        }}
      >
        <p>{t.agent.releaseText(from)}</p>
        <div className="hd-field">
          <label className="hd-label" htmlFor={field}>{t.agent.ticketNumber}</label>
          <input
            id={field}
            className="hd-input"
            value={number}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            placeholder="TKT-…"
            autoFocus={hint === ''}
            aria-describedby={told}
            aria-invalid={isMissing || undefined}
            onChange={(event) => setNumber(event.target.value)}
          />
          <div id={told} className={isMissing ? 'hd-error hd-release-told' : 'hd-muted hd-release-told'} role="status">
            {isMissing ? t.agent.noSuchTicket : asked === wanted && ticket.data ? t.agent.ticketOf(ticket.data.subject, ticket.data.requester.name) : ''}
          </div>
        </div>
        {error && <p className="hd-error" role="alert">{t.notSaved(error)}</p>}
        <div className="hd-actions">
          <button type="submit" className="hd-button hd-button-primary" autoFocus={hint !== ''} disabled={wanted === '' || isPending}>{t.agent.confirmRelease(from, wanted || '…')}</button>
          <button type="button" className="hd-button" onClick={onClose}>{t.cancel}</button>
        </div>
      </form>
    </Modal>
  );
}

/** A value that has not changed for a moment. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pause);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
