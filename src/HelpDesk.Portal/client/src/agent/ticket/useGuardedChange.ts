import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError, type Status } from '../../api/client';
import { useFieldChange, whoChanged, type FieldChange } from '../../api/ticketCommands';
import { ticketKeys, type Conversation } from '../../api/tickets';
import type { useText } from '../../i18n/text';
import { reasonOf } from '../../ui/Failure';
import { useToast } from '../../ui/Toast';
import { useMounted } from '../../ui/useMounted';

/** A change that met another one of the same field. */
interface Met {
  mine: FieldChange;
  theirs: Conversation;
  now: Seen;
  /** Null where it cannot be told, `system` where the help desk did it. */
  who: string | null;
}

/** What its agent is asked then. */
export interface Conflict extends Met {
  /** It is decided, and the server has not answered yet. */
  isBusy: boolean;
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
  const toast = useToast();
  const mounted = useMounted();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<string | null>(null);
  const key = ticketKeys.part(number, 'conversation');

  // One question at a time: two changes may be under way.
  const questions = useRef<Promise<unknown>>(Promise.resolve());

  function fail(text: string): Ended {
    setError(text);
    // Who has left the page believes that it was changed.
    if (!mounted.current) toast(`${number}: ${t.notSaved(text)}`);
    return 'open';
  }

  async function attempt(mine: FieldChange, seen: Seen, tries = mostTries): Promise<Ended | Met> {
    try {
      await change.mutateAsync({ change: mine, from: seen.status, version: seen.version });
      return 'made';
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'version_mismatch' || tries === 0) return fail(reasonOf(failure, t));
      await queryClient.refetchQueries({ queryKey: key });
      const theirs = queryClient.getQueryData<Conversation>(key);
      if (!theirs) return 'open';
      const now = seenOf(theirs, mine.field);
      // Somebody wanted the same; or it was this change, whose answer was lost.
      if (now.value === wantedBy(mine)) return 'made';
      if (now.value === seen.value) return attempt(mine, now, tries - 1);
      return { mine, theirs, now, who: await whoChanged(queryClient, number, mine.field) };
    }
  }

  async function ask(met: Met): Promise<Ended> {
    for (let question = met; ; ) {
      if (!mounted.current) return fail(t.ticket.changedBy(question.who === 'system' ? t.ticket.theHelpDesk : (question.who ?? t.ticket.somebody)));
      const choice = await new Promise<Choice>((decide) => setConflict({ ...question, isBusy: false, decide }));
      if (choice !== 'mine') {
        setConflict(null);
        return choice === 'theirs' ? 'theirs' : 'open';
      }
      // It stays until the server has answered, since it is not decided before; whoever does not want to wait puts it aside.
      setConflict({ ...question, isBusy: true, decide: () => setConflict(null) });
      const ended = await attempt(question.mine, question.now);
      if (typeof ended === 'string') {
        setConflict(null);
        return ended;
      }
      question = ended;
    }
  }

  return {
    conflict,
    error,
    forgetError: () => setError(null),
    /** @param seen Where the change was begun before now, what was known then. */
    async make(mine: FieldChange, seen?: Seen): Promise<Ended> {
      const ticket = queryClient.getQueryData<Conversation>(key);
      setError(null);
      const from = seen ?? (ticket && seenOf(ticket, mine.field));
      if (!from) return 'open';
      const ended = await attempt(mine, from);
      if (typeof ended === 'string') return ended;
      const answered = questions.current.then(() => ask(ended));
      questions.current = answered;
      return answered;
    },
  };
}

function wantedBy(change: FieldChange): string | null {
  return change.field === 'assignee' ? (change.value?.id ?? null) : change.value;
}

export function valueOf(ticket: Conversation, field: FieldChange['field']): string | null {
  return field === 'assignee' ? (ticket.assignee?.id ?? null) : ticket[field];
}
