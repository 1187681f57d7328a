import type { QueryClient } from '@tanstack/react-query';
import { ticketKeys, type Conversation } from '../api/tickets';
import type { TicketEvent } from './connection';

/** Events that belong together come together: one refetch for all of them. */
const batch = 150;
/** Lists are long, and everybody has one open: however much happens, they are asked for no more often. */
const betweenLists = 3_000;
const pollInterval = 15_000;

/** Decides what is asked for anew. Pages that are not shown are only marked. */
export class Freshness {
  private readonly numbers = new Map<string, string>();
  private batchTimer: ReturnType<typeof setTimeout> | undefined;
  private listTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setInterval> | undefined;
  private listsAskedAt = 0;

  constructor(private readonly queryClient: QueryClient) {}

  changed(event: TicketEvent): void {
    this.numbers.set(event.ticket.number, event.version);
    this.batchTimer ??= setTimeout(() => this.flush(), batch);
  }

  everything(): void {
    void this.queryClient.invalidateQueries({ predicate: (query) => isOfTickets(query.queryKey[0]) });
  }

  poll(isOn: boolean): void {
    // Said again with each try that fails: the turn that runs already goes on.
    if (isOn && this.pollTimer !== undefined) return;
    clearInterval(this.pollTimer);
    this.pollTimer = isOn
      ? setInterval(() => {
          if (document.visibilityState === 'visible') this.everything();
        }, pollInterval)
      : undefined;
  }

  stop(): void {
    clearTimeout(this.batchTimer);
    clearTimeout(this.listTimer);
    clearInterval(this.pollTimer);
  }

  private flush(): void {
    this.batchTimer = undefined;
    for (const [number, version] of this.numbers) {
      // One's own change is known already: its answer brought the version that the event tells.
      const known = this.queryClient.getQueryData<Conversation>(ticketKeys.part(number, 'conversation'));
      if (known?.version !== version) void this.queryClient.invalidateQueries({ queryKey: ticketKeys.ticket(number) });
    }
    this.numbers.clear();
    this.listTimer ??= setTimeout(() => this.lists(), Math.max(0, this.listsAskedAt + betweenLists - Date.now()));
  }

  private lists(): void {
    this.listTimer = undefined;
    this.listsAskedAt = Date.now();
    void this.queryClient.invalidateQueries({ queryKey: ticketKeys.lists });
    void this.queryClient.invalidateQueries({ queryKey: ['stats'] });
    void this.queryClient.invalidateQueries({ queryKey: ['agents'] });
  }
}

function isOfTickets(key: unknown): boolean {
  return key === 'tickets' || key === 'ticket' || key === 'stats' || key === 'agents' || key === 'inbound';
}
