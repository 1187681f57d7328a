import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/client';
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

  async function attempt(mine: FieldChange, seen: Conversation, tries = mostTries): Promise<void> {
    try {
      await change.mutateAsync({ change: mine, from: seen.status, version: seen.version });
      setConflict(null);
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'version_mismatch' || tries === 0) {
        setConflict(null);
        setError(reasonOf(failure, t));
        return;
      }
      await queryClient.refetchQueries({ queryKey: key });
      const theirs = queryClient.getQueryData<Conversation>(key);
      if (!theirs) return;
      if (valueOf(theirs, mine.field) === valueOf(seen, mine.field)) await attempt(mine, theirs, tries - 1);
      else setConflict({ mine, theirs, who: await whoChanged(queryClient, number, mine.field) });
    }
  }

  return {
    conflict,
    error,
    forgetError: () => setError(null),
    make(mine: FieldChange) {
      const seen = queryClient.getQueryData<Conversation>(key);
      setError(null);
      return seen ? attempt(mine, seen) : Promise.resolve();
    },
    keepMine: () => (conflict ? attempt(conflict.mine, conflict.theirs) : Promise.resolve()),
    useTheirs: () => setConflict(null),
  };
}

export function valueOf(ticket: Conversation, field: FieldChange['field']): string | null {
  return field === 'assignee' ? (ticket.assignee?.id ?? null) : ticket[field];
}
