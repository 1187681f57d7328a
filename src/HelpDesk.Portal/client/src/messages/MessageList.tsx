import { useRef, useState, type ReactNode } from 'react';
import { olderMessages, type Conversation, type Message } from '../api/tickets';
import { useText } from '../i18n/text';
import { Failure } from '../ui/Failure';

/** So many at most are shown at once, of each end; what is between is folded. */
const unfolded = 25;

/** The id of a message's element: it can be scrolled to, and take the focus. */
export function messageId(message: Message): string {
  return `message-${message.id}`;
}

interface Props {
  number: string;
  conversation: Conversation;
  /** The messages to show, oldest first: those that wait for their reader are not among them. */
  messages: Message[];
  children: (message: Message) => ReactNode;
}

/** A conversation, oldest first. Long ones are folded in the middle, and what is older than the newest 200 is loaded by a button. */
export function MessageList({ number, conversation, messages, children }: Props) {
  const { t } = useText();
  // Decided when it is opened: what comes later folds nothing under its reader's eyes.
  const [folded, setFolded] = useState(() => Math.max(0, messages.length - 2 * unfolded));
  const kept = useRef<Message[]>([]);
  const [older, setOlder] = useState<{ messages: Message[]; cursor: string | null } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isLoading, setLoading] = useState(false);

  const cursor = older ? older.cursor : conversation.olderMessages;
  // The answer has the newest 200. What was among them once stays where it is when newer ones take its place.
  const known = new Set(messages.map((message) => message.id));
  const left = kept.current.filter((message) => !known.has(message.id));
  const leftIds = new Set(left.map((message) => message.id));
  kept.current = [...left, ...messages];
  const all = [...(older?.messages.filter((message) => !known.has(message.id) && !leftIds.has(message.id)) ?? []), ...kept.current];

  async function load() {
    if (!cursor || isLoading) return;
    setLoading(true);
    try {
      const page = await olderMessages(number, cursor);
      setOlder({ messages: [...page.data, ...(older?.messages ?? [])], cursor: page.nextCursor });
      setError(null);
    } catch (failure) {
      setError(failure);
    } finally {
      setLoading(false);
    }
  }

  return (
    <>
      {cursor && folded === 0 && (
        <button type="button" className="hd-button hd-news" aria-disabled={isLoading} onClick={() => void load()}>{t.olderMessages}</button>
      )}
      {error !== null && <Failure error={error} retry={() => void load()} />}
      <ol className="hd-messages">
        {all.map((message, index) => {
          if (folded > 0 && index >= unfolded && index < unfolded + folded) {
            return index === unfolded ? (
              <li key="folded"><button type="button" className="hd-button hd-news" onClick={() => setFolded(0)}>{t.foldedMessages(folded)}</button></li>
            ) : null;
          }
          return <li key={message.id} id={messageId(message)} tabIndex={-1} className="hd-message-item">{children(message)}</li>;
        })}
      </ol>
    </>
  );
}
