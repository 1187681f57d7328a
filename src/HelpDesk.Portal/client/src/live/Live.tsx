import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useMe } from '../api/people';
import { config } from '../app/config';
import { LiveConnection, type PresentAgent } from './connection';
import { Freshness } from './freshness';

/** Who looks at which ticket, by its number. */
const PresenceContext = createContext<ReadonlyMap<string, PresentAgent[]>>(new Map());

/** Keeps what is shown fresh: by the server's events, and by asking again every 15 seconds where there are none. */
export function Live({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const { data: me } = useMe();
  const [present, setPresent] = useState<ReadonlyMap<string, PresentAgent[]>>(new Map());
  const userId = me?.id;

  useEffect(() => {
    if (!userId) return;
    const freshness = new Freshness(queryClient);
    const connection = new LiveConnection(`${config.api}/events`, `helpdesk-live:${config.api}:${userId}`, {
      ticket: (event) => freshness.changed(event),
      presence: (event) => setPresent((shown) => new Map(shown).set(event.ticket.number, event.agents)),
      reset: () => freshness.everything(),
      state: (state) => freshness.poll(state === 'polling'),
    });
    connection.start();
    return () => {
      connection.stop();
      freshness.stop();
    };
  }, [queryClient, userId]);

  return <PresenceContext value={present}>{children}</PresenceContext>;
}

/** Who else looks at a ticket now: an agent's page alone is told. */
export function useOthersPresent(number: string): PresentAgent[] {
  const present = useContext(PresenceContext);
  const { data: me } = useMe();
  return (present.get(number) ?? []).filter((agent) => agent.id !== me?.id);
}
