import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client';

export interface Counts {
  mine: number;
  unassigned: number;
  all: number;
  overdue: number;
  held: number;
}

/** No event tells of mail that is held, so its number is asked for once a minute. */
export const heldInterval = 60_000;

/** How much waits in each queue. */
export function useStats() {
  return useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => answer(api.GET('/stats', { signal })),
    refetchInterval: heldInterval,
    select: (stats): Counts => ({
      mine: Number(stats.mine),
      unassigned: Number(stats.unassigned),
      all: Number(stats.byStatus.open) + Number(stats.byStatus.pending),
      overdue: Number(stats.overdue),
      held: Number(stats.held),
    }),
  });
}
