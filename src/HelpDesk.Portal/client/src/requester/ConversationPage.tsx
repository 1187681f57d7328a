import { useLayoutEffect } from 'react';
import { useMe } from '../api/people';
import type { Conversation } from '../api/tickets';
import { useText } from '../i18n/text';
import { MessageArticle } from '../messages/MessageArticle';
import { messageId, MessageList } from '../messages/MessageList';
import { useReadOn } from '../messages/useReadOn';
import { useShownMessages } from '../messages/useShownMessages';
import { useTitle } from '../ui/useTitle';
import { ConversationHeader } from './ConversationHeader';
import { ReplyBox } from './ReplyBox';

export function ConversationPage({ conversation, isFresh }: { conversation: Conversation; isFresh: boolean }) {
  const { t } = useText();
  const { data: me } = useMe();
  const shown = useShownMessages(conversation.messages, me?.id, isFresh);
  const newest = shown.messages.at(-1);
  const show = useReadOn(shown.waiting, shown.show);
  useTitle(`${conversation.number} ${conversation.subject}`);

  // Opened at the newest, and then at each that is let in or was sent: after the frame has put the page to its beginning, before it is seen.
  const newestId = newest && messageId(newest);
  useLayoutEffect(() => {
    if (!newestId) return;
    const frame = requestAnimationFrame(() => document.getElementById(newestId)?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [newestId]);

  return (
    <>
      <ConversationHeader ticket={conversation} />
      <section aria-labelledby="messages-title">
        <h2 id="messages-title" className="hd-sr">{t.requester.messages}</h2>
        <MessageList number={conversation.number} conversation={conversation} messages={shown.messages}>
          {(message) => {
            const isOwn = message.author.id !== null && message.author.id === me?.id;
            return <MessageArticle message={message} isOwn={isOwn} authorName={isOwn ? t.you : message.author.name || t.support} />;
          }}
        </MessageList>
      </section>
      <ReplyBox ticket={conversation} waiting={shown.waiting.length} show={show} />
    </>
  );
}
