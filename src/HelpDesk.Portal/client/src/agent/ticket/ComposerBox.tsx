import { useEffect, useRef } from 'react';
import type { Conversation, Message } from '../../api/tickets';
import { config } from '../../app/config';
import { useDraft } from '../../drafts/useDraft';
import { useText } from '../../i18n/text';
import { FilePicker } from '../../messages/FilePicker';
import { onSendKey } from '../../messages/onSendKey';
import type { Files } from '../../messages/useFiles';
import { reasonOf } from '../../ui/Failure';
import { Icon } from '../../ui/Icon';
import { useToast } from '../../ui/Toast';
import type { Audience } from './Composer';
import { SavedReplyPicker } from './SavedReplyPicker';
import { useAnswer } from './useAnswer';

interface Props {
  ticket: Conversation;
  audience: Audience;
  files: Files;
  /** Messages that the agent has not let in yet: an answer is not sent past what the requester wrote. */
  waiting: Message[];
  onShowWaiting: () => void;
  onBusy: (isBusy: boolean) => void;
  /** It was sent; where it should have been resolved too and was not, why. */
  onDone: (notResolved?: string) => void;
  onCancel: () => void;
}

/** By which the page's keys find the box that is open already. */
export const composerTextId = 'composer-text';

/** The box of one audience. It says who will read it on its border, above the text and on its button. */
export function ComposerBox({ ticket, audience, files, waiting, onShowWaiting, onBusy, onDone, onCancel }: Props) {
  const { t } = useText();
  const toast = useToast();
  const draft = useDraft(`${ticket.number}:${audience}`, '');
  const { answer, isBusy, error, progress, cancel } = useAnswer(ticket, audience);
  const box = useRef<HTMLTextAreaElement>(null);
  const isNote = audience === 'note';
  const name = ticket.requester.name;
  const unread = waiting.filter((message) => !message.isPrivate);
  const isBlocked = !isNote && unread.length > 0;
  const isTooLong = draft.value.trim().length > config.limits.body;
  const canSend = draft.value.trim() !== '' && !isTooLong && !isBusy && !isBlocked;

  useEffect(() => box.current?.focus(), []);

  async function sendNow(andResolve: boolean) {
    if (!canSend) return;
    onBusy(true);
    const { outcome, notResolved } = await answer(draft.value.trim(), files.files, andResolve);
    onBusy(false);
    if (outcome !== 'sent' && outcome !== 'resolved') return;
    draft.clear();
    files.clear();
    toast(isNote ? t.ticket.noteSaved : t.ticket.replySent(name));
    onDone(notResolved);
  }

  return (
    <form
      className={isNote ? 'hd-box hd-box-note' : 'hd-box'}
      onSubmit={(event) => {
        event.preventDefault();
        void sendNow(false);
      }}
      onKeyDown={(event) => {
        // In the text alone: the list of saved replies has an Escape of its own, and so has an input method.
        if (event.key === 'Escape' && event.target === box.current && !event.nativeEvent.isComposing && !isBusy) onCancel();
      }}
    >
      <p className="hd-box-audience" id="composer-audience">
        {isNote ? <><Icon name="lock" /> {t.ticket.onlyAgents}</> : t.ticket.to(name)}
      </p>
      <div className="hd-field">
        <label className="hd-sr" htmlFor={composerTextId}>{isNote ? t.internalNote : t.ticket.reply}</label>
        <textarea
          ref={box}
          id={composerTextId}
          className="hd-textarea"
          rows={6}
          dir="auto"
          value={draft.value}
          readOnly={isBusy}
          aria-describedby="composer-audience"
          aria-invalid={isTooLong}
          onChange={(event) => draft.set(event.target.value)}
          onKeyDown={onSendKey(() => void sendNow(false))}
        />
        {isTooLong && <p className="hd-error" role="alert">{t.tooLong(config.limits.body)}</p>}
      </div>
      <SavedReplyPicker
        onPick={(body) => {
          const { selectionStart, selectionEnd } = box.current ?? { selectionStart: draft.value.length, selectionEnd: draft.value.length };
          draft.set(draft.value.slice(0, selectionStart) + body + draft.value.slice(selectionEnd));
          // The combobox takes the focus once more when it closes; the text goes on in the box.
          setTimeout(() => box.current?.focus());
        }}
      />
      <FilePicker files={files} progress={progress} onCancel={cancel} />
      {isBlocked && (
        <div className="hd-banner hd-banner-warn" role="alert">
          <p>{t.newMessages(unread.length)}</p>
          <button type="button" className="hd-button" onClick={onShowWaiting}>{t.showMessages}</button>
        </div>
      )}
      {error !== null && !isBlocked && (
        <div className="hd-banner hd-banner-danger" role="alert">
          <p>{t.notSaved(reasonOf(error, t))}</p>
          <button type="submit" className="hd-button">{t.retry}</button>
        </div>
      )}
      <div className="hd-box-foot">
        <button type="submit" className={isNote ? 'hd-button hd-button-note' : 'hd-button hd-button-primary'} aria-disabled={!canSend}>
          {isBusy ? t.sending : isNote ? t.ticket.saveNote : t.ticket.sendReplyTo(name)}
        </button>
        {!isNote && <button type="button" className="hd-button" aria-disabled={!canSend} onClick={() => void sendNow(true)}>{t.ticket.sendAndResolve}</button>}
        <button type="button" className="hd-button hd-button-quiet" aria-disabled={isBusy} onClick={() => !isBusy && onCancel()}>{t.close}</button>
        <span className="hd-hint" role="status">{draft.isSaved && draft.value ? (files.files.length > 0 ? t.draftWithoutFiles : t.draftSaved) : ''}</span>
      </div>
    </form>
  );
}
