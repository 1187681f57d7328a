import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client';
import { useMe } from '../api/people';
import { ticketKeys, useMove, type Conversation, type Move } from '../api/tickets';

/** So often a command meets a change that is no message, before it is told. */
const mostTries = 5;

const reached = { resolve: 'resolved', close: 'closed', reopen: 'open' } as const;

/** Commands that name the version which their author has read. */
export function useOnWhatWasRead(number: string) {
  const queryClient = useQueryClient();
  const { data: me } = useMe();
  const moving = useMove(number);
  const key = ticketKeys.part(number, 'conversation');
  const cached = () => queryClient.getQueryData<Conversation>(key);

  /** Runs a command. Where somebody changed something meanwhile, it is run again on top; where somebody wrote, it is not: null, and their message waits to be read. */
  async function run<T>(command: (version: string | undefined) => Promise<T>): Promise<T | null> {
    const read = new Set(cached()?.messages.map((message) => message.id));
    for (let tries = 1; ; tries++) {
      try {
        return await command(cached()?.version);
      } catch (failure) {
        if (!(failure instanceof ApiError) || failure.status !== 412 || tries === mostTries) throw failure;
        await queryClient.refetchQueries({ queryKey: key });
        if (cached()?.messages.some((message) => !read.has(message.id) && !message.isPrivate && message.author.id !== me?.id)) return null;
      }
    }
  }

  /** Resolves, closes or reopens, with a last message where there is one. A try whose answer was lost is found to be done, and not made twice. */
  async function move(to: Move, message: string): Promise<'done' | null> {
    try {
      return (await run((version) => moving.mutateAsync({ move: to, ...(message ? { message } : {}), ...(version ? { version } : {}) }))) && 'done';
    } catch (failure) {
      if (failure instanceof ApiError && (failure.code === 'network' || failure.code === 'transition_not_allowed')) {
        await queryClient.refetchQueries({ queryKey: key });
        const now = cached();
        const last = now?.messages.findLast((each) => each.author.id === me?.id);
        if (now?.status === reached[to] && message !== '' && last?.body === message) return 'done';
      }
      throw failure;
    }
  }

  return { run, move };
}
