import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, ifMatch } from '../api/client';
import { refreshTicket, type Message, type Move, type Ticket } from '../api/tickets';
import { config } from '../app/config';
import { useDraft } from '../drafts/useDraft';
import { useText } from '../i18n/text';
import { useFiles } from '../messages/useFiles';
import { useOnWhatWasRead } from '../messages/useOnWhatWasRead';
import { useSend } from '../messages/useSend';
import { reasonOf } from '../ui/Failure';
import { useToast } from '../ui/Toast';
import { useMounted } from '../ui/useMounted';
import { errorsOf, textError } from '../requests/requestForm';

type Receipt = Message & { ticket: { number: string } };

/** What somebody answers to a request, or does with it. Nothing leaves while a message waits to be read. */
export function useReply(ticket: Ticket, waiting: number) {
  const { number } = ticket;
  const { t } = useText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const mounted = useMounted();
  const draft = useDraft(`${number}:reply`, '');
  const files = useFiles();
  const sending = useSend<Receipt>(`/tickets/${encodeURIComponent(number)}/messages`);
  const onWhatWasRead = useOnWhatWasRead(number);
  const [isBusy, setBusy] = useState(false);
  const [moveError, setMoveError] = useState<unknown>(null);
  const [bodyError, setBodyError] = useState<string | undefined>();
  const [filesError, setFilesError] = useState<string | undefined>();
  const [isCancelled, setCancelled] = useState(false);
  const [wantsFocus, setWantsFocus] = useState<'text' | 'send' | 'show' | 'box' | null>(null);
  const box = useRef<HTMLElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const sendButton = useRef<HTMLButtonElement>(null);
  const showButton = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    if (!wantsFocus) return;
    ({ text, send: sendButton, show: showButton, box })[wantsFocus].current?.focus();
    setWantsFocus(null);
  }, [wantsFocus]);

  function mayGo(needsText: boolean): boolean {
    if (isBusy) return false;
    setCancelled(false);
    setFilesError(undefined);
    sending.forgetError();
    setMoveError(null);
    if (waiting > 0) {
      setWantsFocus('show');
      return false;
    }
    const error = needsText || draft.value.trim() !== '' ? textError(draft.value, config.limits.body, t) : null;
    setBodyError(error ?? undefined);
    if (error) setWantsFocus('text');
    return !error;
  }

  async function send() {
    if (!mayGo(true)) return;
    let receipt: Receipt | null;
    try {
      setBusy(true);
      receipt = await onWhatWasRead.run((version) => sending.start({ fields: { body: draft.value }, files: files.files, ifMatch: version && ifMatch(version) }));
    } catch (failure) {
      if (failure instanceof DOMException) {
        setCancelled(true);
        setWantsFocus('send');
      } else {
        if (!mounted.current) toast(t.notSentFrom(number, reasonOf(failure, t)));
        const errors = errorsOf(failure);
        setBodyError(errors?.body);
        setFilesError(errors?.attachments);
        if (failure instanceof ApiError && failure.status === 409) void refreshTicket(queryClient, number);
      }
      return;
    } finally {
      setBusy(false);
    }
    if (!receipt) {
      sending.forgetError();
      setWantsFocus('show');
      return;
    }
    draft.clear();
    files.clear();
    void refreshTicket(queryClient, number);
    if (receipt.ticket.number === number) {
      toast(t.sent);
      return;
    }
    toast(t.requester.linkedOpened(receipt.ticket.number));
    if (mounted.current) await navigate(`/t/${encodeURIComponent(receipt.ticket.number)}`);
  }

  async function move(to: Move) {
    if (files.files.length > 0 || !mayGo(false)) return;
    const message = draft.value.trim();
    let done;
    try {
      setBusy(true);
      done = await onWhatWasRead.move(to, message);
    } catch (failure) {
      setMoveError(failure);
      return;
    } finally {
      setBusy(false);
    }
    if (!done) {
      setWantsFocus('show');
      return;
    }
    if (message) draft.clear();
    toast(t.requester.moved[to]);
    setWantsFocus('box'); // The button that was pressed is gone.
  }

  const error = sending.error ?? moveError;
  return {
    draft,
    set: (value: string) => {
      draft.set(value);
      setBodyError(undefined);
    },
    files,
    box,
    text,
    sendButton,
    showButton,
    bodyError,
    filesError,
    isBusy,
    isSending: sending.isSending,
    isCancelled,
    progress: sending.progress,
    cancel: sending.cancel,
    send: () => void send(),
    move: (to: Move) => void move(to),
    // What the API has against the text or the files stands at them.
    error: errorsOf(error) === null ? error : null,
    retry: sending.error !== null ? () => void send() : undefined,
  };
}
