import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { answer, api, ifMatch, type Priority, type Schemas, type Status } from './client';
import { refreshTicket, ticketKeys, type Conversation } from './tickets';

export type HistoryEntry = Schemas['HistoryEntryResponse'];
export type SlaTarget = Schemas['TargetResponse'];

/** What an agent changes on a ticket, one field at a time. */
export type FieldChange =
  | { field: 'subject'; value: string }
  | { field: 'status'; value: Status }
  | { field: 'priority'; value: Priority }
  | { field: 'category'; value: string | null }
  | { field: 'assignee'; value: { id: string; name: string } | null };

/**
 * Sets a field where the ticket is as it was at `version`; the page shows it before the server has said so, and takes it back where it says no. Not so a
 * subject: it is somebody's text, as a message is.
 */
export function useFieldChange(number: string) {
  const queryClient = useQueryClient();
  const key = ticketKeys.part(number, 'conversation');
  return useMutation({
    mutationFn: ({ change, from, version }: { change: FieldChange; from: Status; version: string }) => {
      const at = { params: { path: { ticket: number }, header: { 'If-Match': ifMatch(version) } } };
      const move = change.field === 'status' ? moveTo(from, change.value) : null;
      return (move ? answer(api.POST(`/tickets/{ticket}/${move}`, { ...at, body: {} })) : answer(api.PATCH('/tickets/{ticket}', { ...at, body: toRequest(change) }))) as Promise<Partial<Conversation>>;
    },
    onMutate: async ({ change }) => {
      if (change.field === 'subject') return undefined;
      await queryClient.cancelQueries({ queryKey: key });
      const before = queryClient.getQueryData<Conversation>(key);
      if (before) queryClient.setQueryData<Conversation>(key, { ...before, [change.field]: change.value });
      return before;
    },
    // This field alone: others may have changed meanwhile.
    onError: (_error, { change }, before) => {
      if (before) queryClient.setQueryData<Conversation>(key, (known) => known && { ...known, [change.field]: before[change.field] });
    },
    onSuccess: (changed) => queryClient.setQueryData<Conversation>(key, (known) => known && { ...known, ...changed, messages: changed.messages ?? known.messages }),
    // Not waited for: what was changed is known, and the rest of the ticket may take its time.
    onSettled: () => void refreshTicket(queryClient, number),
  });
}

/** Resolved and closed, and open after them, have calls of their own; between open and pending the status is set. */
function moveTo(from: Status, to: Status): 'resolve' | 'close' | 'reopen' | null {
  if (to === 'resolved') return 'resolve';
  if (to === 'closed') return 'close';
  return to === 'open' && (from === 'resolved' || from === 'closed') ? 'reopen' : null;
}

function toRequest(change: FieldChange): Schemas['ChangeTicketRequest'] {
  return change.field === 'assignee' ? { assigneeId: change.value?.id ?? null } : { [change.field]: change.value };
}

function historyQuery(number: string) {
  return {
    queryKey: ticketKeys.part(number, 'history'),
    queryFn: async () => {
      const entries: HistoryEntry[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Schemas['HistoryResponse'] = await answer(api.GET('/tickets/{ticket}/history', { params: { path: { ticket: number }, query: cursor ? { cursor } : {} } }));
        entries.push(...page.data);
        cursor = page.nextCursor;
      }
      return entries;
    },
  };
}

export function useHistory(number: string) {
  return useQuery(historyQuery(number));
}

/** Who set a field last: a name, `system` for the help desk itself, null where nobody can say. */
export async function whoChanged(queryClient: QueryClient, number: string, field: string): Promise<string | null> {
  try {
    const entries = await queryClient.fetchQuery({ ...historyQuery(number), staleTime: 0 });
    const entry = entries.findLast((each) => each.changes.some((change) => change.field === field));
    return entry ? (entry.actor.kind === 'system' ? 'system' : entry.actor.name) : null;
  } catch {
    return null; // The two values are what has to be decided on; the name only helps.
  }
}

export function useSla(number: string) {
  return useQuery({ queryKey: ticketKeys.part(number, 'sla'), queryFn: () => answer(api.GET('/tickets/{ticket}/sla', { params: { path: { ticket: number } } })) });
}
