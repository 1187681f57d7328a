import { useEffect, useRef } from 'react';
import { useText } from '../i18n/text';
import { rowsByScroll, type useMyRequests } from './useMyRequests';

/** More rows before their reader reaches the end; after a hundred only when asked for, so that what is below the list can be reached. */
export function MoreRequests({ list }: { list: ReturnType<typeof useMyRequests> }) {
  const { t } = useText();
  const { hasMore, isLoadingMore, more } = list;
  // What has failed is tried again by its reader: at the end of the list it would be tried for ever.
  const byScroll = list.rows.length < rowsByScroll && list.error === null;
  const end = useRef<HTMLDivElement>(null);
  const load = useRef(more);
  useEffect(() => {
    load.current = more;
  });

  useEffect(() => {
    if (!hasMore || !byScroll || isLoadingMore || !end.current) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load.current(), { rootMargin: '400px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, byScroll, isLoadingMore]);

  if (list.isCut) return <p className="hd-requests-end hd-muted">{t.tooMany}</p>;
  if (!hasMore) return null;
  return (
    <div ref={end} className="hd-requests-end">
      <button type="button" className="hd-button" aria-disabled={isLoadingMore} onClick={isLoadingMore ? undefined : more}>{isLoadingMore ? t.loading : t.showMore}</button>
    </div>
  );
}
