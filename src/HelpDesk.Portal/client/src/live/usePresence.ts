import { useEffect } from 'react';
import { api } from '../api/client';

/** The server forgets after 30 seconds; two may be lost. */
const renewal = 10_000;

type Mode = 'viewing' | 'replying';

// One after the other: a "viewing" that overtook a "none" would be a ghost for half a minute.
let last: Promise<unknown> = Promise.resolve();

// What cannot be told is told again in ten seconds; nobody waits for it. The last word goes out even while the page closes.
const send = (number: string, mode: Mode | 'none') =>
  api.PUT('/tickets/{ticket}/presence', { params: { path: { ticket: number } }, body: { mode }, keepalive: true }).catch(() => undefined);

function tell(number: string, mode: Mode | 'none'): void {
  last = last.then(() => send(number, mode));
}

/** Tells other agents that this one looks at a ticket or answers it, as long as the page is seen. `null` is no ticket. */
export function usePresence(number: string | null, mode: Mode): void {
  useEffect(() => {
    if (number === null) return;

    function tellIfSeen() {
      if (number !== null && document.visibilityState === 'visible') tell(number, mode);
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
    // A page that goes does not live to see what is under way: its last word waits for nothing.
    const go = () => void send(number, 'none');
    addEventListener('pagehide', go);
    return () => {
      removeEventListener('pagehide', go);
      tell(number, 'none');
    };
  }, [number]);
}
