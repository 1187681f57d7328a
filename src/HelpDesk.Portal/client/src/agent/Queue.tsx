import { useCallback, useRef } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Me } from '../api/people';
import { useTickets } from '../api/tickets';
import { NotFound } from '../app/NotFound';
import { useText } from '../i18n/text';
import { useOpened } from '../lists/useOpened';
import { useReturn } from '../lists/useReturn';
import { useStableRows } from '../lists/useStableRows';
import { Failure } from '../ui/Failure';
import { Skeleton } from '../ui/Skeleton';
import { useTitle } from '../ui/useTitle';
import { QueueFilters } from './QueueFilters';
import { QueueList } from './QueueList';
import { QueueNav } from './QueueNav';
import { isQueue, readChoice, toFilter, type Queue as QueueName, type QueueChoice } from './queues';

export default function Queue({ me }: { me: Me }) {
  const { queue } = useParams();
  return isQueue(queue) ? <QueuePage queue={queue} me={me} /> : <NotFound />;
}

function QueuePage({ queue, me }: { queue: QueueName; me: Me }) {
  const { t } = useText();
  const [query, setQuery] = useSearchParams();
  const search = useRef<HTMLInputElement>(null);
  const choice = readChoice(queue, query);
  const filter = toFilter(queue, choice);
  const filterKey = JSON.stringify(filter);
  const tickets = useTickets(filter);
  const isOpened = useOpened(tickets.isFetching);
  const { rows, newCount, showNew } = useStableRows(isOpened ? tickets.data?.pages.map((page) => page.data) : undefined, filterKey, tickets.hasNextPage);
  useTitle(t.agent.queue[queue]);
  useReturn(isOpened && tickets.data !== undefined);

  // The latest one, so that what is typed meanwhile is not asked for with filters of before.
  const setLatest = useRef(setQuery);
  setLatest.current = setQuery;
  const change = useCallback((part: Partial<QueueChoice>) => {
    setLatest.current(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(part)) {
          if (value === '' || (name === 'sort' && value === 'dueAt')) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  }, []);
  const onSearch = useCallback((q: string) => change({ q }), [change]);
  const clear = () => change({ q: '', status: '', priority: '', category: '', assignee: '' });

  return (
    <div className="hd-desk">
      <QueueNav />
      <div className="hd-desk-main">
        <div className="hd-title hd-queue-title">
          <h1>{t.agent.queue[queue]}</h1>
          <div role="status">
            {newCount > 0 && <button type="button" className="hd-button" onClick={showNew}>{t.newRows(newCount)}</button>}
          </div>
        </div>
        <QueueFilters queue={queue} me={me} choice={choice} onSearch={onSearch} onChange={change} searchRef={search} />
        {tickets.error && <Failure error={tickets.error} retry={() => void tickets.refetch()} />}
        {tickets.data && isOpened ? (
          (rows.length > 0 || newCount === 0) && <QueueList key={filterKey} queue={queue} me={me} rows={rows} tickets={tickets} sort={choice.sort} isNarrowed={query.size > 0} onClear={clear} search={search} />
        ) : (
          !tickets.error && <Skeleton />
        )}
      </div>
    </div>
  );
}
