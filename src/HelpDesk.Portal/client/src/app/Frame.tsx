import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { AgentKeys } from '../agent/AgentKeys';
import { ApiError } from '../api/client';
import { useMe } from '../api/people';
import { useText } from '../i18n/text';
import { Failure } from '../ui/Failure';
import { Skeleton } from '../ui/Skeleton';
import { config } from './config';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { Pages } from './Pages';
import { useOffline, useSignedOut } from './session';
import { canStore } from './storage';

/** What is around every page: header, what is wrong with the connection, and where the keyboard goes when the page changes. */
export function Frame() {
  const { t } = useText();
  const me = useMe();
  const queryClient = useQueryClient();
  const offline = useOffline();
  const signedOut = useSignedOut();
  const keepsDrafts = useMemo(() => !signedOut || canStore(), [signedOut]);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const navigation = useNavigationType();
  const shown = useRef(pathname);

  // Somebody else may have signed in by another tab: what this page shows and keeps is not theirs.
  const reader = useRef(me.data?.id);
  const wasSignedOut = useRef(false);
  useEffect(() => {
    if (wasSignedOut.current && !signedOut) void queryClient.invalidateQueries({ queryKey: ['me'] });
    wasSignedOut.current = signedOut;
  }, [signedOut, queryClient]);
  useEffect(() => {
    if (!me.data) return;
    if (reader.current !== undefined && reader.current !== me.data.id) location.reload();
    reader.current = me.data.id;
    // Tells the other tabs who signed in here last: they ask again who they are for.
    const channel = new BroadcastChannel(`helpdesk-reader:${config.api}`);
    channel.postMessage(me.data.id);
    channel.onmessage = (message: MessageEvent<string>) => {
      if (message.data !== reader.current) void queryClient.invalidateQueries({ queryKey: ['me'] });
    };
    return () => channel.close();
  }, [me.data, queryClient]);

  // A new page is read from its beginning. Going back is the list's own: it knows where its reader was. Before the picture: a page may then scroll elsewhere.
  useLayoutEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (navigation === 'POP') return;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname, navigation]);

  return (
    <>
      <a className="hd-skip" href="#main">{t.skipToContent}</a>
      {offline && <div className="hd-bar" role="status">{t.offline}</div>}
      {signedOut && !offline && (
        <div className="hd-bar" role="alert">
          {keepsDrafts ? t.signedOut : t.signedOutUnkept}{' '}
          {keepsDrafts ? (
            <button type="button" className="hd-button" onClick={() => location.reload()}>{t.signIn}</button>
          ) : (
            <a className="hd-button" href={location.href} target="_blank" rel="noreferrer">{t.signIn}</a>
          )}
        </div>
      )}
      <Header me={me.data} />
      <main id="main" ref={main} tabIndex={-1} className={pathname.startsWith('/agent') ? 'hd-main hd-main-wide' : 'hd-main'}>
        {me.error && !me.data ? (
          me.error instanceof ApiError && me.error.status === 401 ? null : <Failure error={me.error} retry={() => void me.refetch()} />
        ) : me.data ? (
          <ErrorBoundary key={pathname} message={t.pageFailed} retry={t.retry}>
            <Suspense fallback={<Skeleton />}>
              <Pages me={me.data} />
            </Suspense>
          </ErrorBoundary>
        ) : (
          <Skeleton />
        )}
      </main>
      {me.data?.isAgent && <AgentKeys />}
    </>
  );
}
