import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { answer, api } from '../api/client';
import type { Message } from '../api/tickets';
import { config } from '../app/config';
import { useText } from '../i18n/text';
import { Failure } from '../ui/Failure';
import { Icon } from '../ui/Icon';
import { Time } from '../ui/Time';
import { Attachments } from './Attachments';
import { MessageBody } from './MessageBody';

interface Props {
  message: Message;
  /** What its author is called here; null for the name that the API gives. */
  authorName?: string | null;
  isOwn: boolean;
}

/** One message. What a mail looked like, and what it quoted, are asked for by its reader. */
export function MessageArticle({ message, authorName, isOwn }: Props) {
  const { t } = useText();
  const heading = useId();
  const [showsMail, setShowsMail] = useState(false);
  const [showsQuoted, setShowsQuoted] = useState(false);
  const isNote = message.isPrivate === true;
  const kind = isNote ? 'hd-message-note' : isOwn ? 'hd-message-own' : message.author.kind === 'agent' ? 'hd-message-agent' : '';

  return (
    <article className={`hd-message ${kind}`} aria-labelledby={heading}>
      <header className="hd-message-head">
        <h3 id={heading} className="hd-message-author">
          {isNote && <><Icon name="lock" /> <span className="hd-message-kind">{t.internalNote}</span>{' · '}</>}
          <bdi>{authorName ?? message.author.name}</bdi>
        </h3>
        <span className="hd-muted"><Time at={message.createdAt} exact /></span>
        {message.channel === 'email' && <span className="hd-muted">{t.byMail}</span>}
      </header>
      <MessageBody text={message.body} />
      {(message.hasHtml || message.hasQuoted) && (
        <div className="hd-actions">
          {message.hasQuoted && (
            <button type="button" className="hd-button hd-button-quiet" aria-expanded={showsQuoted} onClick={() => setShowsQuoted(!showsQuoted)}>{showsQuoted ? t.hideQuoted : t.showQuoted}</button>
          )}
          {message.hasHtml && (
            <button type="button" className="hd-button hd-button-quiet" aria-expanded={showsMail} onClick={() => setShowsMail(!showsMail)}>{showsMail ? t.hideMail : t.showMail}</button>
          )}
        </div>
      )}
      {showsQuoted && <WholeText id={message.id} />}
      {showsMail && (
        // Its own document under its own policy: sandboxed without any permission, it runs nothing and fetches nothing.
        <iframe className="hd-mail" title={t.mailOf(message.author.name)} sandbox="" src={`${config.api}/messages/${message.id}/html`} />
      )}
      <Attachments files={message.attachments} />
    </article>
  );
}

function WholeText({ id }: { id: string }) {
  const text = useQuery({ queryKey: ['message-text', id], queryFn: () => answer(api.GET('/messages/{id}/text', { params: { path: { id } } })), staleTime: Infinity });
  if (text.error) return <Failure error={text.error} retry={() => void text.refetch()} />;
  return text.data ? <div className="hd-quoted"><MessageBody text={text.data.text} /></div> : null;
}
