import { useLayoutEffect, useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/text';
import { Failure } from '../ui/Failure';
import { SearchField } from '../ui/SearchField';
import { SelectField } from '../ui/SelectField';
import { Skeleton } from '../ui/Skeleton';
import { useNarrow } from '../ui/useNarrow';
import { useTitle } from '../ui/useTitle';
import { MoreRequests } from './MoreRequests';
import { RequestCards } from './RequestCards';
import { requestId } from './RequestLink';
import { RequestTable } from './RequestTable';
import { useMyRequests } from './useMyRequests';

export default function MyRequests() {
  const { t } = useText();
  const isNarrow = useNarrow();
  const list = useMyRequests();
  const { rows } = list;
  const [showsNew, setShowsNew] = useState(false);
  useTitle(t.requester.myRequests);

  // The button that was pressed is gone: the reader goes on at what it brought.
  useLayoutEffect(() => {
    if (!showsNew) return;
    setShowsNew(false);
    window.scrollTo(0, 0);
    if (rows[0]) document.getElementById(requestId(rows[0].item))?.focus({ preventScroll: true });
  }, [showsNew, rows]);

  function showNew() {
    list.showNew();
    setShowsNew(true);
  }

  return (
    <>
      <div className="hd-requests-head">
        <h1>{t.requester.myRequests}</h1>
        <SearchField value={list.q} onSearch={list.setSearch} />
        <SelectField
          label={t.statusLabel}
          value={list.status ?? ''}
          onChange={list.setStatus}
          options={[
            { id: '', label: t.all },
            { id: 'open', label: t.status.open },
            { id: 'pending', label: t.awaitingReply },
            { id: 'resolved', label: t.status.resolved },
            { id: 'closed', label: t.status.closed },
          ]}
        />
        <Link className="hd-button hd-button-primary hd-requests-create" to="/new">{t.requester.createRequest}</Link>
      </div>
      {list.error !== null && <Failure error={list.error} retry={list.retry} />}
      {/* It floats: a line of its own would move the rows under the pointer. */}
      <div className="hd-requests-news" role="status">
        {list.newCount > 0 && <button type="button" className="hd-button" onClick={showNew}>{t.newRows(list.newCount)}</button>}
      </div>
      {!list.isReady ? (
        list.error === null && <Skeleton />
      ) : rows.length === 0 && list.newCount === 0 ? (
        <NoRequests isFiltered={list.isFiltered} clear={list.clear} />
      ) : (
        <div className="hd-requests">
          {isNarrow ? <RequestCards rows={rows} /> : <RequestTable rows={rows} />}
          <MoreRequests list={list} />
        </div>
      )}
    </>
  );
}

function NoRequests({ isFiltered, clear }: { isFiltered: boolean; clear: () => void }) {
  const { t } = useText();
  return (
    <div className="hd-empty">
      {isFiltered ? (
        <>
          <p role="status">{t.nothingMatches}</p>
          <p><button type="button" className="hd-button" onClick={clear}>{t.clearFilters}</button></p>
        </>
      ) : (
        <>
          <p>{t.requester.empty}</p>
          <p><Link className="hd-button hd-button-primary" to="/new">{t.requester.createRequest}</Link></p>
        </>
      )}
    </div>
  );
}
