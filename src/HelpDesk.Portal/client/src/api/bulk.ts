import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas, type Priority, type Status } from './client';
import { ticketKeys } from './tickets';

/** What the API takes in one call. */
export const mostAtOnce = 100;

export type Outcome = Schemas['BulkOutcome'];

export interface BulkChange {
  assigneeId?: string | null;
  priority?: Priority;
  /** Null for none. */
  category?: string | null;
  status?: Status;
}

export interface SelectedTicket {
  ticket: string;
  /** As it is shown: whoever has not seen a change does not overwrite it. */
  version: string;
}

/** Changes several tickets alike, each for itself. It is done when the lists show what has become of them. */
export function useBulk() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ tickets, change }: { tickets: SelectedTicket[]; change: BulkChange }) => {
      const { data } = await answer(api.POST('/tickets/bulk', { body: { tickets, change } }));
      for (const { ticket } of tickets) void queryClient.invalidateQueries({ queryKey: ticketKeys.ticket(ticket) });
      void queryClient.invalidateQueries({ queryKey: ['stats'] });
      await queryClient.invalidateQueries({ queryKey: ticketKeys.lists });
      return data;
    },
  });
}
