import { useRef, useState } from 'react';
import type { Message } from '../api/tickets';

/**
 * The messages that their reader has let in. What others write meanwhile waits: nothing moves under the pointer, and an answer that is being written
 * is not sent past something unread. One's own messages and those already shown are there at once.
 */
export function useShownMessages(messages: Message[] | undefined, ownId: string | undefined, isFresh = true) {
  const shown = useRef<Set<string> | null>(null);
  const wasFresh = useRef(false);
  const [, render] = useState(0);
  if (!messages) return { messages: [] as Message[], waiting: [] as Message[], show: () => undefined };

  // What was kept from an earlier visit is no news when it is asked for anew: the first answer since this page was opened is what its reader finds.
  if (!isFresh || !shown.current || !wasFresh.current) shown.current = new Set(messages.map((message) => message.id));
  wasFresh.current = isFresh;
  const known = shown.current;
  for (const message of messages) if (message.author.id !== null && message.author.id === ownId) known.add(message.id);
  return {
    messages: messages.filter((message) => known.has(message.id)),
    waiting: messages.filter((message) => !known.has(message.id)),
    show: () => {
      for (const message of messages) known.add(message.id);
      render((count) => count + 1);
    },
  };
}
