import { useSyncExternalStore } from 'react';

/** Whether the list of the keys is open: a key opens it, and so do buttons of several pages. */
let isOpen = false;
const listeners = new Set<() => void>();

export function showHelp(value: boolean): void {
  isOpen = value;
  for (const listener of listeners) listener();
}

export function useHelp(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
}
