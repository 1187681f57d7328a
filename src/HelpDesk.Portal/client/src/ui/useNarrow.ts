import { useSyncExternalStore } from 'react';

const narrow = window.matchMedia('(max-width: 700px)');

/** Whether the page is as narrow as a telephone: tables become cards, columns become one. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}
