import { useState } from 'react';
import { Navigate, useLocation, useParams } from 'react-router';
import { ApiError } from '../api/client';
import type { Me } from '../api/people';
import { useConversation } from '../api/tickets';
import { NotFound } from '../app/NotFound';
import { useText } from '../i18n/text';
import { usePresence } from '../live/usePresence';
import { MessageArticle } from '../messages/MessageArticle';
import { MessageList } from '../messages/MessageList';
import { useReadOn } from '../messages/useReadOn';
import { useShownMessages } from '../messages/useShownMessages';
import { useShortcuts } from '../shortcuts/useShortcuts';
import { Failure } from '../ui/Failure';
import { Modal } from '../ui/Modal';
import { Skeleton } from '../ui/Skeleton';
import { useNarrow } from '../ui/useNarrow';
import { useTitle } from '../ui/useTitle';
import { Composer, type Audience } from './ticket/Composer';
import { composerTextId } from './ticket/ComposerBox';
import { ConflictDialog } from './ticket/ConflictDialog';
import { Details } from './ticket/Details';
import { TicketHead, type OpenPicker } from './ticket/TicketHead';
import { useGuardedChange } from './ticket/useGuardedChange';
import { useQueuePlace } from './ticket/useQueuePlace';

export default function AgentTicket({ me }: { me: Me }) {
  const { number = '' } = useParams();
  // Another ticket is another page: nothing of the one before may stay in it.
  return <TicketPage key={number} number={number} me={me} />;
}

function TicketPage({ number, me }: { number: string; me: Me }) {
  const { t } = useText();
  const { state } = useLocation() as { state: unknown };
  const isNarrow = useNarrow();
  const conversation = useConversation(number);
  const place = useQueuePlace(number);
  const [audience, setAudience] = useState<Audience | null>(null);
  const [isSending, setSending] = useState(false);
  const [openPicker, setOpenPicker] = useState<OpenPicker>(null);
  const [showsDetails, setShowsDetails] = useState(false);
  const change = useGuardedChange(number, t);
  const ticket = conversation.data;
  const shown = useShownMessages(ticket?.messages, me.id, conversation.isFresh);
  const show = useReadOn(shown.waiting, shown.show);
  const isOwn = ticket !== undefined && ticket.requester.id === me.id;

  function open(wanted: Audience) {
    // What is being sent closes its own box, and no other.
    if (isSending) return;
    // Where it is open already, the key brings its writer back into it.
    if (audience === wanted) document.getElementById(composerTextId)?.focus();
    setAudience(wanted);
  }

  useTitle(ticket ? `${ticket.number} ${ticket.subject}` : undefined);
  usePresence(ticket && !isOwn ? ticket.number : null, audience === 'reply' && ticket?.status !== 'closed' ? 'replying' : 'viewing');
  useShortcuts({
    r: () => open('reply'),
    n: () => open('note'),
    a: () => setOpenPicker('assignee'),
    p: () => setOpenPicker('priority'),
    s: () => setOpenPicker('status'),
    u: place.back,
    j: () => place.next && place.go(place.next),
    k: () => place.previous && place.go(place.previous),
  });

  if (!ticket) {
    if (conversation.error instanceof ApiError && (conversation.error.status === 404 || conversation.error.status === 400)) return <NotFound />;
    return conversation.error ? <Failure error={conversation.error} retry={() => void conversation.refetch()} /> : <Skeleton />;
  }

  // What one has asked oneself is read as a requester, without notes; and a page has one address.
  if (isOwn) return <Navigate to={`/t/${encodeURIComponent(ticket.number)}`} replace />;
  if (ticket.number !== number) return <Navigate to={`/agent/t/${encodeURIComponent(ticket.number)}`} state={state} replace />;

  return (
    <div className="hd-ticket">
      <div className="hd-ticket-main">
        <TicketHead ticket={ticket} place={place} onChange={change.make} openPicker={openPicker} onOpenPicker={setOpenPicker} />
        {change.error !== null && (
          <div className="hd-banner hd-banner-danger" role="alert">
            <p>{t.notSaved(change.error)}</p>
            <button type="button" className="hd-button" onClick={change.forgetError}>{t.close}</button>
          </div>
        )}
        {conversation.error && <Failure error={conversation.error} retry={() => void conversation.refetch()} />}
        {isNarrow && <button type="button" className="hd-button hd-news" onClick={() => setShowsDetails(true)}>{t.ticket.details}</button>}
        <h2 className="hd-sr">{t.requester.messages}</h2>
        <MessageList number={ticket.number} conversation={ticket} messages={shown.messages}>
          {(message) => <MessageArticle message={message} isOwn={message.author.id === me.id} authorName={message.author.id === me.id ? t.you : null} />}
        </MessageList>
        {shown.waiting.length > 0 && (
          <button type="button" className="hd-button hd-news" onClick={show}>{t.ticket.waitingMessages(shown.waiting.length)}</button>
        )}
        <Composer ticket={ticket} audience={audience} onAudience={setAudience} isBusy={isSending} onBusy={setSending} waiting={shown.waiting} onShowWaiting={show} />
      </div>
      {isNarrow ? (
        <Modal title={t.ticket.details} isOpen={showsDetails} onClose={() => setShowsDetails(false)}>
          <Details ticket={ticket} />
          <button type="button" className="hd-button" onClick={() => setShowsDetails(false)}>{t.close}</button>
        </Modal>
      ) : (
        <aside className="hd-ticket-side" aria-label={t.ticket.details}><Details ticket={ticket} /></aside>
      )}
      <ConflictDialog conflict={change.conflict} />
    </div>
  );
}
