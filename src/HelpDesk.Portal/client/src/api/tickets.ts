import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, api, ifMatch, type Priority, type Schemas, type Status } from './client';

/** A ticket as both audiences get it; what only agents get is optional. */
export type Ticket = Omit<Schemas['RequesterTicketResponse'], 'requester'> &
  Partial<Omit<Schemas['AgentTicketResponse'], keyof Schemas['RequesterTicketResponse']>> & { requester: Schemas['PersonResponse'] & Partial<Schemas['ContactResponse']> };
export type Message = Schemas['RequesterMessageResponse'] & Partial<Omit<Schemas['AgentMessageResponse'], keyof Schemas['RequesterMessageResponse']>>;
export type Conversation = Ticket & { messages: Message[]; olderMessages: string | null };
export type Sort = Schemas['TicketSortParameter'];

export interface TicketFilter {
  status?: Status[];
  priority?: Priority[];
  category?: string;
  assignee?: string;
  requester?: string;
  overdue?: boolean;
  q?: string;
  sort?: Sort;
}

/** No list shows more: then its reader is asked to narrow it. */
export const mostRows = 500;
const pageSize = 100;

export const ticketKeys = {
  lists: ['tickets'] as const,
  list: (filter: TicketFilter) => ['tickets', filter] as const,
  ticket: (number: string) => ['ticket', number] as const,
  part: (number: string, part: string) => ['ticket', number, part] as const,
};

/** @param firstPage So many rows at once, until there are as many as one page has: for a list that grows while it is scrolled. */
export function useTickets(filter: TicketFilter, enabled = true, firstPage = pageSize) {
  return useInfiniteQuery({
    queryKey: ticketKeys.list(filter),
    queryFn: ({ pageParam: { cursor, limit }, signal }) =>
      answer(api.GET('/tickets', { params: { query: { ...filter, limit, ...(cursor ? { cursor } : {}) } }, signal })) as Promise<{ data: Ticket[]; nextCursor: string | null }>,
    initialPageParam: { cursor: '', limit: firstPage },
    getNextPageParam: (last, pages) => {
      const count = pages.reduce((sum, page) => sum + page.data.length, 0);
      return last.nextCursor !== null && count < mostRows ? { cursor: last.nextCursor, limit: count < pageSize ? firstPage : pageSize } : null;
    },
    enabled,
  });
}

/** Milliseconds for which a conversation is not asked for again. */
const young = 5_000;

function conversationQuery(number: string) {
  return {
    queryKey: ticketKeys.part(number, 'conversation'),
    queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET('/tickets/{ticket}', { params: { path: { ticket: number } }, signal })) as Promise<Conversation>,
  };
}

export function useConversation(number: string) {
  const query = useQuery({ ...conversationQuery(number), staleTime: young });
  // What was loaded just now, while its reader pointed at it, is what they find; older things are shown at once and asked for anew.
  const wasYoung = useRef(Date.now() - query.dataUpdatedAt < young);
  return { ...query, isFresh: wasYoung.current || query.isFetchedAfterMount };
}

/** Before somebody opens it: while they point at it. */
export function prefetchConversation(queryClient: QueryClient, number: string): void {
  void queryClient.prefetchQuery({ ...conversationQuery(number), staleTime: 30_000 });
}

export function olderMessages(number: string, cursor: string): Promise<{ data: Message[]; nextCursor: string | null }> {
  return answer(api.GET('/tickets/{ticket}/messages', { params: { path: { ticket: number }, query: { cursor } } })) as Promise<{ data: Message[]; nextCursor: string | null }>;
}

export type Move = 'resolve' | 'close' | 'reopen';

/** Resolves, closes or reopens. With a version, only where nobody has changed the ticket since. */
export function useMove(number: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ move, message, version }: { move: Move; message?: string; version?: string }) =>
      answer(
        api.POST(`/tickets/{ticket}/${move}`, {
          params: { path: { ticket: number }, header: version ? { 'If-Match': ifMatch(version) } : {} },
          body: message ? { message } : {},
        }),
      ) as Promise<Conversation>,
    onSettled: () => refreshTicket(queryClient, number),
  });
}

/** What is known of a ticket is asked anew, and every list may have it elsewhere now. */
export function refreshTicket(queryClient: QueryClient, number: string): Promise<void[]> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: ticketKeys.ticket(number) }),
    queryClient.invalidateQueries({ queryKey: ticketKeys.lists }),
    queryClient.invalidateQueries({ queryKey: ['stats'] }),
  ]);
}
