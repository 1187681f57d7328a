import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiError, ifMatch } from '../../api/client';
import { refreshTicket, ticketKeys, useMove, type Conversation, type Message } from '../../api/tickets';
import { config } from '../../app/config';
import { useDraft } from '../../drafts/useDraft';
import { useText } from '../../i18n/text';
import { FilePicker } from '../../messages/FilePicker';
import { onSendKey } from '../../messages/onSendKey';
import { useFiles } from '../../messages/useFiles';
import { useSend } from '../../messages/useSend';
import { reasonOf } from '../../ui/Failure';
import { Icon } from '../../ui/Icon';
import { useToast } from '../../ui/Toast';
import type { Audience } from './Composer';
import { SavedReplyPicker } from './SavedReplyPicker';

interface Props {
  ticket: Conversation;
  audience: Audience;
  /** Messages that the agent has not let in yet: an answer is not sent past what the requester wrote. */
  waiting: Message[];
  onShowWaiting: () => void;
  onDone: (announcement: string) => void;
  onCancel: () => void;
}

/** Several others may write at once: each makes the version older that the answer names. */
const mostTries = 5;

/** The box of one audience. It says who will read it on its border, above the text and on its button. */
export function ComposerBox({ ticket, audience, waiting, onShowWaiting, onDone, onCancel }: Props) {
  const { t } = useText();
  const queryClient = useQueryClient();
  const toast = useToast();
  const draft = useDraft(`${ticket.number}:${audience}`, '');
  const files = useFiles();
  const { start, cancel, progress, isSending, error } = useSend<Message>(`/tickets/${encodeURIComponent(ticket.number)}/messages`);
  const resolve = useMove(ticket.number);
  const box = useRef<HTMLTextAreaElement>(null);
  const isNote = audience === 'note';
  const name = ticket.requester.name;
  const unread = waiting.filter((message) => !message.isPrivate);
  const isBlocked = !isNote && unread.length > 0;
  const isTooLong = draft.value.trim().length > config.limits.body;
  const canSend = draft.value.trim() !== '' && !isTooLong && !isSending && !isBlocked;

  useEffect(() => box.current?.focus(), []);

  /** An answer names the version that its agent has read: what came since is looked at first, unless it is nothing to read. */
  async function post(version: string, tries = mostTries): Promise<Message | null> {
    const fields = { body: draft.value.trim(), isPrivate: isNote };
    try {
      return await start({ fields, files: files.files, ...(isNote ? {} : { ifMatch: ifMatch(version) }) });
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'version_mismatch' || tries === 0) return null;
      const key = ticketKeys.part(ticket.number, 'conversation');
      await queryClient.refetchQueries({ queryKey: key });
      const now = queryClient.getQueryData<Conversation>(key);
      const known = new Set(ticket.messages.map((message) => message.id));
      const hasUnread = now?.messages.some((message) => !known.has(message.id) && !message.isPrivate);
      return now && !hasUnread ? post(now.version, tries - 1) : null;
    }
  }

  async function sendNow(andResolve: boolean) {
    if (!canSend) return;
    const sent = await post(ticket.version);
    if (!sent) return;
    draft.clear();
    files.clear();
    await refreshTicket(queryClient, ticket.number);
    const said = isNote ? t.ticket.noteSaved : t.ticket.replySent(name);
    toast(said);
    if (andResolve) {
      try {
        await resolve.mutateAsync({ move: 'resolve' });
      } catch (failure) {
        toast(t.ticket.notResolved(reasonOf(failure, t)));
      }
    }
    onDone(said);
  }

  return (
    <form
      className={isNote ? 'hd-box hd-box-note' : 'hd-box'}
      onSubmit={(event) => {
        event.preventDefault();
        void sendNow(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && !isSending) onCancel();
      }}
    >
      <p className="hd-box-audience" id="composer-audience">
        {isNote ? <><Icon name="lock" /> {t.ticket.onlyAgents}</> : t.ticket.to(name)}
      </p>
      <div className="hd-field">
        <label className="hd-sr" htmlFor="composer-text">{isNote ? t.internalNote : t.ticket.reply}</label>
        <textarea
          ref={box}
          id="composer-text"
          className="hd-textarea"
          rows={6}
          dir="auto"
          value={draft.value}
          readOnly={isSending}
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
          box.current?.focus();
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
          {isSending ? t.sending : isNote ? t.ticket.saveNote : t.ticket.sendReplyTo(name)}
        </button>
        {!isNote && (ticket.status === 'open' || ticket.status === 'pending' || ticket.status === 'resolved') && (
          <button type="button" className="hd-button" aria-disabled={!canSend} onClick={() => void sendNow(true)}>{t.ticket.sendAndResolve}</button>
        )}
        <button type="button" className="hd-button hd-button-quiet" disabled={isSending} onClick={onCancel}>{t.close}</button>
        <span className="hd-hint" role="status">{draft.isSaved && draft.value ? t.draftSaved : ''}</span>
      </div>
    </form>
  );
}
