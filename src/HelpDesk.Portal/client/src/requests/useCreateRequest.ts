import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCategories } from '../api/people';
import { ticketKeys, type Conversation } from '../api/tickets';
import { config } from '../app/config';
import { useDraft } from '../drafts/useDraft';
import { useText } from '../i18n/text';
import { useFiles } from '../messages/useFiles';
import { useSend } from '../messages/useSend';
import { reasonOf } from '../ui/Failure';
import { useToast } from '../ui/Toast';
import { useMounted } from '../ui/useMounted';
import { checkRequest, errorsOf, fieldOrder, type FieldErrors, type RequestFields } from './requestForm';

interface Options {
  title: string;
  /** Of its draft: each form has its own. */
  place: string;
  empty: RequestFields;
  /** Below which address what was opened is read. */
  page: string;
}

export type CreateForm = ReturnType<typeof useCreateRequest>;

/** The form of a new request: its draft, its files, what is wrong with it, and its sending. */
export function useCreateRequest({ title, place, empty, page }: Options) {
  const { t } = useText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const mounted = useMounted();
  const draft = useDraft<RequestFields>(place, empty);
  const categories = useCategories();
  const files = useFiles();
  const sending = useSend<Conversation>('/tickets', `/tickets:${place}`);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isCancelled, setCancelled] = useState(false);
  const [wantsFocus, setWantsFocus] = useState<'summary' | 'send' | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const sendButton = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    if (!wantsFocus) return;
    (wantsFocus === 'summary' ? summary : sendButton).current?.focus();
    setWantsFocus(null);
  }, [wantsFocus]);

  // A draft may be older than the list of categories: what cannot be chosen (any more) is not shown as chosen, and not sent.
  const isCategoryGone = !categories.isPending && !(categories.data ?? []).includes(draft.value.category);
  const fields = isCategoryGone ? { ...draft.value, category: '' } : draft.value;

  function refuse(found: FieldErrors): boolean {
    setErrors(found);
    if (fieldOrder.every((field) => found[field] === undefined)) return false;
    setWantsFocus('summary');
    return true;
  }

  function set(field: keyof RequestFields, value: string) {
    // With a category that is gone: its reader is told of it until they choose another.
    draft.set({ ...draft.value, [field]: value });
    // What was wrong is not known to be wrong any more; the rest stays marked.
    if (errors[field] !== undefined) setErrors({ ...errors, [field]: undefined });
  }

  async function send() {
    if (sending.isSending) return;
    setCancelled(false);
    sending.forgetError();
    const { category, ...others } = fields;
    if (refuse(checkRequest(fields, config.limits, t))) return;
    let opened: Conversation | null;
    try {
      opened = await sending.start({ fields: { ...others, category: category || undefined }, files: files.files });
    } catch (failure) {
      if (failure instanceof DOMException) {
        setCancelled(true);
        setWantsFocus('send');
      } else {
        // Who has left the page believes that it was sent.
        if (!mounted.current) toast(t.notSentFrom(title, reasonOf(failure, t)));
        const told = errorsOf(failure) ?? {};
        // The API says so in English, and there is but one thing that can be wrong with an address.
        refuse(told.requesterEmail === undefined ? told : { ...told, requesterEmail: t.agent.noAddress });
      }
      return;
    }
    if (!opened) return;
    draft.clear();
    queryClient.setQueryData(ticketKeys.part(opened.number, 'conversation'), opened);
    void queryClient.invalidateQueries({ queryKey: ticketKeys.lists });
    void queryClient.invalidateQueries({ queryKey: ['stats'] });
    toast(t.requester.created(opened.number));
    // In the place of the form: the way back leads to where it was opened.
    if (mounted.current) await navigate(`${page}/${encodeURIComponent(opened.number)}`, { replace: true });
  }

  return {
    title,
    fields,
    goneCategory: isCategoryGone && draft.value.category !== '' ? draft.value.category : null,
    categories: categories.data,
    areCategoriesPending: categories.isPending,
    isSaved: draft.isSaved,
    set,
    files,
    errors,
    summary,
    sendButton,
    send: () => void send(),
    cancel: sending.cancel,
    progress: sending.progress,
    isSending: sending.isSending,
    isCancelled,
    // What the API has against fields stands at the fields.
    error: errorsOf(sending.error) === null ? sending.error : null,
  };
}
