import { useLayoutEffect, useRef } from 'react';
import type { Message } from '../api/tickets';
import { messageId } from './MessageList';

/** Lets in what waits, and moves the keyboard to the first of it: that is what is read next. */
export function useReadOn(waiting: Message[], show: () => void): () => void {
  const next = useRef<Message | null>(null);
  useLayoutEffect(() => {
    if (!next.current) return;
    document.getElementById(messageId(next.current))?.focus();
    next.current = null;
  });
  return () => {
    next.current = waiting[0] ?? null;
    show();
  };
}
