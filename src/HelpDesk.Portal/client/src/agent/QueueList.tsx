import { lazy, Suspense, useRef, useState, type RefObject } from 'react';
import { useLocation } from 'react-router';
import { mostAtOnce, type Outcome } from '../api/bulk';
import type { Me } from '../api/people';
import { mostRows, type Ticket, type useTickets } from '../api/tickets';
import { useText } from '../i18n/text';
import type { StableRow } from '../lists/useStableRows';
import { useSelection } from '../lists/useSelection';
import { useToast } from '../ui/Toast';
import { useNarrow } from '../ui/useNarrow';
import { readOutcomes, versionOf, type Failures } from './outcomes';
import { QueueCards } from './QueueCards';
import { QueueTable } from './QueueTable';
import type { Queue, QueueChoice } from './queues';
import { usePrefetch } from './usePrefetch';
import { useRowKeys } from './useRowKeys';

// Menus come with a component library: who only reads does without.
const BulkBar = lazy(() => import('./BulkBar'));

export interface RowsProps {
  rows: StableRow<Ticket>[];
  sort: QueueChoice['sort'];
  selected: ReadonlySet<string>;
  failures: Failures;
  onToggle: (id: string, isRange: boolean) => void;
  onToggleAll: (isOn: boolean) => void;
  onPoint: (number: string) => void;
  onLeave: () => void;
  /** For the ticket's page: where its reader comes from, and what was around it. */
  linkState: { queue: string; numbers: string[] };
}

interface Props {
  queue: Queue;
  me: Me;
  rows: StableRow<Ticket>[];
  tickets: ReturnType<typeof useTickets>;
  sort: QueueChoice['sort'];
  isNarrowed: boolean;
  onClear: () => void;
  search: RefObject<HTMLInputElement | null>;
}

export function QueueList({ queue, me, rows, tickets, sort, isNarrowed, onClear, search }: Props) {
  const { t } = useText();
  const toast = useToast();
  const isNarrow = useNarrow();
  const { pathname, search: query } = useLocation();
  const list = useRef<HTMLDivElement>(null);
  const [failures, setFailures] = useState<Failures>(new Map());
  const prefetch = usePrefetch();
  const order = rows.map((row) => row.item.id);
  const selection = useSelection(order);
  const selectedRows = rows.filter((row) => selection.selected.has(row.item.id));
  useRowKeys(list, search, selection);

  function onDone(outcomes: Outcome[]) {
    const { done, failures: failed } = readOutcomes(outcomes);
    setFailures(failed);
    selection.remove(rows.filter((row) => done.includes(row.item.number)).map((row) => row.item.id));
    if (done.length > 0) toast(t.agent.changed(done.length));
    // Whoever has gone elsewhere meanwhile is left there.
    const focused = document.activeElement;
    if (focused !== document.body && !list.current?.contains(focused)) return;
    const failure = rows.find((row) => failed.has(row.item.number));
    if (failure) focusRow(failure.item.number);
    // The bar goes with the last selected row, and the focus would go with it.
    else if (!focused?.closest('[data-row]')) focusRow(done[0]);
  }

  if (rows.length === 0) {
    return (
      <div className="hd-empty">
        <p>{isNarrowed ? t.nothingMatches : t.agent.emptyQueue[queue]}</p>
        {isNarrowed && <p><button type="button" className="hd-button" onClick={() => { search.current?.focus(); onClear(); }}>{t.clearFilters}</button></p>}
      </div>
    );
  }

  const Rows = isNarrow ? QueueCards : QueueTable;
  const isFull = (tickets.data?.pages.length ?? 0) * 100 >= mostRows && (tickets.data?.pages.at(-1)?.nextCursor ?? null) !== null;
  return (
    <div ref={list}>
      <Rows
        rows={rows}
        sort={sort}
        selected={selection.selected}
        failures={failures}
        onToggle={selection.toggle}
        onToggleAll={(isOn) => selection.set(isOn ? order.slice(0, mostAtOnce) : [])}
        onPoint={prefetch.start}
        onLeave={prefetch.stop}
        linkState={{ queue: pathname + query, numbers: rows.map((row) => row.item.number) }}
      />
      {tickets.hasNextPage && (
        <p className="hd-more">
          <button type="button" className="hd-button" aria-disabled={tickets.isFetchingNextPage} onClick={() => !tickets.isFetchingNextPage && void tickets.fetchNextPage()}>{t.showMore}</button>
        </p>
      )}
      {isFull && <p className="hd-more hd-muted">{t.tooMany}</p>}
      {selectedRows.length > 0 && (
        <Suspense fallback={null}>
          <BulkBar
            me={me}
            tickets={selectedRows.map(({ item, isGone }) => ({ ticket: item.number, version: versionOf(item, isGone, failures) }))}
            failed={selectedRows.filter((row) => failures.has(row.item.number)).length}
            isCut={selectedRows.length === mostAtOnce && order.length > mostAtOnce}
            onDone={onDone}
            onClear={() => {
              focusRow(selectedRows[0]?.item.number);
              selection.set([]);
              setFailures(new Map());
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function focusRow(number: string | undefined) {
  document.getElementById(`row-${number}`)?.focus();
}
