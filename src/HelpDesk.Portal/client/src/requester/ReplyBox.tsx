import { useId } from 'react';
import type { Ticket } from '../api/tickets';
import { config } from '../app/config';
import { useText } from '../i18n/text';
import { FilePicker } from '../messages/FilePicker';
import { onSendKey } from '../messages/onSendKey';
import { NotSent } from '../ui/NotSent';
import { useNow } from '../ui/Time';
import { possibleMoves, replyEffect } from './replyRules';
import { useReply } from './useReply';
import { useSettled } from './useSettled';

interface Props {
  ticket: Ticket;
  /** How many messages wait to be read. */
  waiting: number;
  show: () => void;
}

/** Where a request is answered, resolved, closed and opened again. */
export function ReplyBox({ ticket, waiting, show }: Props) {
  const { t } = useText();
  const id = useId();
  const now = useNow();
  const reply = useReply(ticket, waiting);
  const { draft, files } = reply;
  const effect = replyEffect(ticket, now, config.limits.reopenSeconds);
  const moves = possibleMoves(ticket, now, config.limits.reopenSeconds);
  const { isSettled, isMeant } = useSettled(moves.join());
  const hasFiles = files.files.length > 0;
  const moveNames = draft.value.trim() === '' ? t.requester.moves : t.requester.movesWithText;
  const hint =
    effect === 'reopens' ? t.requester.reopens
    : effect === 'continues' ? t.requester.toSupport
    : ticket.status === 'closed' ? t.requester.opensLinked : t.requester.opensLinkedLate;

  return (
    <section ref={reply.box} tabIndex={-1} className="hd-box hd-reply" aria-labelledby={`${id}-title`} onKeyDown={onSendKey(reply.send)}>
      <h2 id={`${id}-title`} className="hd-sr">{t.requester.answer}</h2>
      {/* Of one height whatever it says, so that nothing moves below it. */}
      <div className="hd-reply-head" role="status">
        {waiting > 0 ? (
          <div className="hd-reply-news">
            <span>{t.newMessages(waiting)}</span>
            <button ref={reply.showButton} type="button" className="hd-button" onClick={show}>{t.showMessages}</button>
          </div>
        ) : (
          <p id={`${id}-hint`} className={effect === 'continues' ? undefined : 'hd-reply-effect'}>{hint}</p>
        )}
      </div>
      <div className="hd-field">
        <label className="hd-sr" htmlFor={`${id}-text`}>{t.requester.reply}</label>
        <textarea
          id={`${id}-text`}
          ref={reply.text}
          className="hd-textarea"
          rows={5}
          dir="auto"
          value={draft.value}
          readOnly={reply.isBusy}
          aria-invalid={reply.bodyError !== undefined}
          aria-describedby={reply.bodyError === undefined ? (waiting > 0 ? undefined : `${id}-hint`) : `${id}-error`}
          onChange={(event) => reply.set(event.target.value)}
        />
        {reply.bodyError !== undefined && <p id={`${id}-error`} className="hd-error" role="alert">{reply.bodyError}</p>}
      </div>
      <FilePicker files={files} progress={reply.progress} onCancel={reply.cancel} />
      {reply.filesError !== undefined && <p className="hd-error" role="alert">{reply.filesError}</p>}
      <div className="hd-box-foot">
        <button ref={reply.sendButton} type="button" className="hd-button hd-button-primary hd-reply-send" aria-disabled={reply.isBusy || waiting > 0} onClick={reply.send}>
          {reply.isSending ? t.sending : t.requester.sendReply}
        </button>
        {moves.map((move) => (
          <button
            key={move}
            type="button"
            className={move === 'close' ? 'hd-button hd-button-quiet' : 'hd-button'}
            aria-disabled={reply.isBusy || waiting > 0 || hasFiles || !isSettled}
            aria-describedby={hasFiles ? `${id}-files` : undefined}
            onClick={(press) => isMeant(press) && reply.move(move)}
          >
            {moveNames[move]}
          </button>
        ))}
      </div>
      <p className="hd-hint hd-reply-foot">
        <span role="status">
          {reply.isCancelled ? t.requester.cancelled : draft.isSaved && draft.value !== '' ? (hasFiles ? t.draftWithoutFiles : t.draftSaved) : ''}
        </span>
        {hasFiles && moves.length > 0 && <span id={`${id}-files`}>{t.requester.sendFilesFirst}</span>}
      </p>
      <NotSent error={reply.error} retry={reply.retry} />
    </section>
  );
}
