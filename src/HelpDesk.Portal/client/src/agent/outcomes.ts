import { ApiError } from '../api/client';
import type { Outcome } from '../api/bulk';
import type { Ticket } from '../api/tickets';

/** Why a ticket was not changed, by its number. */
export type Failures = ReadonlyMap<string, ApiError>;

export interface Outcomes {
  /** Numbers of the tickets that were changed. */
  done: string[];
  failures: Failures;
}

/** Parts what was changed from what was not. */
export function readOutcomes(outcomes: readonly Outcome[]): Outcomes {
  const done: string[] = [];
  const failures = new Map<string, ApiError>();
  for (const { ticket, ok, error } of outcomes) {
    if (ok) done.push(ticket);
    else failures.set(ticket, new ApiError(Number(error?.status ?? 500), error ?? null));
  }
  return { done, failures };
}

/**
 * The version for the next try: the one that is shown. A row that has left the list is not renewed any more; what the API has said of it, together with the reason, is what its reader knows.
 */
export function versionOf(ticket: Ticket, isGone: boolean, failures: Failures): string {
  const told = failures.get(ticket.number)?.problem?.current;
  return isGone && told ? told : ticket.version;
}
