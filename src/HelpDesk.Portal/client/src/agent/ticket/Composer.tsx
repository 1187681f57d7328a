import { useId, useRef, useState } from 'react';
import type { Conversation, Message } from '../../api/tickets';
import { useHasDraft } from '../../drafts/useDraft';
import { useText } from '../../i18n/text';
import { useFiles } from '../../messages/useFiles';
import { Icon } from '../../ui/Icon';
import { ComposerBox } from './ComposerBox';

export type Audience = 'reply' | 'note';

interface Props {
  ticket: Conversation;
  audience: Audience | null;
  onAudience: (audience: Audience | null) => void;
  /** Whether something is being sent. */
  isBusy: boolean;
  onBusy: (isBusy: boolean) => void;
  waiting: Message[];
  onShowWaiting: () => void;
}

/** First who shall read it, then what: two equal buttons, each with a box, a draft and files of its own. There is no box before. */
export function Composer({ ticket, audience, onAudience, isBusy, onBusy, waiting, onShowWaiting }: Props) {
  const { t } = useText();
  const replyButton = useRef<HTMLButtonElement>(null);
  const noteButton = useRef<HTMLButtonElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const replyFiles = useFiles();
  const noteFiles = useFiles();
  const isClosed = ticket.status === 'closed';
  const hasReply = useHasDraft(`${ticket.number}:reply`);
  const hasNote = useHasDraft(`${ticket.number}:note`);
  const draftId = useId();

  /** The box goes; the keyboard goes back to the button that opened it. */
  function close() {
    (audience === 'note' ? noteButton : replyButton).current?.focus();
    onAudience(null);
  }

  const mark = <span className="hd-draft-mark" aria-hidden="true">{t.draft}</span>;

  /** What is the same of both buttons: each opens its own box, and closes it. */
  function buttonOf(own: Audience, hasDraft: boolean, look: string) {
    const isOpen = audience === own;
    return {
      type: 'button' as const,
      className: isOpen ? `hd-button ${look}` : 'hd-button',
      'aria-pressed': isOpen,
      'aria-describedby': hasDraft && !isOpen ? draftId : undefined,
      'aria-disabled': isBusy,
      onClick: () => !isBusy && onAudience(isOpen ? null : own),
    };
  }

  return (
    <section className="hd-composer" aria-label={t.ticket.write}>
      {trouble !== null && (
        <div className="hd-banner hd-banner-danger" role="alert">
          <p>{trouble}</p>
          <button type="button" className="hd-button" onClick={() => setTrouble(null)}>{t.close}</button>
        </div>
      )}
      <div className="hd-composer-buttons">
        <button {...buttonOf('reply', hasReply, 'hd-button-primary')} ref={replyButton} disabled={isClosed}>
          {t.ticket.reply}
          {hasReply && audience !== 'reply' && mark}
        </button>
        <button {...buttonOf('note', hasNote, 'hd-button-note')} ref={noteButton}>
          <Icon name="lock" />{t.internalNote}
          {hasNote && audience !== 'note' && mark}
        </button>
        {(hasReply || hasNote) && <span id={draftId} hidden>{t.draftSaved}</span>}
        {isClosed && <span className="hd-muted">{t.ticket.closedHint}</span>}
      </div>
      {audience && !(audience === 'reply' && isClosed) && (
        <ComposerBox
          key={audience}
          ticket={ticket}
          audience={audience}
          files={audience === 'reply' ? replyFiles : noteFiles}
          waiting={waiting}
          onShowWaiting={onShowWaiting}
          onBusy={onBusy}
          onDone={(notResolved) => {
            setTrouble(notResolved ?? null);
            close();
          }}
          onCancel={close}
        />
      )}
    </section>
  );
}
