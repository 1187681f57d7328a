import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { config } from '../app/config';
import { answer, api, type Schemas } from './client';
import { heldInterval } from './stats';
import { ticketKeys, type Ticket } from './tickets';

export type Mail = Schemas['InboundResponse'];
export type MailList = Schemas['InboundStateParameter'];

export type Decision =
  | { kind: 'release'; mail: string; ticket: string }
  | { kind: 'open'; mail: string }
  | { kind: 'reject'; mail: string }
  | { kind: 'retry'; mail: string };

/** Mail that waits for an agent, newest first. */
export function useInbound(state: MailList) {
  return useInfiniteQuery({
    queryKey: ['inbound', state],
    queryFn: ({ pageParam, signal }) => answer(api.GET('/inbound', { params: { query: { state, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: heldInterval,
  });
}

/** Decides on a mail, and gives it as it is then. */
export function useDecision() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision): Promise<Mail> => {
      const params = { path: { id: decision.mail } };
      switch (decision.kind) {
        case 'release':
          return answer(api.POST('/inbound/{id}/release', { params, body: { ticket: decision.ticket } }));
        case 'open':
          return answer(api.POST('/inbound/{id}/release', { params, body: { asNew: true } }));
        case 'reject':
          return answer(api.POST('/inbound/{id}/reject', { params }));
        case 'retry':
          return answer(api.POST('/inbound/{id}/retry', { params }));
      }
    },
    // Also after a refusal: somebody else may have decided.
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['inbound'] });
      void queryClient.invalidateQueries({ queryKey: ['stats'] });
      void queryClient.invalidateQueries({ queryKey: ticketKeys.lists });
      void queryClient.invalidateQueries({ queryKey: ['ticket'] });
    },
  });
}

/** Which ticket a number is of; an empty one of none. */
export function useTicketNamed(number: string) {
  return useQuery({
    queryKey: ticketKeys.part(number, 'named'),
    queryFn: ({ signal }) => answer(api.GET('/tickets/{ticket}', { params: { path: { ticket: number } }, signal })) as Promise<Ticket>,
    enabled: number !== '',
    retry: false,
  });
}

/** Where the mail can be downloaded as it came. */
export function rawMailUrl(id: string): string {
  return `${config.api}/inbound/${id}/raw`;
}
