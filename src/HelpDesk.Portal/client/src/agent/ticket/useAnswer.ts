import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ifMatch } from '../../api/client';
import { refreshTicket, type Conversation, type Message } from '../../api/tickets';
import { useText } from '../../i18n/text';
import { useOnWhatWasRead } from '../../messages/useOnWhatWasRead';
import { useSend } from '../../messages/useSend';
import { reasonOf } from '../../ui/Failure';
import { useToast } from '../../ui/Toast';
import { useMounted } from '../../ui/useMounted';
import type { Audience } from './Composer';

/** How a try to send ended: `unread` where the requester wrote meanwhile, `failed` where `error` says why. */
export type Answered = { outcome: 'sent' | 'resolved' | 'unread' | 'failed' | 'cancelled'; notResolved?: string };

/** Sends an answer or a note. An answer names the version that its agent has read, and so does the resolving with it; a note stops for nothing. */
export function useAnswer(ticket: Conversation, audience: Audience) {
  const { t } = useText();
  const { number } = ticket;
  const queryClient = useQueryClient();
  const onWhatWasRead = useOnWhatWasRead(number);
  const sending = useSend<Message>(`/tickets/${encodeURIComponent(number)}/messages`);
  const toast = useToast();
  const mounted = useMounted();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function attempt(body: string, files: readonly File[], andResolve: boolean): Promise<Answered> {
    if (audience === 'note') {
      await sending.start({ fields: { body, isPrivate: true }, files });
      return { outcome: 'sent' };
    }
    // Without files both are one command, and one mail to the requester.
    if (andResolve && files.length === 0 && ticket.status !== 'resolved') return { outcome: (await onWhatWasRead.move('resolve', body)) ? 'resolved' : 'unread' };

    const sent = await onWhatWasRead.run((version) => sending.start({ fields: { body, isPrivate: false }, files, ...(version ? { ifMatch: ifMatch(version) } : {}) }));
    if (!sent) return { outcome: 'unread' };
    if (!andResolve) return { outcome: 'sent' };
    await refreshTicket(queryClient, number);
    try {
      return (await onWhatWasRead.move('resolve', '')) ? { outcome: 'resolved' } : { outcome: 'sent', notResolved: t.newMessages(1) };
    } catch (failure) {
      return { outcome: 'sent', notResolved: t.ticket.notResolved(reasonOf(failure, t)) };
    }
  }

  return {
    isBusy,
    error,
    progress: sending.progress,
    cancel: sending.cancel,
    async answer(body: string, files: readonly File[], andResolve: boolean): Promise<Answered> {
      setBusy(true);
      setError(null);
      try {
        return await attempt(body, files, andResolve);
      } catch (failure) {
        if (failure instanceof DOMException) return { outcome: 'cancelled' };
        // Who has left the page believes that it was sent.
        if (!mounted.current) toast(t.notSentFrom(number, reasonOf(failure, t)));
        setError(failure);
        return { outcome: 'failed' };
      } finally {
        // Not waited for: who goes on typing while it is slow would type into a box that closes.
        void refreshTicket(queryClient, number);
        setBusy(false);
      }
    },
  };
}
