import { useEffect, useRef, useState } from 'react';
import type { FieldChange } from '../../api/ticketCommands';
import type { Conversation } from '../../api/tickets';
import { useHasDraft } from '../../drafts/useDraft';
import { useText } from '../../i18n/text';
import { useToast } from '../../ui/Toast';
import { SubjectForm } from './SubjectForm';
import type { Ended, Seen } from './useGuardedChange';

interface Props {
  ticket: Conversation;
  onChange: (change: FieldChange, seen?: Seen) => Promise<Ended>;
}

/** What the ticket is about, and a way to say it better. */
export function Subject({ ticket, onChange }: Props) {
  const { t } = useText();
  const toast = useToast();
  const hasDraft = useHasDraft(`${ticket.number}:subject`);
  // What was not saved when its writer left, or was signed out, is there again; the keyboard goes to it on a press only.
  const [isOpen, setOpen] = useState(hasDraft);
  const [isPressed, setPressed] = useState(false);
  const [wantsFocus, setWantsFocus] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);

  // After the picture: where two subjects met, a dialog closes together with the form, and what lay behind it takes no focus before it is gone.
  useEffect(() => {
    if (!wantsFocus) return;
    edit.current?.focus();
    setWantsFocus(false);
  }, [wantsFocus]);

  function open() {
    setPressed(true);
    setOpen(true);
  }

  function close(isMade: boolean) {
    if (isMade) toast(t.ticket.subjectChanged);
    setOpen(false);
    setWantsFocus(true);
  }

  return (
    <>
      <div className="hd-subject-line">
        <h1><bdi>{ticket.subject}</bdi></h1>
        {!isOpen && <button ref={edit} type="button" className="hd-button hd-button-quiet hd-subject-edit" onClick={open}>{t.ticket.editSubject}{hasDraft && ` · ${t.draft}`}</button>}
      </div>
      {isOpen && <SubjectForm ticket={ticket} takesFocus={isPressed} onChange={onChange} onClose={close} />}
    </>
  );
}
