import { useLocation, useNavigate } from 'react-router';
import { useText } from '../../i18n/text';

/** What a queue hands over with a link: where the agent came from, and the numbers that were shown there, in order. */
export interface QueueState {
  queue: string;
  numbers: string[];
}

interface Neighbour {
  to: string;
  state: QueueState;
}

export interface QueuePlace {
  queue: string;
  label: string;
  /** As "2/4"; null where the ticket was not opened from a queue. */
  position: string | null;
  previous: Neighbour | null;
  next: Neighbour | null;
  /** To a neighbour, in place of this ticket: the queue stays what is behind. */
  go: (to: Neighbour) => void;
  /** Back to the queue as it was left, with its rows, scroll and focus. */
  back: () => void;
}

/** Where a ticket stands in the queue that it was opened from. */
export function useQueuePlace(number: string): QueuePlace {
  const { t } = useText();
  const navigate = useNavigate();
  const state = (useLocation().state ?? null) as Partial<QueueState> | null;
  const queue = typeof state?.queue === 'string' ? state.queue : '/agent/mine';
  const numbers = Array.isArray(state?.numbers) ? state.numbers : [];
  const index = numbers.indexOf(number);

  function neighbour(at: number): Neighbour | null {
    const other = index < 0 ? undefined : numbers[at];
    return other === undefined ? null : { to: `/agent/t/${encodeURIComponent(other)}`, state: { queue, numbers } };
  }

  const name = /^\/agent\/(\w+)/.exec(queue)?.[1] ?? 'mine';
  return {
    queue,
    label: t.agent.queue[name as keyof typeof t.agent.queue] ?? t.agent.queue.mine,
    position: index < 0 ? null : `${index + 1}/${numbers.length}`,
    previous: neighbour(index - 1),
    next: neighbour(index + 1),
    go: ({ to, state: place }) => void navigate(to, { state: place, replace: true }),
    back: () => void (index < 0 ? navigate(queue) : navigate(-1)),
  };
}
