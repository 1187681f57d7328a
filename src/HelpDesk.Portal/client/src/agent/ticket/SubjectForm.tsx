import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { FieldChange } from '../../api/ticketCommands';
import type { Conversation } from '../../api/tickets';
import { config } from '../../app/config';
import { useDraft } from '../../drafts/useDraft';
import { useText } from '../../i18n/text';
import { textError } from '../../requests/requestForm';
import { seenOf, type Ended, type Seen } from './useGuardedChange';

interface Props {
  ticket: Conversation;
  takesFocus: boolean;
  onChange: (change: FieldChange, seen?: Seen) => Promise<Ended>;
  onClose: (isMade: boolean) => void;
}

/** A new subject. It is written against the one that was there when its writer began: what was told meanwhile is not what they have replaced. */
export function SubjectForm({ ticket, takesFocus, onChange, onClose }: Props) {
  const { t } = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const draft = useDraft(`${ticket.number}:subject`, { text: ticket.subject, seen: seenOf(ticket, 'subject') });
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { text, seen } = draft.value;

  useEffect(() => {
    if (!takesFocus) return;
    input.current?.focus();
    input.current?.select();
  }, [takesFocus]);

  /** It is saved, or given up. */
  function finish(isMade: boolean) {
    draft.clear();
    onClose(isMade);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    const wrong = textError(text, config.limits.subject, t);
    setError(wrong);
    if (wrong) return input.current?.focus();
    // Nothing was written, or somebody else has written the same.
    if (text.trim() === seen.value || text.trim() === ticket.subject) return finish(false);
    setBusy(true);
    const ended = await onChange({ field: 'subject', value: text.trim() }, seen);
    setBusy(false);
    if (ended !== 'open') finish(ended === 'made');
  }

  return (
    <form
      className="hd-subject-form"
      noValidate
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        // Only out of the way: what was typed stays a draft, as in every box.
        if (event.key === 'Escape' && !event.nativeEvent.isComposing && !isBusy) onClose(false);
      }}
    >
      <div className="hd-field">
        <label className="hd-label hd-required" htmlFor={id}>{t.subject}</label>
        <input
          ref={input}
          id={id}
          className="hd-input"
          type="text"
          autoComplete="off"
          dir="auto"
          required
          value={text}
          readOnly={isBusy}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => {
            draft.set({ text: event.target.value, seen });
            setError(null);
          }}
        />
        {error !== null && <p id={`${id}-error`} className="hd-error" role="alert">{error}</p>}
      </div>
      <div className="hd-actions">
        <button type="submit" className="hd-button hd-button-primary" aria-disabled={isBusy}>{isBusy ? t.sending : t.save}</button>
        <button type="button" className="hd-button" aria-disabled={isBusy} onClick={() => !isBusy && finish(false)}>{t.cancel}</button>
        <span className="hd-hint" role="status">{draft.isSaved ? t.draftSaved : ''}</span>
      </div>
    </form>
  );
}
