import { useEffect } from 'react';
import { api } from '../api/client';

/** The server forgets after 30 seconds; two may be lost. */
const renewal = 10_000;

type Mode = 'viewing' | 'replying';

/** Tells other agents that this one looks at a ticket or answers it, as long as the page is seen. `null` is no ticket. */
export function usePresence(number: string | null, mode: Mode): void {
  useEffect(() => {
    if (number === null) return;

    function tell(now: Mode | 'none') {
      // What cannot be told is told again in ten seconds; nobody waits for it. The last word goes out even while the page closes.
      api.PUT('/tickets/{ticket}/presence', { params: { path: { ticket: number! } }, body: { mode: now }, keepalive: true }).catch(() => undefined);
    }

    function tellIfSeen() {
      if (document.visibilityState === 'visible') tell(mode);
    }

    tellIfSeen();
    const timer = setInterval(tellIfSeen, renewal);
    document.addEventListener('visibilitychange', tellIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tellIfSeen);
    };
  }, [number, mode]);

  useEffect(() => {
    if (number === null) return;
    const leave = () => {
      api.PUT('/tickets/{ticket}/presence', { params: { path: { ticket: number } }, body: { mode: 'none' }, keepalive: true }).catch(() => undefined);
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [number]);
}
