import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, type Status } from '../../api/client';
import { useFieldChange, whoChanged, type FieldChange } from '../../api/ticketCommands';
import { ticketKeys, type Conversation } from '../../api/tickets';
import type { useText } from '../../i18n/text';
import { reasonOf } from '../../ui/Failure';

/** A change that met another one of the same field. */
export interface Conflict {
  mine: FieldChange;
  theirs: Conversation;
  /** Null where it cannot be told, `system` where the help desk did it. */
  who: string | null;
  decide: (choice: Choice) => void;
}

/** Null where its agent has put the question aside: nothing is changed, and nothing given up. */
export type Choice = 'mine' | 'theirs' | null;

/** How a change ended: `open` where it was refused or put aside, and what was wanted is still wanted. */
export type Ended = 'made' | 'theirs' | 'open';

/** What an agent knew when they decided on a change. */
export interface Seen {
  version: string;
  status: Status;
  value: string | null;
}

export function seenOf(ticket: Conversation, field: FieldChange['field']): Seen {
  return { version: ticket.version, status: ticket.status, value: valueOf(ticket, field) };
}

/** Somebody who writes to the same ticket all the time shall not hold up a change for ever. */
const mostTries = 5;

/**
 * Changes a ticket only as its agent sees it. Where somebody changed something else meanwhile, the change is made on top of it; where it was the same
 * field, both are shown and the agent decides.
 */
export function useGuardedChange(number: string, t: ReturnType<typeof useText>['t']) {
  const queryClient = useQueryClient();
  const change = useFieldChange(number);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<string | null>(null);
  const key = ticketKeys.part(number, 'conversation');

  async function attempt(mine: FieldChange, seen: Seen, tries = mostTries): Promise<Ended> {
    try {
      await change.mutateAsync({ change: mine, from: seen.status, version: seen.version });
      return 'made';
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'version_mismatch' || tries === 0) {
        setError(reasonOf(failure, t));
        return 'open';
      }
      await queryClient.refetchQueries({ queryKey: key });
      const theirs = queryClient.getQueryData<Conversation>(key);
      if (!theirs) return 'open';
      const now = seenOf(theirs, mine.field);
      if (now.value === seen.value) return attempt(mine, now, tries - 1);
      const who = await whoChanged(queryClient, number, mine.field);
      const choice = await new Promise<Choice>((decide) => setConflict({ mine, theirs, who, decide }));
      const ended = choice === 'mine' ? await attempt(mine, now) : choice === 'theirs' ? 'theirs' : 'open';
      // Not before the server has answered: until then it is not decided.
      setConflict(null);
      return ended;
    }
  }

  return {
    conflict,
    error,
    forgetError: () => setError(null),
    /** @param seen Where the change was begun before now, what was known then. */
    make(mine: FieldChange, seen?: Seen): Promise<Ended> {
      const ticket = queryClient.getQueryData<Conversation>(key);
      setError(null);
      const from = seen ?? (ticket && seenOf(ticket, mine.field));
      return from ? attempt(mine, from) : Promise.resolve('open');
    },
  };
}

export function valueOf(ticket: Conversation, field: FieldChange['field']): string | null {
  return field === 'assignee' ? (ticket.assignee?.id ?? null) : ticket[field];
}
