import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, ifMatch } from '../api/client';
import { useMe } from '../api/people';
import { refreshTicket, ticketKeys, useMove, type Conversation, type Message, type Move, type Ticket } from '../api/tickets';
import { config } from '../app/config';
import { useDraft } from '../drafts/useDraft';
import { useText } from '../i18n/text';
import { useFiles } from '../messages/useFiles';
import { useSend } from '../messages/useSend';
import { useToast } from '../ui/Toast';
import { errorsOf, textError } from './requestForm';
import { useMounted } from './useMounted';

type Receipt = Message & { ticket: { number: string } };

/** So often a reply meets a change that is no message, before it is told. */
const mostTries = 3;

/** What somebody answers to a request, or does with it. Nothing leaves while a message waits to be read. */
export function useReply(ticket: Ticket, waiting: number) {
  const { number } = ticket;
  const { t } = useText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const mounted = useMounted();
  const { data: me } = useMe();
  const draft = useDraft(`${number}:reply`, '');
  const files = useFiles();
  const sending = useSend<Receipt>(`/tickets/${encodeURIComponent(number)}/messages`);
  const moving = useMove(number);
  const [bodyError, setBodyError] = useState<string | undefined>();
  const [filesError, setFilesError] = useState<string | undefined>();
  const [isCancelled, setCancelled] = useState(false);
  const [wantsFocus, setWantsFocus] = useState<'text' | 'send' | 'show' | 'box' | null>(null);
  const box = useRef<HTMLElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const sendButton = useRef<HTMLButtonElement>(null);
  const showButton = useRef<HTMLButtonElement>(null);
  const isBusy = sending.isSending || moving.isPending;

  useLayoutEffect(() => {
    if (!wantsFocus) return;
    ({ text, send: sendButton, show: showButton, box })[wantsFocus].current?.focus();
    setWantsFocus(null);
  }, [wantsFocus]);

  const cached = () => queryClient.getQueryData<Conversation>(ticketKeys.part(number, 'conversation'));

  function mayGo(needsText: boolean): boolean {
    if (isBusy) return false;
    setCancelled(false);
    setFilesError(undefined);
    sending.forgetError();
    moving.reset();
    if (waiting > 0) {
      setWantsFocus('show');
      return false;
    }
    const error = needsText || draft.value.trim() !== '' ? textError(draft.value, config.limits.body, t) : null;
    setBodyError(error ?? undefined);
    if (error) setWantsFocus('text');
    return !error;
  }

  /** Sends it only to the conversation as it was read: to a newer one, where nobody has said anything. Null where somebody has: their message waits now. */
  async function post(body: string): Promise<Receipt | null> {
    const read = new Set(cached()?.messages.map((message) => message.id));
    for (let tries = 1; ; tries++) {
      const version = cached()?.version;
      try {
        return await sending.start({ fields: { body }, files: files.files, ifMatch: version && ifMatch(version) });
      } catch (failure) {
        if (!(failure instanceof ApiError) || failure.status !== 412 || tries === mostTries) throw failure;
        sending.forgetError();
        await queryClient.invalidateQueries({ queryKey: ticketKeys.ticket(number) });
        if (cached()?.messages.some((message) => !read.has(message.id) && message.author.id !== me?.id)) return null;
      }
    }
  }

  async function send() {
    if (!mayGo(true)) return;
    let receipt: Receipt | null;
    try {
      receipt = await post(draft.value);
    } catch (failure) {
      if (failure instanceof DOMException) {
        setCancelled(true);
        setWantsFocus('send');
      } else {
        const errors = errorsOf(failure);
        setBodyError(errors?.body);
        setFilesError(errors?.attachments);
        if (failure instanceof ApiError && failure.status === 409) void refreshTicket(queryClient, number);
      }
      return;
    }
    if (!receipt) {
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
    try {
      await moving.mutateAsync({ move: to, ...(message ? { message } : {}) });
    } catch {
      return; // It is told below the buttons.
    }
    if (message) draft.clear();
    toast(t.requester.moved[to]);
    setWantsFocus('box'); // The button that was pressed is gone.
  }

  const error = sending.error ?? moving.error;
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
