import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/text';

// One clock for all times of the page, so that "2 minutes ago" does not stay that.
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time now, renewed twice a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** When something was: relative with the exact time on hover, or exact. */
export function Time({ at, exact = false }: { at: string; exact?: boolean }) {
  const { format } = useText();
  const current = useNow();
  const absolute = format.absolute(at);
  return <time dateTime={at} title={absolute}>{exact ? absolute : format.when(at, Math.max(current, Date.now()))}</time>;
}
