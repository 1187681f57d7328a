import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { prefetchConversation } from '../api/tickets';

/** Whoever only passes does not mean it. */
const pause = 100;

/** Loads the ticket on which the pointer or the focus rests. */
export function usePrefetch(): { start: (number: string) => void; stop: () => void } {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    start(number) {
      stop();
      timer.current = setTimeout(() => prefetchConversation(queryClient, number), pause);
    },
    stop,
  };
}
