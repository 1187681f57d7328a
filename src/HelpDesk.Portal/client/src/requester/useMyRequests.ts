import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Status } from '../api/client';
import { mostRows, useTickets } from '../api/tickets';
import { useOpened } from '../lists/useOpened';
import { useReturn } from '../lists/useReturn';
import { useStableRows } from '../lists/useStableRows';

const statuses: readonly Status[] = ['open', 'pending', 'resolved', 'closed'];

/** So many rows at once while they come by scrolling; after a hundred they come by a button, and a hundred at once. */
const firstPage = 50;
export const rowsByScroll = 100;

/** The list of one's own requests: its filter is in the address, its rows stand still. */
export function useMyRequests() {
  const [query, setQuery] = useSearchParams();
  const q = (query.get('q') ?? '').trim();
  const status = statuses.find((each) => each === query.get('status'));
  // A search of one letter, from an address typed by hand, would be refused.
  const filter = useMemo(() => ({ ...(status ? { status: [status] } : {}), ...(q.length >= 2 ? { q: q.slice(0, 200) } : {}) }), [status, q]);

  const change = useCallback(
    (name: 'q' | 'status', value: string) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setQuery],
  );

  const tickets = useTickets(filter, true, firstPage);
  const isOpened = useOpened(tickets.isFetching);
  const pages = useMemo(() => tickets.data?.pages.map((page) => page.data), [tickets.data]);
  const list = useStableRows(isOpened ? pages : undefined, JSON.stringify(filter), tickets.hasNextPage);
  const isReady = isOpened && pages !== undefined;
  useReturn(isReady);

  return {
    ...list,
    isReady,
    status,
    q,
    isFiltered: status !== undefined || filter.q !== undefined,
    setStatus: useCallback((value: string) => change('status', value), [change]),
    setSearch: useCallback((value: string) => change('q', value), [change]),
    clear: () => setQuery({}, { replace: true }),
    error: tickets.error,
    retry: () => void tickets.refetch(),
    hasMore: tickets.hasNextPage,
    isLoadingMore: tickets.isFetchingNextPage,
    more: () => void tickets.fetchNextPage(),
    isCut: list.rows.length >= mostRows && !tickets.hasNextPage && tickets.data?.pages.at(-1)?.nextCursor !== null,
  };
}
